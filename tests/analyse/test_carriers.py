"""Which events carry a change."""

from __future__ import annotations

from datetime import date, timedelta

from volteface.analyse.carriers import Event, carriers
from volteface.analyse.course import Change

DAY = date(2024, 3, 12)


def change(day: date, before: float, after: float) -> Change:
    return Change(day, day, day, before, after, "conflict" if after < before else "cooperation", 0.99)


def event(days: int, score: float, weight: float = 1.0) -> Event:
    return Event(DAY + timedelta(days), score, weight)


def test_the_most_telling_come_first_and_what_speaks_against_it_is_left_out() -> None:
    events = [
        event(-90, 9.0),
        event(-3, 5.0),
        event(-2, -9.0),
        event(0, -6.0),
        event(1, -7.0),
        event(2, 6.0),
        event(80, -9.0),
    ]
    assert carriers([change(DAY, 5, -5)], 0, events) == ([1, 0], [4, 3, 6])


def test_what_is_known_badly_tells_less() -> None:
    events = [event(-1, 5.0, 0.2), event(-1, 4.0, 0.9), event(1, -5.0)]
    assert carriers([change(DAY, 5, -5)], 0, events) == ([1, 0], [2])


def test_beyond_a_neighbouring_change_is_another_story() -> None:
    later = DAY + timedelta(60)
    events = [event(-10, 5.0), event(10, -5.0), event(70, 5.0)]
    changes = [change(DAY, 5, -5), change(later, -5, 5)]
    assert carriers(changes, 0, events) == ([0], [1])
    assert carriers(changes, 1, events) == ([1], [2])
