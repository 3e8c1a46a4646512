"""The cases of dyads are what they claim to be, and are judged as they say; no model is loaded."""

from __future__ import annotations

from collections import Counter

import pytest

from evaluation.dyads import DyadCase, Party, Verdict, load_dyads, summary, verdict
from tests.build import document
from volteface.codebook import plover
from volteface.codebook.actors import countries
from volteface.records import Event, Extent, Participant, Record, Trigger
from volteface.records.types import Status

CASES = load_dyads()


def test_enough_of_every_type() -> None:
    assert len({case.text for case in CASES}) == len({case.id for case in CASES}) == len(CASES) >= 300
    found = Counter(case.type for case in CASES)
    assert set(found) == set(plover().types)
    assert [name for name, number in found.items() if number < 15] == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.id))
def test_a_case_is_a_sentence_and_its_parties(case: DyadCase) -> None:
    parties = (*case.actors, *case.recipients)
    assert case.actors
    assert case.recipients
    assert 10 <= len(case.text.split()) <= 40
    assert [p.text for p in parties if p.text not in case.text] == []
    assert {p.country for p in parties} <= {*countries(), *plover().nonstate_countries}
    assert {p.sector for p in parties} <= {None, *plover().sectors}


TEXT = "Ghana and Togo fined Benin."
GOLD = DyadCase(
    "1", TEXT, "SANCTION", (Party("Ghana", "GHA"), Party("Togo", "TGO")), (Party("Benin", "BEN"),)
)
# Type, actors' and recipients' countries, status of each event; countries right, countries and type, type.
JUDGED: list[tuple[list[tuple[str, str | None, str | None, Status]], tuple[bool, bool, bool]]] = [
    ([("SANCTION", "GHA", "BEN", "actual")], (True, True, True)),
    ([("SANCTION", "TGO", "BEN", "future")], (True, True, True)),
    ([("SANCTION", "BEN", "GHA", "actual")], (False, False, True)),
    ([("SANCTION", "GHA", None, "actual")], (False, False, True)),
    ([("ACCUSE", "GHA", "BEN", "actual")], (True, False, False)),
    ([("ACCUSE", "GHA", "BEN", "actual"), ("SANCTION", None, "BEN", "actual")], (True, False, True)),
    ([("SANCTION", "GHA", "BEN", "negated")], (False, False, False)),
    ([], (False, False, False)),
]


@pytest.mark.parametrize(("coded", "right"), JUDGED)
def test_what_is_right(
    coded: list[tuple[str, str | None, str | None, Status]], right: tuple[bool, bool, bool]
) -> None:
    events = tuple(_event(*row) for row in coded)
    found = verdict(GOLD, Record(document(TEXT), (), (), (), (), (), events))
    assert (found.countries, found.and_type, found.type) == right


def test_figures_of_open_and_held() -> None:
    right = Verdict(True, True, True, frozenset({"AID"}), "")
    wrong = Verdict(True, False, False, frozenset({"AGREE", "CONSULT"}), "")
    assert summary([right, wrong, right, wrong]) == {
        "countries": {"open": 1.0, "held": 1.0, "all": 1.0},
        "and_type": {"open": 1.0, "held": 0.0, "all": 0.5},
        "type_f1": {"open": 1.0, "held": 0.0, "all": 0.4},
    }


def _event(kind: str, actor: str | None, recipient: str | None, status: Status) -> Event:
    sides = [
        (Participant(country, 0, 5, None, country, None),) if country else ()
        for country in (actor, recipient)
    ]
    return Event(
        id="E1",
        type=kind,
        mode=None,
        contexts=(),
        cameo="163",
        quad="material conflict",
        score=-6.0,
        actors=sides[0],
        recipients=sides[1],
        trigger=Trigger("fined", 15, 20),
        sentence=Extent(0, len(TEXT)),
        date=None,
        place=None,
        killed=None,
        injured=None,
        status=status,
        attributions=(),
        confidence=1.0,
    )
