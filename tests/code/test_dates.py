"""When an event happened: by the time expression of its own clause."""

from __future__ import annotations

import pytest

from tests.code.trees import coded

PUBLISHED = "2031-03-07"  # a Friday

# (sentences, the event's trigger, first and last day)
CASES = [
    (["Turkey bombed Syria on Tuesday."], "bombed", ("2031-03-04", "2031-03-04")),
    (["Sudan bombed Chad in March."], "bombed", ("2031-03-01", "2031-03-31")),
    (["Serbia shelled a village in January 2014."], "shelled", ("2014-01-01", "2014-01-31")),
    (["Rebels killed the mayor in 2014."], "killed", ("2014-01-01", "2014-12-31")),
    (["Turkish jets bombed a village on Monday, killing two."], "bombed", ("2031-03-03", "2031-03-03")),
    # each clause has its own
    (
        ["On Monday Iran attacked a tanker that left port on Friday."],
        "attacked",
        ("2031-03-03", "2031-03-03"),
    ),
    (
        ["Greece said on Tuesday that Turkey attacked a ship on Sunday."],
        "attacked",
        ("2031-03-02", "2031-03-02"),
    ),
    # the occasion's day is not the event's
    (["Chad attacked a town after the summit of March 1."], "attacked", None),
    # no day of its own
    (["Egypt invaded Libya and Sudan."], "invaded", None),
    (["Turkey bombed Syria on Tuesday.", "Egypt invaded Libya and Sudan."], "invaded", None),
    # what is done by saying it is done while the story goes on
    (
        ["Turkey bombed Syria on Tuesday.", "Iran condemned and threatened Israel."],
        "condemned",
        ("2031-03-04", "2031-03-04"),
    ),
]


@pytest.mark.parametrize(("sentences", "trigger", "days"), CASES)
def test_dates(sentences: list[str], trigger: str, days: tuple[str, str] | None) -> None:
    annotation, proposals = coded(*sentences, published=PUBLISHED)
    found = next(p for p in proposals if annotation.tokens[p.trigger.head].text == trigger)
    assert (None if found.date is None else (found.date.start, found.date.end)) == days


def test_the_day_it_was_said_dates_what_is_done_by_saying_it() -> None:
    claim = ("Greece", "said", "Turkey's decision was unacceptable")
    _, proposals = coded(
        "Greece said on Tuesday that Turkey's decision was unacceptable.",
        published=PUBLISHED,
        claims=(claim,),
    )
    assert [p.date and (p.date.start, p.date.time) for p in proposals] == [("2031-03-04", "T1")]
