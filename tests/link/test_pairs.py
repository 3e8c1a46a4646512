"""Which two reports may be of one occurrence, and why."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from tests.link.build import DAY, told
from volteface.link.cluster import JOIN
from volteface.link.keys import STORY, story_keys
from volteface.link.pairs import compare, pairs
from volteface.link.profiles import profile
from volteface.link.scorer import Timing, bundled
from volteface.link.types import Likeness

SHELLING = "Ruritanian troops [shelled] the town of Grenzau in Sylvania, killing four customs men in the old barracks."
SIDES = {"actors": "Ruritania=RUR", "recipients": "Sylvania=SYL"}
YEAR = timedelta(365)


def likeness(one: dict[str, Any], other: dict[str, Any]) -> Likeness | None:
    """Of the events of two stories that tell `SHELLING` but for what is given."""
    stories = [
        told(name, **{"text": SHELLING, **SIDES, **fields}) for name, fields in (("a", one), ("b", other))
    ]
    found = [like for _, like in pairs(profile(stories[0]), profile(stories[1]), bundled())]
    return found[0] if found else None


# (what the second story has otherwise, whether they are joined)
OTHERS: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    (
        {"text": "Four customs men died when troops from Ruritania [shelled] barracks at Grenzau, Sylvania."},
        True,
    ),
    (
        {
            "text": "Grenzau: Ruritania's guns [fired] on customs men in barracks of the Sylvanian town; four died."
        },
        True,
    ),
    ({"status": "negated"}, True),
    ({"published": DAY + timedelta(1)}, True),
    ({"published": None}, True),
    ({"published": DAY + YEAR}, False),
    ({"days": (DAY - YEAR, DAY - YEAR)}, False),
    ({"actors": "Moldonia=MOL", "recipients": "Ruritania=RUR"}, False),
    ({"text": "The [talks] on fishing quotas went on in the lake district, with no end in sight."}, False),
]


@pytest.mark.parametrize(("other", "joined"), OTHERS)
def test_joined(other: dict[str, Any], joined: bool) -> None:
    like = likeness({}, other)
    assert (like is not None and like.score >= JOIN) is joined


def test_reasons_say_what_is_shared() -> None:
    like = likeness({"killed": 4, "days": (DAY, DAY)}, {"killed": 4, "days": (DAY, DAY)})
    assert like is not None
    words = "; ".join(like.reasons)
    for reason in (
        "both ASSAULT",
        "both “shelled”",
        "actors share RUR",
        "recipients share SYL",
        "the same toll",
        str(DAY),
    ):
        assert reason in words


# (days apart, between publications, days told, of how many anything is known), what it takes away at least and at most
TIMINGS = [
    (Timing(), 0, 0),
    (Timing(0, 0, 2, 2), 0, 0),
    (Timing(1, 0, 2, 2), 2, 3),
    (Timing(1, 0, 1, 2), 0.5, 1),
    (Timing(0, 4, 0, 2), 0.5, 1),
    (Timing(0, 4, 1, 2), 0, 0),
    (Timing(None, None, 1, 1), 0.5, 1.5),
    (Timing(400, 400, 0, 2), 10, 10),
]


@pytest.mark.parametrize(("timing", "least", "most"), TIMINGS)
def test_days_take_away(timing: Timing, least: float, most: float) -> None:
    assert least <= timing.penalty() <= most


def test_two_events_of_one_trigger_are_two() -> None:
    one = told("a", SHELLING)
    twice = profile(told("a", SHELLING))
    both = type(twice)(one, twice.words, twice.names, (twice.mentions[0], twice.mentions[0]))
    assert list(compare(both, both)) == []


# (days of a story's event, publication, how many spans of ten days its keys are in)
SLOTS: list[tuple[tuple[date, date] | None, date | None, set[int]]] = [
    (None, None, {1}),
    (None, DAY, {2, 3}),
    ((DAY, DAY), DAY, {2, 3}),
    ((DAY - YEAR, DAY - YEAR), DAY, {3, 4, 5}),
    ((DAY - YEAR, DAY), None, {1}),  # too long to be found by
]


@pytest.mark.parametrize(("days", "published", "counts"), SLOTS)
def test_keys_are_of_the_days_a_story_speaks_of(
    days: tuple[date, date] | None, published: date | None, counts: set[int]
) -> None:
    keys = list(story_keys(profile(told("a", SHELLING, days=days, published=published))))
    assert len({slot for _, slot, _, _ in keys}) in counts
    assert {kind for kind, *_ in keys} == {STORY}
