"""Resolve one mention of each text of `evaluation/cases/mentions/` and print the shares that are right.

    python -m evaluation.mentions [--misses] [--json]

A case is a text of one to four sentences, the words of a mention in it, and whom a careful reader takes it for on the
day of publication: the countries (all of them, and no other), the sector, and where the case asks, the name or the
Wikidata id under which the register has that actor, else the name the text gives. `country` has one list of codes for
each right answer, null in it where the text leaves the country open; `sector` lists what careful coders may differ on.
Empty: not asked. A case is asked as a phrase of its own, as an event's party would be.

Each file is a phenomenon. Its lines 1, 3, 5 … are open: they may be looked at when rules are made. The others are
held, and `--misses` never shows them. New lines go to the end.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from evaluation.forms import Case
from evaluation.runner import Shares, options, split_shares
from evaluation.sentences import as_document
from volteface.annotate.attributions import attribute
from volteface.annotate.phrases import phrase_at
from volteface.pipeline import Coder
from volteface.records import Actor
from volteface.resolve.cast import Grounding, cast
from volteface.resolve.places import find_places

MENTIONS = Path(__file__).parent / "cases" / "mentions"
ASKED = ("country", "sector", "id")


class MentionCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A text and whom one mention in it stands for. `occurrence`: which one of these words, from 1."""

    text: str
    published: str
    mention: str
    country: tuple[tuple[str | None, ...], ...]
    sector: tuple[str | None, ...] = ()
    name: str | None = None
    wikidata: str | None = None
    occurrence: int = 1

    def span(self) -> tuple[int, int]:
        """Where the mention stands. Raises `IndexError` if it does not."""
        found = list(re.finditer(rf"(?<!\w){re.escape(self.mention)}(?!\w)", self.text))
        return found[self.occurrence - 1].span()


Faults = Mapping[str, str]
Verdicts = Mapping[str, Sequence[tuple[MentionCase, Faults]]]


def main() -> None:
    """Run over the cases and print a table, or JSON."""
    args = options(__doc__, misses="name what is wrong in open texts").parse_args()
    verdicts = judge(Coder(), load_mentions())
    for name, judged in verdicts.items() if args.misses and not args.json else ():
        for case, wrong in judged[::2]:
            said = (
                f"{name}: {case.published} {case.text}\n    “{case.mention}”: {'; '.join(wrong.values())}\n"
            )
            print(said if wrong else "", end="")
    found = summary(verdicts)
    if args.json:
        print(msgspec.json.encode(found).decode())
        return
    print(f"{'':20}" + "".join(f"{f'{asked} {half}':>14}" for asked in ASKED for half in ("open", "held")))
    for name in next(iter(found.values())):
        row = [found[asked].get(name, {}).get(half) for asked in ASKED for half in ("open", "held")]
        print(f"{name:20}" + "".join(f"{'' if share is None else share:>14}" for share in row))


def load_mentions(folder: Path = MENTIONS) -> dict[str, list[MentionCase]]:
    """By phenomenon: the cases. Raises `msgspec.ValidationError` for one that is not in form."""
    return {
        path.stem: [msgspec.json.decode(line, type=MentionCase) for line in path.read_bytes().splitlines()]
        for path in sorted(folder.glob("*.jsonl"))
    }


def judge(coder: Coder, cases: Mapping[str, Sequence[MentionCase]]) -> Verdicts:
    """By phenomenon, in order: each case with what is wrong."""
    return {name: [(case, _resolve(coder, case)) for case in listed] for name, listed in cases.items()}


def summary(verdicts: Verdicts) -> dict[str, Shares]:
    """For country, sector and id: the shares right of those asked; see `runner.split_shares`. A phenomenon where
    fewer than two of a half are asked has no row of its own."""
    shares = {}
    for asked in ASKED:
        opened, held = {}, {}
        for name, judged in verdicts.items():
            right = [asked not in wrong if is_asked(case, asked) else None for case, wrong in judged]
            one, other = ([ok for ok in half if ok is not None] for half in (right[::2], right[1::2]))
            if min(len(one), len(other)) > 1:
                opened[name], held[name] = one, other
        shares[asked] = split_shares(opened, held)
    return shares


def is_asked(case: MentionCase, what: str) -> bool:
    """Whether a case asks for this: country, sector or id."""
    return bool({"country": case.country, "sector": case.sector, "id": case.name or case.wikidata}[what])


def faults(case: MentionCase, groundings: Sequence[Grounding], actors: Sequence[Actor]) -> Faults:
    """What is wrong, by what was asked, in words; nothing if all is right."""
    wrong = {}
    countries = {g.country for g in groundings} or {None}
    if case.country and countries not in [set(right) for right in case.country]:
        wrong["country"] = f"of {_listed(countries)}, not of {' or '.join(map(_listed, case.country))}"
    sectors = {g.sector for g in groundings} or {None}
    if case.sector and not sectors <= set(case.sector):
        wrong["sector"] = f"{_listed(sectors)}, not {_listed(case.sector)}"
    asked = {g.actor for g in groundings}
    known = [actor for actor in actors if actor.id in asked]
    if case.name and case.name not in [actor.name for actor in known]:
        wrong["id"] = f"{_listed([actor.name for actor in known])}, not {case.name}"
    if case.wikidata and case.wikidata not in [actor.wikidata for actor in known]:
        wrong["id"] = f"{_listed([actor.wikidata for actor in known])}, not {case.wikidata}"
    return wrong


def _resolve(coder: Coder, case: MentionCase) -> Faults:
    document = as_document(Case(case.text, published=case.published))
    annotation = coder.parser.annotate(document)
    claims = attribute(annotation)
    sources = {c.id: phrase_at(annotation, *c.source.spans[0]) for c in claims if c.source.spans}
    asked = phrase_at(annotation, *case.span())
    found = cast(
        annotation,
        [asked, *sources.values()],
        coder.register,
        published=case.published,
        speakers=[(span, sources.get(c.id)) for c in claims for span in c.content.spans],
        places=find_places(annotation, coder.gazetteer),
    )
    return faults(case, found.of(asked), found.actors)


def _listed(words: Sequence[str | None] | set[str | None]) -> str:
    return "+".join(sorted(str(word) for word in words)) or "nobody"


if __name__ == "__main__":
    main()
