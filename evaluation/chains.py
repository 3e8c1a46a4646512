"""Find who says what in the hand-written cases of `evaluation/cases/chains.jsonl` and print how many are right.

    python -m evaluation.chains [--json] [--misses]

A case is a text of one to three paragraphs with every attribution a careful reader marks in it: source, whether
it is named, cue, pieces of content, form, and who relays it, outermost last. A case is right in full where all
of that is found, word for word but for marks and articles, and no attribution beside; cues listed as `optional`
may make one or not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import msgspec

from evaluation.runner import options
from volteface.annotate import Parser
from volteface.annotate.attributions import attribute
from volteface.read import RawPage, to_document
from volteface.records import Attribution

CASES = Path(__file__).parent / "cases" / "chains.jsonl"

_WORDS = re.compile(r"\w+")
# What a name of a medium may have or lack, and what no source is told apart by.
_ARTICLES = frozenset({"the", "a", "an"})


class Claim(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One attribution as a careful reader has it. An empty `source` says that nobody is named at all."""

    source: str
    cue: str
    content: tuple[str, ...]
    form: str = "indirect"
    named: bool = True
    via: tuple[str, ...] = ()


class Chain(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text and all its attributions, in any order."""

    phenomenon: str
    text: str
    claims: tuple[Claim, ...] = ()
    optional: tuple[str, ...] = ()


def load_chains(path: Path = CASES) -> list[Chain]:
    """The cases of a JSON Lines file. Raises `msgspec.ValidationError` for one that is not in form."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [msgspec.json.decode(line, type=Chain) for line in lines if line.strip()]


def find(parser: Parser, chain: Chain) -> list[Claim]:
    """What the package finds in the text of a case."""
    page = RawPage.of_text(chain.text, source="case")
    found = attribute(parser.annotate(to_document(page, any_language=True)))
    return [_as_claim(chain.text, a) for a in found]


def right_in_full(chain: Chain, found: Sequence[Claim]) -> bool:
    """Whether every attribution is found as wanted, and nothing else."""
    wanted = sorted(_key(claim) for claim in chain.claims)
    optional = {_words(cue) for cue in chain.optional}
    extra = [claim for claim in found if _words(claim.cue) not in optional or _key(claim) in wanted]
    return wanted == sorted(_key(claim) for claim in extra)


def summary(parser: Parser, chains: Sequence[Chain]) -> dict[str, dict[str, float]]:
    """Share right in full and number of cases, by phenomenon and of `all`."""
    right: dict[str, list[bool]] = {}
    for chain in chains:
        right.setdefault(chain.phenomenon, []).append(right_in_full(chain, find(parser, chain)))
    right["all"] = [r for group in right.values() for r in group]
    return {name: {"right": round(sum(r) / len(r), 3), "cases": len(r)} for name, r in right.items()}


def _as_claim(text: str, found: Attribution) -> Claim:
    def words(spans: Sequence[tuple[int, int]]) -> str:
        return " ".join(text[start:end] for start, end in spans)

    return Claim(
        source=words(found.source.spans),
        cue=words(found.cue.spans),
        content=tuple(text[start:end] for start, end in found.content.spans),
        form=found.form,
        named=found.source.named,
        via=tuple(v.name for v in found.via),
    )


def _words(text: str, *, articles: bool = True) -> str:
    """The words alone, in small letters; a text without words as it is."""
    found = [w for w in _WORDS.findall(text.lower()) if articles or w not in _ARTICLES]
    return " ".join(found) or text.strip("“”\"' ")


def _key(claim: Claim) -> tuple[str, str, str, str, bool, tuple[str, ...]]:
    via = tuple(_words(name, articles=False) for name in claim.via)
    content = _words(" ".join(claim.content))
    return content, _words(claim.source), _words(claim.cue), claim.form, claim.named, via


def main() -> None:
    """Run over the cases and print a table, or JSON."""
    args = options(__doc__, misses="print what was wanted and what was found").parse_args()
    parser, chains = Parser(), load_chains()
    figures = summary(parser, chains)
    if args.json:
        print(msgspec.json.encode(figures).decode())
        return
    for name, row in figures.items():
        print(f"{name:16} {row['right']:.3f} of {row['cases']:.0f}")
    for chain in chains if args.misses else ():
        found = find(parser, chain)
        if not right_in_full(chain, found):
            print(f"\n{chain.phenomenon}: {chain.text}")
            for sign, claims in (("wanted", chain.claims), ("found ", found)):
                for claim in claims:
                    print(f"  {sign} {claim}")


if __name__ == "__main__":
    main()
