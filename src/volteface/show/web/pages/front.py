"""`/`: where to begin. What happened last, whose course changed, what is contested."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency

from volteface.analyse.course import Change
from volteface.courses import follow
from volteface.show.web.pages.common import render
from volteface.show.web.room import Room
from volteface.store import ActFilter, Store
from volteface.store.reading_room import busiest, days, latest

LATEST, CONTESTED, TURNS = 10, 5, 6
# Pairs whose courses are looked at, and how far back: each takes a moment, and the page should not.
PAIRS, BACK = 12, timedelta(400)


@dataclass(frozen=True, slots=True)
class Turned:
    """A change of course of one toward another."""

    actor: str
    recipient: str
    change: Change


@get("/", sync_to_thread=True)
def front(room: NamedDependency[Room]) -> Response[str]:
    """The front page."""
    with room.open() as store:
        return render("front.html", **prepare(room, store))


def prepare(room: Room, store: Store) -> dict[str, Any]:
    """What the front page shows."""
    span = room.keep(("days",), lambda: days(store))
    return {
        "counts": room.keep(("counts",), store.counts),
        "span": span,
        "latest": room.keep(("latest",), lambda: latest(store, limit=LATEST)),
        "contested": room.keep(("contested",), lambda: latest(store, contested=True, limit=CONTESTED)),
        "pairs": room.keep(("pairs",), lambda: busiest(store, limit=TURNS)),
        "turned": room.keep(("turned",), lambda: turns(store, span[1])) if span else [],
    }


def turns(store: Store, last: date) -> list[Turned]:
    """The latest changes of course among those who have most to do with each other, the newest first."""
    found = [
        Turned(one, other, turn.change)
        for one, other, *_ in busiest(store, limit=PAIRS)
        for turn in follow(
            store, ActFilter(actor=one, recipient=other, since=last - BACK), covered=False
        ).turns
    ]
    return sorted(found, key=lambda turned: turned.change.day, reverse=True)[:TURNS]
