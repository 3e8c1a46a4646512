"""Resolve the last source of each text of `evaluation/cases/sources.jsonl` and print the share that is right.

    python -m evaluation.sources [--misses] [--json]

A case is a text of one to three sentences and what a careful reader knows of whoever speaks last in it: who it is
(words of the actor's name or, where there is none, of the source itself), the country and sector of the actor, whether
the source is named, and for whom a spokesman speaks. A text is right as a whole. `country` lists every right answer,
null where the text leaves it open; what a case does not give is not asked, but for `principal`, which nobody may have
who is not said to speak for somebody.

Texts 1, 3, 5 … of each phenomenon are open: they may be looked at when rules are made. The others are held, and
`--misses` never shows them. New texts go to the end of their phenomenon.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from evaluation.forms import Case
from evaluation.runner import Shares, halves, options, print_shares, split_shares
from evaluation.sentences import as_document
from volteface.pipeline import Coder
from volteface.records import Actor, Attribution, Record, Span

CASES = Path(__file__).parent / "cases" / "sources.jsonl"

_WORDS = re.compile(r"\w+")


class SourceCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and who speaks last in it."""

    phenomenon: str
    text: str
    published: str | None = None
    who: str | None = None
    country: tuple[str | None, ...] = ()
    sector: str | None = None
    named: bool = True
    principal: str | None = None


Verdicts = Mapping[str, Sequence[tuple[SourceCase, tuple[str, ...]]]]


def main() -> None:
    """Run over the cases and print a table, or JSON."""
    args = options(__doc__, misses="name what is wrong in open texts").parse_args()
    verdicts = judge(Coder(), load_sources())
    for name, judged in verdicts.items() if args.misses and not args.json else ():
        for case, wrong in judged[::2]:
            print(f"{name}: {case.text}\n    {'; '.join(wrong)}\n" if wrong else "", end="")
    print_shares(summary(verdicts), as_json=args.json)


def load_sources(path: Path = CASES) -> list[SourceCase]:
    """The cases of a JSON Lines file. Raises `msgspec.ValidationError` for one that is not in form."""
    return [msgspec.json.decode(line, type=SourceCase) for line in path.read_bytes().splitlines()]


def judge(coder: Coder, cases: Sequence[SourceCase]) -> Verdicts:
    """By phenomenon, in order: each case with what is wrong."""
    judged: dict[str, list[tuple[SourceCase, tuple[str, ...]]]] = {}
    for case in cases:
        record = coder.code(as_document(Case(case.text, published=case.published)))
        judged.setdefault(case.phenomenon, []).append((case, faults(case, record)))
    return judged


def summary(verdicts: Verdicts) -> Shares:
    """Shares right of open, held and all texts; see `runner.split_shares`."""
    right = {name: [not wrong for _, wrong in judged] for name, judged in verdicts.items()}
    return split_shares(*halves(right))


def faults(case: SourceCase, record: Record) -> tuple[str, ...]:
    """What is wrong with the source whose cue stands last in the text, in words; nothing if all is right."""
    claims = [a for a in record.attributions if a.source.spans]
    if not claims:
        return ("no source",)
    last = max(claims, key=lambda a: (a.cue.spans or a.source.spans)[-1])
    actor = _actor(record, last.source.actor)
    country, sector = (actor.country, actor.sector) if actor else (None, None)
    wrong = []
    if case.who and not _is_called(case.who, record, last.source.spans, actor):
        wrong.append(f"{actor.name if actor else _text(record, last)}, not {case.who}")
    if case.country and country not in case.country:
        wrong.append(f"of {country}, not of {' or '.join(str(c) for c in case.country)}")
    if case.sector and actor and sector != case.sector:
        wrong.append(f"{sector}, not {case.sector}")
    if last.source.named != case.named:
        wrong.append("named" if last.source.named else "not named")
    return (*wrong, *_wrong_principal(case, record, last))


def _wrong_principal(case: SourceCase, record: Record, claim: Attribution) -> tuple[str, ...]:
    principal = claim.source.principal
    if principal is None:
        return (f"not for {case.principal}",) if case.principal else ()
    actor = _actor(record, principal.actor)
    if case.principal and _is_called(case.principal, record, principal.spans, actor):
        return ()
    return (f"for {actor.name if actor else principal.spans}, not {case.principal}",)


def _is_called(words: str, record: Record, spans: Sequence[Span], actor: Actor | None) -> bool:
    """Whether the words are all of the actor's name, or of the text itself."""
    written = " ".join(record.document.text[start:end] for start, end in spans)
    wanted = set(_WORDS.findall(words.lower()))
    return any(wanted <= set(_WORDS.findall(name.lower())) for name in (written, actor.name if actor else ""))


def _actor(record: Record, name: str | None) -> Actor | None:
    return next((a for a in record.actors if a.id == name), None)


def _text(record: Record, claim: Attribution) -> str:
    return " … ".join(record.document.text[start:end] for start, end in claim.source.spans)


if __name__ == "__main__":
    main()
