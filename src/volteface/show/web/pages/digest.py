"""`/digest`: the latest week; `/digest/DAY`: the week of a day; `/digest/feed.xml`: the latest week as RSS."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from volteface.courses import week
from volteface.show.digest import Digest, Link
from volteface.show.digest import render as write_digest
from volteface.show.web.pages.common import day_of, render
from volteface.show.web.room import Room
from volteface.show.web.words import place
from volteface.store import Store
from volteface.store.reading_room import days

FEED = "application/rss+xml; charset=utf-8"
# Weeks that are worked out before anybody asks, half a second of a processor each: those of a quarter.
PREPARED = 13


@get("/digest", sync_to_thread=True)
def latest(room: NamedDependency[Room], day: FromQuery[str] = "") -> Response[str] | Redirect:
    """Leads to the week of a day, or to the latest."""
    wanted = day_of(day, "day")
    with room.open() as store:
        span = span_of(room, store)
    if wanted is None and span is None:
        return render("digest.html", digest=None, before=None, after=None)
    return Redirect(f"/digest/{monday(wanted or span[1])}", status_code=303)  # type: ignore[index]


@get("/digest/feed.xml", sync_to_thread=True)
def feed(room: NamedDependency[Room], request: Request[Any, Any, Any]) -> Response[str]:
    """The latest week for a reader of feeds; its links lead back here."""
    with room.open() as store:
        span = span_of(room, store)
        if span is None:
            raise NotFoundException
        found = digest_of(room, store, monday(span[1]))
    home = str(request.base_url).rstrip("/")
    return Response(write_digest(_at_home(found, home), "rss", home=home), media_type=FEED)


@get("/digest/{day:str}", sync_to_thread=True)
def week_page(room: NamedDependency[Room], day: FromPath[str]) -> Response[str]:
    """A week, Monday to Sunday."""
    wanted = day_of(day, "day")
    if wanted is None:
        raise NotFoundException
    start = monday(wanted)
    with room.open() as store:
        span = span_of(room, store)
        found = digest_of(room, store, start)
    first, last = (monday(span[0]), monday(span[1])) if span else (start, start)
    return render(
        "digest.html",
        digest=found,
        before=start - timedelta(7) if start > first else None,
        after=start + timedelta(7) if start < last else None,
    )


def digest_of(room: NamedDependency[Room], store: Store, start: date) -> Digest:
    """The week that begins on a Monday."""
    return room.keep(("week", start), lambda: week(store, start))


def span_of(room: Room, store: Store) -> tuple[date, date] | None:
    """The first and the last day of publication."""
    return room.keep(("days",), lambda: days(store))


def prepare(room: Room, store: Store, *, back: int) -> None:
    """Work out the latest week, or one before it, before it is asked for."""
    span = span_of(room, store)
    if span is None:
        return
    start = monday(span[1]) - timedelta(7 * back)
    if start >= monday(span[0]):
        digest_of(room, store, start)


def monday(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(day.weekday())


def _at_home(digest: Digest, home: str) -> Digest:
    """The digest with links to the pages of this room instead of to where the pages were read."""

    def led(links: tuple[Link, ...]) -> tuple[Link, ...]:
        return tuple(replace(link, address=home + place(str(link.document), link.event)) for link in links)

    return replace(
        digest,
        happened=tuple(replace(line, links=led(line.links)) for line in digest.happened),
        contested=tuple(replace(line, links=led(line.links)) for line in digest.contested),
        turned=tuple(replace(t, before=led(t.before), after=led(t.after)) for t in digest.turned),
    )
