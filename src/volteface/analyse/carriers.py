"""Which events carry a change of course: those that show best what was before it, and what after."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from volteface.analyse.course import Change

# Days from the turn after which an event tells half as much of it.
HALVES = 30


@dataclass(frozen=True, slots=True)
class Event:
    """An event of a stream. `weight`: how well it is known, 0 to 1."""

    day: date
    score: float
    weight: float = 1.0


def carriers(changes: Sequence[Change], number: int, events: Sequence[Event]) -> tuple[list[int], list[int]]:
    """Of one of a stream's changes, the events that carry it before and after, by their place, the most telling first.

    An event carries a change by how far it lies from the mean of the other side, the nearer to the turn the more.
    Events on the far side of a neighbouring change are none of it.
    """
    change = changes[number]
    first = changes[number - 1].day if number else date.min
    last = changes[number + 1].day if number + 1 < len(changes) else date.max
    sign = 1 if change.size > 0 else -1

    def chosen(places: list[int], other: float, way: int) -> list[int]:
        def told(place: int) -> float:
            event = events[place]
            near = float(0.5 ** (abs((event.day - change.day).days) / HALVES))
            return way * (event.score - other) * event.weight * near

        telling = ((told(place), place) for place in places)
        most = sorted((-much, events[place].day, place) for much, place in telling if much > 0)
        return [place for *_, place in most]

    before = [p for p, event in enumerate(events) if first <= event.day < change.day]
    after = [p for p, event in enumerate(events) if change.day <= event.day < last]
    return chosen(before, change.after, -sign), chosen(after, change.before, sign)
