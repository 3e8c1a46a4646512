"""The sample pages are there, can be read as text, and say what their gold files claim."""

from __future__ import annotations

import gzip
import html
import re
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from evaluation.forms import Case, GoldPage, load_cases, load_gold
from evaluation.score import plain
from volteface.codebook import plover
from volteface.records import Form, Status

PAGES = Path(str(files("volteface") / "samples" / "pages"))
EVALUATION = Path(__file__).parents[2] / "evaluation"
GOLD = load_gold(EVALUATION / "gold")
CASES = load_cases(EVALUATION / "cases" / "events.jsonl")

FIRST, LAST = date(2024, 2, 2), date(2024, 4, 30)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
COUNTRIES = re.compile(r"[A-Z]{3}")


def raw(name: str) -> str:
    data = (PAGES / name).read_bytes()
    return (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")


def words(name: str) -> str:
    """The page as `plain` text, without tags; JSON escapes undone."""
    text = raw(name)
    if name.endswith(".json"):
        text = "\n\n".join(msgspec.json.decode(text, type=dict[str, str]).values())
    if ".html" in name:
        text = html.unescape(re.sub(r"<[^>]*>", " ", text))
    return plain(text)


def published(name: str) -> list[date]:
    """Every date a page states as its own, in metadata or in a date line."""
    text = raw(name)
    stated = re.findall(r"(?:[Pp]ublished\w*|date)[^0-9>\n]{1,20}(2024-\d\d-\d\d)", text)
    return [date.fromisoformat(day) for day in stated]


NAMES = sorted(p.name for p in PAGES.iterdir())


def test_there_are_pages_of_every_form() -> None:
    forms = Counter(name.split(".", 1)[1] for name in NAMES)
    assert len(NAMES) >= 24
    assert forms["html"] >= 10
    assert forms["txt"] >= 10
    assert forms["json"] == forms["jsonl"] == forms["html.gz"] == 1


@pytest.mark.parametrize("name", NAMES)
def test_page_is_text_of_a_page_length(name: str) -> None:
    assert 60 <= len(words(name).split()) <= 900


@pytest.mark.parametrize("name", NAMES)
def test_dates_are_within_the_three_months(name: str) -> None:
    assert all(FIRST <= day <= LAST for day in published(name))


def test_weekdays_beside_dates_are_right() -> None:
    lines = [
        match
        for name in NAMES
        for match in re.findall(r"\b(\w+day),? (\d{1,2}) (February|March|April) 2024", raw(name))
    ]
    assert len(lines) >= 6
    for weekday, day, month in lines:
        number = {"February": 2, "March": 3, "April": 4}[month]
        assert WEEKDAYS[date(2024, number, int(day)).weekday()] == weekday


def test_there_is_enough_gold() -> None:
    assert len(GOLD) >= 12
    assert sum(len(g.events) for g in GOLD) >= 150
    assert sum(len(g.quotes) for g in GOLD) >= 100
    assert sum(g.split == "held" for g in GOLD) == 4


@pytest.mark.parametrize("gold", GOLD, ids=lambda g: g.file)
def test_gold_is_in_the_page(gold: GoldPage) -> None:
    page = words(gold.file)
    pieces = [
        gold.headline,
        *gold.body_must_contain,
        *gold.body_must_not_contain,
        *(e.phrase for e in gold.events),
        *(o.phrase for o in gold.optional),
        *(q.content for q in gold.quotes),
        *(q.source for q in gold.quotes),
    ]
    assert [x for x in pieces if plain(x) not in page] == []


@pytest.mark.parametrize("gold", GOLD, ids=lambda g: g.file)
def test_gold_is_in_the_ontology(gold: GoldPage) -> None:
    types = {t for e in gold.events for t in e.types} | {t for o in gold.optional for t in o.types}
    codes = {c for e in gold.events for c in (*e.actors, *e.recipients) if c and not c.startswith("~")}
    assert types <= plover().types.keys()
    assert all(COUNTRIES.fullmatch(code) for code in codes)
    assert {s for e in gold.events for s in e.status or ()} <= set(get_args(Status))
    assert {q.form for q in gold.quotes} <= set(get_args(Form))
    assert len({e.id for e in gold.events}) == len(gold.events)


@pytest.mark.parametrize("gold", GOLD, ids=lambda g: g.file)
def test_gold_dates_follow_the_page(gold: GoldPage) -> None:
    day = gold.published_given or gold.undated.inferred_from
    assert day is not None
    for event in gold.events:
        if event.date and "meet" not in event.phrase and "will" not in event.phrase:
            assert event.date <= day


def test_cases_are_in_the_ontology() -> None:
    for case in CASES:
        for event in case.events:
            plover().check(event.type, event.mode, case.text)
            assert set(event.also) <= plover().types.keys()
            assert set(event.status) <= set(get_args(Status))
            assert all(COUNTRIES.fullmatch(c) for c in (*event.actors, *event.recipients)), case.text
        assert set(case.optional) <= plover().types.keys()


def test_cases_cover_every_type_and_status() -> None:
    types = Counter(e.type for c in CASES for e in c.events)
    statuses = Counter(s for c in CASES for e in c.events for s in e.status)
    assert len({c.text for c in CASES}) == len(CASES) >= 250
    assert sum(not c.events for c in CASES) >= 50
    assert all(types[t] >= 8 for t in plover().types)
    assert all(statuses[s] >= 8 for s in get_args(Status))


def test_a_case_is_one_sentence_of_reasonable_length() -> None:
    def odd(case: Case) -> bool:
        return not 4 <= len(case.text.split()) <= 60 or "\n" in case.text

    assert [c.text for c in CASES if odd(c)] == []
