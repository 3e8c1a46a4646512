"""`/course`: whose course can be looked at; `/course/A/B`: the course of A toward B, its turns, and what made them."""

from __future__ import annotations

from datetime import date

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect

from volteface.courses import Followed, follow
from volteface.show.web.chart import MOST_DOTS, Chart, Event, draw
from volteface.show.web.pages.common import day_of, render, words_of
from volteface.show.web.room import Room
from volteface.show.web.words import code_of, country, query, slug, unslug, what
from volteface.store import ActFilter, Store
from volteface.store.reading_room import busiest

# Pairs offered to choose from; events of the table, the last ones; pairs whose courses are worked out before anybody
# asks, a tenth of a second of a processor each: as many as the front page names.
PAIRS, TABLE, PREPARED = 40, 200, 6


@get("/course", sync_to_thread=True)
def choose(
    room: NamedDependency[Room],
    a: FromQuery[str] = "",
    b: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
) -> Response[str] | Redirect:
    """Two actors to choose, or those who have most to do with each other."""
    one, other = words_of(a), words_of(b)
    if one and other:
        rest = query(since=day_of(since, "since"), until=day_of(until, "until"))
        path = f"/course/{slug(code_of(one))}/{slug(code_of(other))}" + (f"?{rest}" if rest else "")
        return Redirect(path, status_code=303)
    with room.open() as store:
        pairs = offered(room, store)
    return render("courses.html", pairs=pairs, a=one, b=other)


@get("/course/{a:str}/{b:str}", sync_to_thread=True)
def course_page(
    room: NamedDependency[Room],
    a: FromPath[str],
    b: FromPath[str],
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
) -> Response[str]:
    """The course of one actor toward another."""
    one, other = words_of(unslug(a)), words_of(unslug(b))
    filters = ActFilter(
        actor=one, recipient=other, since=day_of(since, "since"), until=day_of(until, "until")
    )
    with room.open() as store:
        found = followed(room, store, filters)
        apart = {status: n for status, n in store.statuses(filters).items() if status != "actual"}
    return render(
        "course.html",
        found=found,
        chart=chart(found),
        last=found.course.points[-1] if found.course.points else None,
        a=one,
        b=other,
        since=since,
        until=until,
        apart=apart,
        most=TABLE,
        back=f"/course/{slug(other)}/{slug(one)}",
        names=(country(one), country(other)),
    )


def offered(room: Room, store: Store) -> list[tuple[str, str, int, date, date]]:
    """Pairs to choose from, those who have most to do with each other."""
    return room.keep(("busiest",), lambda: busiest(store, limit=PAIRS))


def followed(room: Room, store: Store, filters: ActFilter) -> Followed:
    """The course of a pair."""
    return room.keep(("course", filters), lambda: follow(store, filters))


def prepare(room: Room, store: Store) -> None:
    """Work out the courses of the first pairs that are offered before they are asked for."""
    for actor, recipient, *_ in offered(room, store)[:PREPARED]:
        followed(room, store, ActFilter(actor=actor, recipient=recipient))


def chart(found: Followed) -> Chart | None:
    """The course drawn; None if there is nothing to draw."""
    if not found.acts:
        return None
    drawn = slice(-MOST_DOTS, None)
    events = [
        Event(
            day=day,
            score=act.score or 0.0,
            quad=act.quad or "",
            act=act.act,
            told=act.origin == "reports",
            words=what(act) if act.type else "event",
        )
        for day, act in zip(found.days[drawn], found.acts[drawn], strict=True)
    ]
    return draw(
        found.course, events, found.coverage, first=found.days[0], left_out=len(found.acts) - len(events)
    )
