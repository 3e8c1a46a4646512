"""The challenge set is what it claims to be, and is judged as it says; no model is loaded."""

from __future__ import annotations

import re
from typing import get_args

import msgspec
import pytest

from evaluation.challenge import CHALLENGE, HELD, summary
from evaluation.forms import Case, CaseEvent, Unwanted, load_cases
from evaluation.score import faults
from tests.build import document
from volteface.codebook import plover
from volteface.records import Event, Extent, Participant, Record, Status, Trigger

FILES, HELD_FILES = (
    {path.stem: load_cases(path) for path in sorted(folder.glob("*.jsonl"))} for folder in (CHALLENGE, HELD)
)
CASES = [case for files in (FILES, HELD_FILES) for cases in files.values() for case in cases]
COUNTRIES = re.compile(r"[A-Z]{3}")


def coded(gold: CaseEvent) -> Event:
    """The first of the right codings of a gold event."""

    def parties(codes: tuple[str, ...]) -> tuple[Participant, ...]:
        return tuple(Participant(code, 0, 1, None, code, None) for code in codes)

    return Event(
        id="E1",
        type=gold.type,
        mode=None,
        contexts=(),
        cameo="",
        quad="",
        score=0.0,
        actors=parties(gold.actors),
        recipients=parties(gold.recipients),
        trigger=Trigger("x", 0, 1),
        sentence=Extent(0, 1),
        date=None,
        place=None,
        killed=gold.killed or None,
        injured=gold.injured or None,
        status=msgspec.convert(gold.status[0], Status),
        attributions=(),
        confidence=1.0,
    )


def found(case: Case, *events: CaseEvent) -> tuple[str, ...]:
    return faults(case, Record(document(case.text), (), (), (), (), (), tuple(coded(e) for e in events)))


def test_enough_of_every_phenomenon() -> None:
    assert len(FILES) >= 19
    assert HELD_FILES.keys() == FILES.keys()
    assert len({case.text for case in CASES}) == len(CASES) >= 700
    assert [name for name, cases in FILES.items() if len(cases) < 24] == []
    assert [name for name, cases in HELD_FILES.items() if len(cases) < 8] == []


def test_cases_are_in_the_ontology() -> None:
    types, statuses = plover().types.keys(), set(get_args(Status))
    for case in CASES:
        for event in case.events:
            assert {event.type, *event.also} <= types, case.text
            assert set(event.status) <= statuses, case.text
            assert all(COUNTRIES.fullmatch(c) for c in (*event.actors, *event.recipients)), case.text
        for never in case.never:
            assert {never.type} <= {"", *types}, case.text
            assert set(never.status) <= statuses, case.text
        assert set(case.optional) <= types, case.text


def test_each_case_takes_its_own_gold() -> None:
    assert [case.text for case in CASES if found(case, *case.events)] == []


def test_a_case_without_events_takes_none_that_asserts_something_else() -> None:
    other = CaseEvent("COERCE", actors=("PRK",), recipients=("LAO",))
    quiet = [case for case in CASES if not case.events and "COERCE" not in case.optional]
    assert [case.text for case in quiet if not found(case, other)] == []


SHELLED = CaseEvent(
    "ASSAULT", ("MOBILIZE",), actors=("ETH",), recipients=("ERI",), status=("negated",), killed=3
)
CLASH = CaseEvent("ASSAULT", actors=("ETH", "ERI"), recipients=("ETH", "ERI"))
MEETING = CaseEvent("CONSULT", actors=("ETH", "ERI"))
PLANNED = CaseEvent(
    "AGREE", ("CONSULT",), actors=("ETH", "ERI"), recipients=("ETH", "ERI"), status=("future",)
)
DONE = Unwanted("ASSAULT", actors=("ETH",), status=("actual",))
SWAPPED = Unwanted("ASSAULT", actors=("ERI",), recipients=("ETH",))
BYSTANDER = Unwanted(either=("DJI",))


def like(event: CaseEvent, **changes: object) -> CaseEvent:
    return msgspec.structs.replace(event, **changes)


JUDGED = [
    # wanted, never, coded, whether it is right
    ((SHELLED,), (), (SHELLED,), True),
    ((SHELLED,), (), (), False),
    ((SHELLED,), (), (like(SHELLED, type="MOBILIZE"),), True),
    ((SHELLED,), (), (like(SHELLED, type="COERCE"),), False),
    ((SHELLED,), (), (like(SHELLED, status=("actual",)),), False),
    ((SHELLED,), (), (like(SHELLED, actors=("ETH", "SDN")),), True),
    ((SHELLED,), (), (like(SHELLED, actors=()),), False),
    ((SHELLED,), (), (like(SHELLED, killed=None),), False),
    ((SHELLED,), (), (SHELLED, MEETING), True),
    ((SHELLED,), (DONE,), (SHELLED, like(SHELLED, status=("actual",))), False),
    ((SHELLED,), (SWAPPED,), (SHELLED, like(CLASH, actors=("ERI",), recipients=("ETH",))), False),
    ((SHELLED,), (SWAPPED,), (SHELLED, like(CLASH, actors=("ERI",), recipients=("DJI",))), True),
    ((SHELLED,), (BYSTANDER,), (SHELLED, like(MEETING, actors=("DJI",))), False),
    ((SHELLED,), (BYSTANDER,), (like(SHELLED, recipients=("ERI", "DJI")),), False),
    ((like(SHELLED, killed=0),), (), (like(SHELLED, killed=None),), True),
    ((like(SHELLED, killed=0),), (), (SHELLED,), False),
    ((like(SHELLED, killed=1),), (), (like(SHELLED, killed=None),), True),
    ((like(SHELLED, injured=2),), (), (like(SHELLED, injured=None),), False),
    ((CLASH,), (), (like(CLASH, actors=("ERI",), recipients=("ETH",)),), True),
    ((CLASH,), (), (like(CLASH, actors=("ERI",), recipients=()),), False),
    ((CLASH, CLASH), (), (CLASH,), False),
    ((CLASH, SHELLED), (), (SHELLED, CLASH), True),
    ((MEETING,), (), (like(MEETING, actors=("ERI",), recipients=("ETH",)),), True),
    ((MEETING,), (), (like(MEETING, actors=("ERI",)),), False),
    ((PLANNED,), (), (like(MEETING, status=("future",)),), True),
    ((), (), (), True),
    ((), (), (MEETING,), True),
    ((), (BYSTANDER,), (like(MEETING, actors=("DJI",)),), False),
    ((), (), (CLASH,), False),
]


@pytest.mark.parametrize(("wanted", "never", "events", "right"), JUDGED)
def test_what_is_right(
    wanted: tuple[CaseEvent, ...], never: tuple[Unwanted, ...], events: tuple[CaseEvent, ...], *, right: bool
) -> None:
    case = Case("Asmara said nothing.", wanted, optional=("CONSULT",), never=never)
    assert (not found(case, *events)) == right


def test_open_and_held_are_counted_apart() -> None:
    case = Case("Asmara said nothing.")
    right, wrong = (case, ()), (case, ("no ASSAULT",))
    shares = summary({"denial": [right, right], "plan": [wrong]}, {"plan": [right], "denial": [wrong, right]})
    assert shares == {
        "denial": {"open": 1.0, "held": 0.5, "all": 0.75},
        "plan": {"open": 0.0, "held": 1.0, "all": 0.5},
        "worst": {"open": 0.0, "held": 0.5, "all": 0.5},
        "all": {"open": 0.667, "held": 0.667, "all": 0.667},
    }
