"""What several reports of one occurrence say together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.link.build import DAY, mention, story
from volteface.link.summary import LinkedEvent, summarise
from volteface.link.types import Mention, Spot


def together(*mentions: Mention, originals: dict[str, str] | None = None, **stories: Any) -> LinkedEvent:
    """The mentions as one event; `stories` has fields of stories by document."""
    documents = {m.document for m in mentions}
    known = {d: story(d, *(m for m in mentions if m.document == d), **stories.get(d, {})) for d in documents}
    return summarise(mentions, known, originals or {})


def test_numbers_become_a_range() -> None:
    event = together(
        *(mention(d, killed=n, injured=i) for d, n, i in (("a", 12, None), ("b", 17, 40), ("c", None, 40)))
    )
    assert (event.killed, event.injured) == ((12, 17), (40, 40))


# (statuses, status): the strongest
STATUSES = [
    ("actual", "actual"),
    ("future actual", "actual"),
    ("historical actual", "actual"),
    ("negated alleged", "alleged"),
    ("future hypothetical negated", "future"),
    ("negated", "negated"),
]


@pytest.mark.parametrize(("statuses", "wanted"), STATUSES)
def test_status(statuses: str, wanted: str) -> None:
    assert (
        together(*(mention(d, status=s) for d, s in zip("abc", statuses.split(), strict=False))).status
        == wanted
    )


# (status, according to, denied by) of each report, asserted by, denied by, contested
DISPUTES = [
    ([("actual", "", "")], ["a"], [], False),
    ([("alleged", "Turkey", "")], ["Turkey"], [], False),
    ([("alleged", "Turkey", ""), ("negated", "Russia", "")], ["Turkey"], ["Russia"], True),
    ([("alleged", "Turkey", "Russia")], ["Turkey"], ["Russia"], True),
    ([("negated", "Russia", "")], [], ["Russia"], False),
    ([("negated", "Russia", ""), ("alleged", "Russia", "")], ["Russia"], ["Russia"], False),
    ([("actual", "", ""), ("negated", "", "")], ["a"], ["b"], True),
    ([("future", "Turkey", ""), ("negated", "Russia", "")], [], ["Russia"], False),
]


@pytest.mark.parametrize(("reports", "asserted", "denied", "contested"), DISPUTES)
def test_who_asserts_and_who_denies(
    reports: list[tuple[Any, str, str]], asserted: list[str], denied: list[str], contested: bool
) -> None:
    mentions = [
        mention(d, status=s, according_to=tuple(filter(None, [by])), denied_by=tuple(filter(None, [no])))
        for d, (s, by, no) in zip("abc", reports, strict=False)
    ]
    event = together(*mentions)
    assert (event.asserted_by, event.denied_by, event.contested) == (asserted, denied, contested)


# (copies, voices) of three documents, independent sources
SOURCES: list[tuple[dict[str, str], dict[str, str], int]] = [
    ({}, {}, 3),
    ({"b": "a"}, {}, 2),
    ({"b": "a", "c": "a"}, {}, 1),
    ({"b": "z", "c": "z"}, {}, 2),  # of one that does not report the event itself
    ({}, {"a": "Courier", "b": "Courier"}, 2),
    ({"b": "a"}, {"b": "Courier", "c": "Courier"}, 1),
]


@pytest.mark.parametrize(("originals", "voices", "wanted"), SOURCES)
def test_copies_and_one_publisher_are_one_source(
    originals: dict[str, str], voices: dict[str, str], wanted: int
) -> None:
    fields = {document: {"voice": voice} for document, voice in voices.items()}
    event = together(*map(mention, "abc"), originals=originals, **fields)
    assert (event.documents, event.sources) == (3, wanted)


def test_copies_have_one_vote() -> None:
    mentions = [
        mention(d, type=t)
        for d, t in zip("abcde", ("COERCE", "COERCE", "COERCE", "ASSAULT", "ASSAULT"), strict=True)
    ]
    assert together(*mentions).type == "COERCE"
    assert together(*mentions, originals={"b": "a", "c": "a"}).type == "ASSAULT"


DAYS = [DAY - timedelta(n) for n in range(5)]


@pytest.mark.parametrize(
    ("days", "published", "wanted"),
    [
        ([None, None], [DAYS[1], DAYS[0]], (DAYS[1], DAYS[1], "published")),
        ([None, (DAYS[2], DAYS[2])], [DAYS[1], DAYS[0]], (DAYS[2], DAYS[2], "event")),
        ([(DAYS[4], DAYS[0]), (DAYS[2], DAYS[2])], [DAYS[0], DAYS[0]], (DAYS[2], DAYS[2], "event")),
        ([None, None], [None, None], (None, None, None)),
    ],
)
def test_the_best_date_and_by_what(
    days: list[tuple[date, date] | None], published: list[date | None], wanted: tuple[Any, ...]
) -> None:
    mentions = [mention(d, days=span) for d, span in zip("ab", days, strict=True)]
    event = together(*mentions, a={"published": published[0]}, b={"published": published[1]})
    assert (event.date_start, event.date_end, event.dated_by) == wanted


def test_first_and_last_report() -> None:
    event = together(
        *map(mention, "abc"), a={"published": DAYS[1]}, b={"published": DAYS[3]}, c={"published": None}
    )
    assert (event.first_report, event.last_report) == (DAYS[3], DAYS[1])


def test_the_place_most_name() -> None:
    spots = [Spot("Grenzau", "SYL"), Spot("Sylvania", "SYL"), Spot("Grenzau", "SYL"), None]
    event = together(*(mention(d, spot=spot) for d, spot in zip("abcd", spots, strict=True)))
    assert event.spot == Spot("Grenzau", "SYL")


# (actors of each report, actors of the event)
SIDES = [
    (["Ruritania=RUR", "Ruritanian troops=RUR"], ["RUR"]),
    (["Ruritania=RUR", "Ruritania=RUR,Sylvania=SYL"], ["RUR", "SYL"]),
    (["Ruritania=RUR"] * 3 + ["Sylvania=SYL"], ["RUR"]),
    (["rebels", "Rebels"], [None]),
]


@pytest.mark.parametrize(("sides", "wanted"), SIDES)
def test_who_is_on_a_side(sides: list[str], wanted: list[str | None]) -> None:
    event = together(*(mention(d, actors=side) for d, side in zip("abcd", sides, strict=False)))
    assert [p.country for p in event.actors] == wanted


def test_the_id_is_of_the_first_report_and_stays_when_later_ones_come() -> None:
    first, later = mention("b"), mention("a")
    published: dict[str, Any] = {"b": {"published": DAYS[1]}, "a": {"published": DAYS[0]}}
    assert together(first, b=published["b"]).linked == together(later, first, **published).linked


def test_two_events_of_one_trigger_have_two_ids() -> None:
    one, other = mention("a", "E1", start=5), mention("a", "E2", start=5, type="ACCUSE")
    known = {"a": story("a", one, other)}
    assert summarise([one], known, {}).linked != summarise([other], known, {}).linked
