"""The cases of sources are what they claim to be, and are judged as they say; no model is loaded."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from evaluation.runner import halves, split_shares
from evaluation.sources import SourceCase, faults, load_sources
from tests.build import document
from volteface.codebook import plover
from volteface.codebook.actors import countries
from volteface.records import Actor, Attribution, Extent, Principal, Record, Source, Spans

CASES = load_sources()


def test_enough_of_every_phenomenon() -> None:
    assert len({case.text for case in CASES}) == len(CASES) >= 120
    assert [name for name, number in Counter(case.phenomenon for case in CASES).items() if number < 12] == []


def test_codes_are_in_the_ontology() -> None:
    known = {None, *countries(), *plover().nonstate_countries}
    assert {code for case in CASES for code in case.country} <= known
    assert {case.sector for case in CASES} <= {None, *plover().sectors}


TEXT = "Ada Moor met the king. His spokesman said she was late."
GOLD = SourceCase("spokesman", TEXT, who="spokesman", country=("SWE",), sector="GOV", principal="king")
WRONG: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"country": "NOR"}, False),
    ({"sector": "MIL"}, False),
    ({"named": False}, False),
    ({"actor": None}, False),
    ({"principal": "A1"}, False),
    ({"principal": None}, False),
]


@pytest.mark.parametrize(("change", "right"), WRONG)
def test_what_is_right(change: dict[str, Any], *, right: bool) -> None:
    at: dict[str, Any] = {
        "country": "SWE",
        "sector": "GOV",
        "named": True,
        "actor": "A3",
        "principal": "A2",
    } | change
    actors = (
        Actor("A1", "Ada Moor", "SWE", "GOV", None, None, (Extent(0, 8),)),
        Actor("A2", "the king", "SWE", "GOV", None, None, (Extent(13, 21),)),
        Actor("A3", "spokesman", at["country"], at["sector"], None, None, (Extent(23, 36),)),
    )
    principal = Principal(((23, 26),), at["principal"]) if at["principal"] else None
    source = Source(((23, 36),), at["actor"], at["named"], principal)
    first = Attribution("Q1", Source(((0, 8),), "A1"), Spans(((9, 12),)), Spans(()), "indirect")
    last = Attribution("Q2", source, Spans(((37, 41),)), Spans(((42, 54),)), "indirect")
    record = Record(document(TEXT), (), actors, (), (), (last, first), ())
    assert (not faults(GOLD, record)) == right


def test_no_source_is_wrong() -> None:
    assert faults(GOLD, Record(document(TEXT), (), (), (), (), (), ()))


def test_worst_is_the_least_of_each_split() -> None:
    shares = split_shares(*halves({"a": [True, False], "b": [False, True]}))
    assert shares["worst"] == {"open": 0.0, "held": 0.0, "all": 0.5}
