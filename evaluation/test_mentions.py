"""The cases of mentions are what they claim to be, and are judged as they say; no model is loaded."""

from __future__ import annotations

from typing import Any

import pytest

from evaluation.mentions import ASKED, MentionCase, faults, is_asked, load_mentions, summary
from volteface.codebook import plover
from volteface.codebook.actors import countries
from volteface.records import Actor, Extent
from volteface.resolve.cast import Grounding

CASES = load_mentions()
EVERY = [case for cases in CASES.values() for case in cases]


def test_enough_of_every_phenomenon() -> None:
    assert len({(case.text, case.mention) for case in EVERY}) == len(EVERY) >= 400
    assert [name for name, cases in CASES.items() if len(cases) < 30] == []
    years = [int(case.published[:4]) for case in EVERY]
    assert (min(years), max(years)) == (1990, 2026)


def test_codes_are_in_the_ontology() -> None:
    known = {None, *countries(), *plover().nonstate_countries}
    assert {code for case in EVERY for codes in case.country for code in codes} <= known
    assert {sector for case in EVERY for sector in case.sector} <= {None, *plover().sectors}


def test_every_mention_stands_in_its_text() -> None:
    assert all(case.text[slice(*case.span())] == case.mention for case in EVERY)


CASE = MentionCase(
    "Moor met Roe.", "1994-01-01", "Moor", (("SWE",), ("SWE", None)), ("GOV",), name="Ada Moor", wikidata="Q1"
)
WRONG: list[tuple[dict[str, Any], set[str]]] = [
    ({}, set()),
    ({"country": "NOR"}, {"country"}),
    ({"country": None}, {"country"}),
    ({"sector": "MIL"}, {"sector"}),
    ({"actor": "A2"}, {"id"}),
    ({"actor": None}, {"id"}),
]


@pytest.mark.parametrize(("change", "wrong"), WRONG)
def test_what_is_right(change: dict[str, Any], wrong: set[str]) -> None:
    at: dict[str, Any] = {"actor": "A1", "country": "SWE", "sector": "GOV"} | change
    actors = (
        Actor("A1", "Ada Moor", "SWE", "GOV", None, "Q1", (Extent(0, 4),)),
        Actor("A2", "Ben Moor", "SWE", "GOV", None, "Q2", (Extent(9, 12),)),
    )
    assert set(faults(CASE, [Grounding(score=1.0, reasons=(), **at)], actors)) == wrong


def test_nobody_is_wrong_and_several_must_all_be_there() -> None:
    assert set(faults(CASE, [], ())) == set(ASKED)
    two = [Grounding(None, code, "GOV", 1.0, ()) for code in ("SWE", None)]
    assert set(faults(CASE, two, ())) == {"id"}


def test_what_is_not_asked_is_not_counted() -> None:
    bare = MentionCase("Moor met Roe.", "1994-01-01", "Moor", (("SWE",),), ("GOV",))
    assert [is_asked(bare, what) for what in ASKED] == [True, True, False]
    shares = summary({"a": [(CASE, {"country": "of NOR"})] * 4, "b": [(CASE, {})] * 3 + [(bare, {})]})
    assert (shares["country"]["all"]["all"], shares["country"]["worst"]["all"]) == (0.5, 0.0)
    assert set(shares["id"]) == {"a", "all", "worst"}
