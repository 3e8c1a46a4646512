"""Code the sentences of `evaluation/cases/dyads.jsonl` and print how often who did it to whom is right by country.

    python -m evaluation.dyads [--misses] [--json]

A case is a sentence with one main event, its type, and the parties of either side by country and sector. `countries`:
the share of sentences in which an event has an actor and a recipient of the countries of the gold; of several parties
on a side, or several right codes of one, any will do, and what is negated does not count. `and_type`: the same event
also has the type. `type_f1`: the types of a sentence's events against that of the gold, whoever they are between. Of
something mutual ("traded fire") each party stands on both sides.

Lines 1, 3, 5 … are open: they may be looked at when rules are made. The others are held, and `--misses` never shows
them. New sentences go to the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from evaluation.forms import Case
from evaluation.runner import Shares, options, print_shares
from evaluation.sentences import as_document
from volteface.pipeline import Coder
from volteface.records import Event, Participant, Record

CASES = Path(__file__).parent / "cases" / "dyads.jsonl"


class Party(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A party as the sentence has it; no sector where the ontology has none for it."""

    text: str
    country: str
    sector: str | None = None


class DyadCase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A sentence, the type of its main event, and the parties on either side."""

    id: str
    text: str
    type: str
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    published: str | None = None


class Verdict(NamedTuple):
    """What is right of one sentence; `coded`: its events in words, `types` theirs."""

    countries: bool
    and_type: bool
    type: bool
    types: frozenset[str]
    coded: str


def main() -> None:
    """Run over the sentences and print a table, or JSON."""
    args = options(__doc__, misses="show what is coded where an open sentence is wrong").parse_args()
    cases = load_dyads()
    verdicts = judge(Coder(), cases)
    for case, found in list(zip(cases, verdicts, strict=True))[::2] if args.misses and not args.json else ():
        if not found.and_type:
            print(f"{case.id}: {case.text}\n    {_wanted(case)}; coded: {found.coded or 'nothing'}\n")
    print_shares(summary(verdicts), as_json=args.json)


def load_dyads(path: Path = CASES) -> list[DyadCase]:
    """The cases of a JSON Lines file. Raises `msgspec.ValidationError` for one that is not in form."""
    return [msgspec.json.decode(line, type=DyadCase) for line in path.read_bytes().splitlines()]


def judge(coder: Coder, cases: Sequence[DyadCase]) -> list[Verdict]:
    """What is right of each case, in order."""
    return [
        verdict(case, coder.code(as_document(Case(case.text, published=case.published)))) for case in cases
    ]


def verdict(case: DyadCase, record: Record) -> Verdict:
    """Compare a sentence's events, but for negated ones, with its gold."""
    events = [event for event in record.events if event.status != "negated"]
    types = frozenset(event.type for event in events)
    between = {
        event.type
        for event in events
        if _countries(case.actors) & _countries(event.actors)
        and _countries(case.recipients) & _countries(event.recipients)
    }
    coded = "; ".join(map(_in_words, events))
    return Verdict(bool(between), case.type in between, case.type in types, types, coded)


def summary(verdicts: Sequence[Verdict]) -> Shares:
    """Each figure on open, held and all sentences."""
    splits = {"open": verdicts[::2], "held": verdicts[1::2], "all": verdicts}
    return {
        "countries": {name: _share([v.countries for v in some]) for name, some in splits.items()},
        "and_type": {name: _share([v.and_type for v in some]) for name, some in splits.items()},
        "type_f1": {name: _type_f1(some) for name, some in splits.items()},
    }


def _share(right: Sequence[bool]) -> float:
    return round(sum(right) / len(right), 3)


def _type_f1(verdicts: Sequence[Verdict]) -> float:
    """Every sentence has one type to be found; 2·hits / (coded + wanted)."""
    hits, coded = sum(v.type for v in verdicts), sum(len(v.types) for v in verdicts)
    return round(2 * hits / (coded + len(verdicts)), 3)


def _countries(parties: Iterable[Party | Participant]) -> set[str]:
    return {party.country for party in parties if party.country}


def _wanted(case: DyadCase) -> str:
    return f"{case.type} {sorted(_countries(case.actors))} -> {sorted(_countries(case.recipients))}"


def _in_words(event: Event) -> str:
    sides = [[f"{p.text} [{p.country}]" for p in side] for side in (event.actors, event.recipients)]
    return f"{event.type} {event.trigger.text!r} {' + '.join(sides[0])} -> {' + '.join(sides[1])}"


if __name__ == "__main__":
    main()
