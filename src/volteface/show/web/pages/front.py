"""`/`: where to begin. What happened last, whose course changed, what is contested."""

from __future__ import annotations

from litestar import Response, get

from volteface.show.web.pages.common import render
from volteface.show.web.pages.digest import digest_of, monday
from volteface.show.web.room import Room
from volteface.store.reading_room import busiest, days, latest

LATEST, CONTESTED, PAIRS = 10, 5, 6


@get("/", sync_to_thread=True)
def front(room: Room) -> Response[str]:
    """The front page."""
    with room.open() as store:
        span = days(store)
        start = monday(span[1]) if span else None
        digest = digest_of(room, store, start) if start else None
        return render(
            "front.html",
            counts=room.keep(("counts",), store.counts),
            span=span,
            latest=room.keep(("latest",), lambda: latest(store, limit=LATEST)),
            contested=room.keep(("contested",), lambda: latest(store, contested=True, limit=CONTESTED)),
            pairs=room.keep(("pairs",), lambda: busiest(store, limit=PAIRS)),
            digest=digest,
        )
