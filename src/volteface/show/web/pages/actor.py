"""`/actors`: who is reported on; `/actors/KEY`: what is known of one, and what passed with others."""

from __future__ import annotations

from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from volteface.codebook import plover
from volteface.show.web.pages.common import ROWS, number_of, render, sheet, window, words_of
from volteface.show.web.pages.deciding import deciding_of, kept_of
from volteface.show.web.room import Room
from volteface.show.web.words import unslug
from volteface.store import ActorRow, Filters, Store
from volteface.store.listing import beginning, is_code
from volteface.store.profile import Names
from volteface.store.quoted import said_about, said_by
from volteface.store.reading_room import deeds

# Events and quotes of each kind on a profile's page.
EACH = 12
# Actors that can be leafed through and looked for.
MOST = 200_000


@get("/actors", sync_to_thread=True)
def listing(room: NamedDependency[Room], q: FromQuery[str] = "", page: FromQuery[str] = "") -> Response[str]:
    """Who is reported on, the most reported first, or those with words of a name."""
    number, wanted = number_of(page), words_of(q)
    with room.open() as store:
        rows = known(room, store, wanted)
    return render("actors.html", found=sheet(rows[(number - 1) * ROWS :][: ROWS + 1], number), wanted=wanted)


def known(room: Room, store: Store, wanted: str = "") -> list[ActorRow]:
    """Actors of current documents, the most reported first, or those with words of a name. Adding them up takes
    seconds where there are many, and is done once."""
    rows = room.keep(("actors",), lambda: list(store.actors(Filters(limit=MOST))))
    if not wanted:
        return rows
    if is_code(wanted):
        return [row for row in rows if wanted in (row.country, row.sector)]
    name = beginning(wanted)
    return [row for row in rows if name.search(row.name)]


def shared(room: Room, store: Store) -> Names:
    """Names that several actors have."""
    return room.keep(("names",), store.names)


def prepare(room: Room, store: Store) -> None:
    """Work out what the list and all profiles need."""
    known(room, store)
    shared(room, store)


@get("/actors/{key:str}", sync_to_thread=True)
def profile(
    request: Request[Any, Any, Any],
    room: NamedDependency[Room],
    key: FromPath[str],
    page: FromQuery[str] = "",
    decided: FromQuery[str] = "",
    later: FromQuery[str] = "",
) -> Response[str]:
    """One actor."""
    number = number_of(page)
    with room.open() as store:
        names = shared(room, store)
        stands = store.seen(unslug(key), names)
        found = store.portrait(stands, names)
        shown = window(number, EACH)
        did, suffered = (sheet(rows, number, EACH) for rows in deeds(store, stands.keys, **shown))
        said = sheet(said_by(store, stands, **shown), number, EACH)
        about = sheet(said_about(store, stands, **shown), number, EACH)
        kept = kept_of(store, decided, later)
    more = did.more or suffered.more or said.more or about.more
    return render(
        "actor.html",
        profile=found,
        did=did,
        suffered=suffered,
        said=said,
        about=about,
        number=number,
        more=more,
        kept=kept,
        deciding=deciding_of(request),
        sectors=plover().sectors,
    )
