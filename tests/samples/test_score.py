"""The scorer of the gold pages, on records built by hand."""

from __future__ import annotations

import pytest

from evaluation.forms import Case, CaseEvent, GoldEvent, GoldOptional, GoldPage, GoldQuote, GoldUndated
from evaluation.score import PageScore, score_case, score_page, undated_ok
from tests.build import document
from volteface.records import (
    Actor,
    Attribution,
    Event,
    EventDate,
    Extent,
    Participant,
    Published,
    Record,
    Source,
    Span,
    Spans,
    Trigger,
    Via,
)

TEXT = "Oslo “accused” Reykjavik of piracy. She denied it, Nordwire said."
ACCUSED = Extent(0, TEXT.index(".") + 1)
ACTORS = (Actor("A1", "Sigrun Hallgrims", "ISL", "GOV", None, None, ()),)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return start, start + len(words)


def party(words: str, country: str | None = None, actor: str | None = None) -> Participant:
    return Participant(words, *span(words), actor, country, None)


def event(
    type_: str = "ACCUSE",
    *,
    number: int = 1,
    actors: tuple[Participant, ...] = (),
    recipients: tuple[Participant, ...] = (),
    date: str | None = None,
) -> Event:
    return Event(
        id=f"E{number}",
        type=type_,
        mode=None,
        contexts=(),
        cameo="112",
        quad="verbal conflict",
        score=-3.0,
        actors=actors,
        recipients=recipients,
        trigger=Trigger("accused", *span("accused")),
        sentence=ACCUSED,
        date=EventDate(date, date, None) if date else None,
        place=None,
        killed=None,
        injured=None,
        status="actual",
        attributions=("Q1",),
        confidence=1.0,
    )


DENIAL = Attribution(
    "Q1",
    Source((span("She"),), "A1"),
    Spans((span("denied"),)),
    Spans((span("it, Nordwire"),)),
    "indirect",
    (Via("the Nordwire agency", (span("Nordwire"),)),),
)


def record(*events: Event, published: str | None = None) -> Record:
    page = document(TEXT, published=published, headline="Oslo accuses")
    return Record(page, (), ACTORS, (), (), (DENIAL,), events)


def gold(*events: GoldEvent, quotes: tuple[GoldQuote, ...] = ()) -> GoldPage:
    return GoldPage(
        file="page.txt",
        headline="OSLO  accuses",
        body_must_contain=('"accused" Reykjavik',),
        body_must_not_contain=("Subscribe",),
        events=events,
        optional=(GoldOptional("of piracy", ("ASSAULT",)),),
        quotes=quotes,
        undated=GoldUndated((2026,), "2024-02-01", "2024-02-09"),
    )


def score(wanted: GoldEvent, *events: Event) -> PageScore:
    return score_page(gold(wanted), record(*events))


SIDES = [
    # coded actors, wanted actors, whether they fit
    ((party("Oslo", "NOR"),), ("NOR",), True),
    ((party("Oslo", "NOR"),), ("ISL", "NOR"), True),
    ((party("Oslo", "NOR"),), ("ISL",), False),
    ((party("She", None, "A1"),), ("ISL",), True),
    ((party("She", None, "A1"),), ("~hallgrims",), True),
    ((party("Oslo"),), ("~oslo",), True),
    ((), ("NOR",), False),
    ((), ("NOR", ""), True),
    ((party("Oslo"),), ("",), False),
    ((party("Oslo", "NOR"),), (), True),
]


@pytest.mark.parametrize(("coded", "wanted", "fits"), SIDES)
def test_sides(coded: tuple[Participant, ...], wanted: tuple[str, ...], *, fits: bool) -> None:
    result = score(GoldEvent("e1", 'Oslo "accused"', ("ACCUSE",), wanted), event(actors=coded))
    assert result.events_found == fits
    assert result.events_used == fits


DETAILS = [
    (GoldEvent("e1", "of piracy", ("ACCUSE",), date="2024-02-03"), ()),
    (GoldEvent("e1", "of piracy", ("ACCUSE",), date="2024-02-04"), ("e1.date",)),
    (GoldEvent("e1", "of piracy", ("ACCUSE",), status=("actual", "alleged")), ()),
    (GoldEvent("e1", "of piracy", ("ACCUSE",), attributed_to="Hallgrims", via="Nordwire"), ()),
    (
        GoldEvent("e1", "of piracy", ("ACCUSE",), attributed_to="Oslo", via="TV"),
        ("e1.attributed_to", "e1.via"),
    ),
    (GoldEvent("e1", "of piracy", ("ACCUSE",), killed=2, place="Oslo"), ("e1.killed", "e1.place")),
]


@pytest.mark.parametrize(("wanted", "misses"), DETAILS)
def test_details(wanted: GoldEvent, misses: tuple[str, ...]) -> None:
    result = score(wanted, event(date="2024-02-03"))
    assert result.misses == misses
    assert result.details_asked - result.details_right == len(misses)


def test_details_of_a_missed_event_count_as_asked() -> None:
    result = score(GoldEvent("e1", "of piracy", ("ASSAULT",), date="2024-02-03", killed=2), event())
    assert (result.details_right, result.details_asked, result.misses) == (0, 2, ("e1",))


def test_optional_events_are_not_too_much() -> None:
    wanted = GoldEvent("e1", "of piracy", ("ACCUSE",))
    result = score(wanted, event(), event("ASSAULT", number=2), event("AID", number=3))
    assert (result.events_used, result.events_coded) == (2, 3)
    assert [x.split(":")[0] for x in result.spurious] == ["AID"]


def test_the_article() -> None:
    result = score_page(gold(), record())
    assert (result.headline, result.body_kept, result.furniture_dropped) == (True, True, True)


QUOTES = [
    (GoldQuote("it, Nordwire", "Hallgrims", "indirect"), True),
    (GoldQuote("it, Nordwire", "Hallgrims", "indirect", "Nordwire"), True),
    (GoldQuote("it, Nordwire", "Hallgrims", "direct"), False),
    (GoldQuote("it, Nordwire", "Oslo", "indirect"), False),
    (GoldQuote("of piracy", "Hallgrims", "indirect"), False),
]


@pytest.mark.parametrize(("quote", "found"), QUOTES)
def test_quotes(quote: GoldQuote, *, found: bool) -> None:
    assert score_page(gold(quotes=(quote,)), record()).quotes_found == found


@pytest.mark.parametrize(
    ("published", "date", "right"),
    [
        ("2024-02-05", "2024-02-04", True),
        ("2024-02-10", None, False),
        ("2024-02-05", "2026-02-04", False),
        (None, None, False),
    ],
)
def test_undated(published: str | None, date: str | None, *, right: bool) -> None:
    coded = record(event(date=date), published=published)
    assert undated_ok(gold(), coded) == right
    assert published is None or isinstance(coded.document.published, Published)


def test_cases_pair_by_type_then_parties() -> None:
    wanted = CaseEvent("ACCUSE", actors=("NOR",))
    other, right = event(actors=(party("She", "ISL"),)), event(number=2, actors=(party("Oslo", "NOR"),))
    scored = score_case(Case(TEXT, (wanted,), optional=("AID",)), record(other, right))
    assert scored.pairs == ((wanted, right),)
    assert scored.spurious == ()
    scored = score_case(Case(TEXT), record(other, event("AID", number=3)))
    assert scored.spurious == ("ACCUSE", "AID")
