"""`/`: where to begin. What happened where and when, whose course changed, what is contested."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import FromQuery

from volteface.analyse.course import Change
from volteface.courses import follow
from volteface.show.web import map as maps
from volteface.show.web.bars import Timeline, timeline
from volteface.show.web.pages.common import day_of, one_of, render
from volteface.show.web.room import Room
from volteface.show.web.words import query
from volteface.store import ActFilter, Store
from volteface.store.front import (
    NOWHERE,
    SIDES,
    Chosen,
    Point,
    by_country,
    by_day,
    listed,
    place_name,
    points,
)
from volteface.store.listing import is_code
from volteface.store.reading_room import busiest, days, latest

LATEST, CONTESTED, TURNS = 10, 5, 6
# Pairs whose courses are looked at, and how far back: each takes a moment, and the page should not.
PAIRS, BACK = 12, timedelta(400)
# Circles on the map; rows of the table of countries.
SPOTS, COUNTRIES = 120, 250
# A chosen part of this share of all days or less has a timeline of its own.
FINER = 0.5
VIEWS = ("events", "world")
# What a country is counted for.
MEANINGS = {"place": "where it happened", "actor": "who acts", "recipient": "on whom"}


@dataclass(frozen=True, slots=True)
class Turned:
    """A change of course of one toward another."""

    actor: str
    recipient: str
    change: Change


@dataclass(frozen=True, slots=True)
class Days:
    """The chosen days: what the map, the timelines and the list show of them. `counts`: events of each country in
    these days; `total`: events of the chosen country in them; `frame`: all days there are to choose from."""

    chosen: Chosen
    frame: tuple[date, date]
    map: maps.Map
    counts: Mapping[str | None, int]
    spots: list[Point]
    timelines: list[Timeline]
    total: int
    place: str


@get("/", sync_to_thread=True)
def front(
    room: NamedDependency[Room],
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    country: FromQuery[str] = "",
    side: FromQuery[str] = "",
    place: FromQuery[str] = "",
    view: FromQuery[str] = "",
) -> Response[str]:
    """The front page."""
    chosen = chosen_of(since, until, country, side, place)
    shown = one_of(view, VIEWS, "view") or VIEWS[0]
    with room.open() as store:
        return render("front.html", **_shown(room, store, chosen, shown))


def prepare(room: Room, store: Store) -> None:
    """Work out what the page shows to who chooses nothing."""
    _shown(room, store, chosen_of("", "", "", "", ""), VIEWS[0])


def _shown(room: Room, store: Store, chosen: Chosen, view: str) -> dict[str, Any]:
    span = room.keep(("days",), lambda: days(store))
    links = Links(chosen, view)
    return {
        "counts": room.keep(("counts",), store.counts),
        "published": span,
        "days": room.keep(("front", chosen, view), lambda: days_of(room, store, chosen, span, view))
        if span
        else None,
        "link": links.to,
        "spot_link": links.to_place,
        "meanings": MEANINGS,
        "one_day": timedelta(1),
        "view": view,
        "most": COUNTRIES,
        "latest": room.keep(("latest", chosen), lambda: listed(store, chosen, limit=LATEST)),
        "contested": room.keep(("contested",), lambda: latest(store, contested=True, limit=CONTESTED)),
        "pairs": room.keep(("pairs",), lambda: busiest(store, limit=TURNS)),
        "turned": room.keep(("turned",), lambda: turns(store, span[1])) if span else [],
    }


def chosen_of(since: str, until: str, country: str, side: str, place: str) -> Chosen:
    """What is asked for in an address. Raises `ClientException` for what cannot be."""
    if country and country != NOWHERE and not is_code(country):
        raise ClientException("“country” has to be a code of three capitals, or none.")
    if place and not (place.isascii() and place.isdigit() and len(place) <= 12):
        raise ClientException("“place” has to be the number of a place in GeoNames.")
    kind = one_of(side, SIDES, "side") or SIDES[0]
    return Chosen(
        since=day_of(since, "since"),
        until=day_of(until, "until"),
        country=country or None,
        side=next(known for known in SIDES if known == kind),
        place=int(place) if place else None,
    )


class Links:
    """Addresses of the page with something else chosen; what stays is written once."""

    def __init__(self, chosen: Chosen, view: str) -> None:
        values = {
            "since": chosen.since,
            "until": chosen.until,
            "country": chosen.country,
            "side": chosen.side if chosen.side != SIDES[0] else None,
            "place": chosen.place,
            "view": view if view != VIEWS[0] else None,
        }
        self._parts = {name: query(**{name: value}) for name, value in values.items()}

    def to(self, **changed: object) -> str:
        """The address with these values."""
        parts = self._parts | {name: query(**{name: value}) for name, value in changed.items()}
        told = "&".join(filter(None, parts.values()))
        return f"/?{told}#days" if told else "/#days"

    def to_place(self, point: Point, chosen: bool = False) -> str:
        """The address with a place on the map chosen, or no more."""
        return self.to(
            place=None if chosen else point.geonames,
            country=point.country if point.geonames is None else None,
        )


def days_of(room: Room, store: Store, chosen: Chosen, frame: tuple[date, date], view: str) -> Days:
    """What there is in the chosen days."""
    counts, spots = seen(room, store, chosen.anywhere())
    # The part of the world in sight is that of all days, so that it stays while these are chosen.
    around = maps.middles(*seen(room, store, chosen.anywhere().anytime()))
    passed = passing(room, store, chosen.anytime())
    low, high = chosen.since or date.min, chosen.until or date.max
    inside = [row for row in passed if low <= row[0] <= high]
    lines = [timeline(passed, *frame, since=chosen.since, until=chosen.until)]
    part = max(chosen.since or frame[0], frame[0]), min(chosen.until or frame[1], frame[1])
    if timedelta(0) <= part[1] - part[0] <= (frame[1] - frame[0]) * FINER:
        lines.append(timeline(inside, *part))
    return Days(
        chosen=chosen,
        frame=frame,
        map=maps.draw(counts, spots, around=around, whole=view == "world"),
        counts=counts,
        spots=spots,
        timelines=[line for number, line in enumerate(lines) if not number or len(line.bars) > 1],
        total=sum(a + b for _, a, b in inside),
        place=place_name(store, chosen.place) if chosen.place is not None else "",
    )


def seen(room: Room, store: Store, chosen: Chosen) -> tuple[Mapping[str | None, int], list[Point]]:
    """What a map shows of some days: events of each country, and places."""

    def work() -> tuple[Mapping[str | None, int], list[Point]]:
        spots = points(store, chosen, limit=SPOTS) if chosen.side == "place" else []
        return by_country(store, chosen), spots

    return room.keep(("seen", chosen), work)


def passing(room: Room, store: Store, chosen: Chosen) -> list[tuple[date, int, int]]:
    """Events of each day; those of everywhere are asked for with every choice of days."""
    if chosen != chosen.anywhere():
        return by_day(store, chosen)
    return room.keep(("passing", chosen), lambda: by_day(store, chosen))


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
