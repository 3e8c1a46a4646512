"""`/actors`: who is reported on; `/actors/KEY`: what is known of one, and what passed with others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery

from volteface.codebook import plover
from volteface.show.web.pages.common import ROWS, Sheet, number_of, render, sheet, window, words_of
from volteface.show.web.pages.deciding import deciding_of, kept_of
from volteface.show.web.room import Room
from volteface.show.web.words import unslug
from volteface.store import ActorRow, Filters, Store
from volteface.store.listing import beginning, is_code
from volteface.store.profile import Names, Profile
from volteface.store.quoted import said_about, said_by
from volteface.store.reading_room import Happened, Said, deeds

# Events and quotes of each kind on a profile's page.
EACH = 12
# Actors that can be leafed through and looked for, and the first of them, whose pages are worked out before anybody
# asks: a quarter of a second of a processor each.
MOST, PREPARED = 200_000, 12


@dataclass(frozen=True, slots=True)
class Told:
    """What a page of an actor tells: what is known of it, what it did and what was done to it, quotes by and about."""

    profile: Profile
    did: Sheet[Happened]
    suffered: Sheet[Happened]
    said: Sheet[Said]
    about: Sheet[Said]


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
    """Work out what the list and all profiles need, and what is told of those most reported."""
    first = known(room, store)[:PREPARED]
    shared(room, store)
    for row in first:
        if row.key is not None:
            told_of(room, store, row.key, 1)


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
        told = told_of(room, store, unslug(key), number)
        kept = kept_of(store, decided, later)
    return render(
        "actor.html",
        profile=told.profile,
        did=told.did,
        suffered=told.suffered,
        said=told.said,
        about=told.about,
        number=number,
        more=told.did.more or told.suffered.more or told.said.more or told.about.more,
        kept=kept,
        deciding=deciding_of(request),
        sectors=plover().sectors,
    )


def told_of(room: Room, store: Store, key: str, number: int) -> Told:
    """What a page of the actor with this key tells."""

    def work() -> Told:
        names, shown = shared(room, store), window(number, EACH)
        stands = store.seen(key, names)
        did, suffered = deeds(store, stands.keys, **shown)
        said, about = said_by(store, stands, **shown), said_about(store, stands, **shown)
        return Told(
            store.portrait(stands, names),
            sheet(did, number, EACH),
            sheet(suffered, number, EACH),
            sheet(said, number, EACH),
            sheet(about, number, EACH),
        )

    return room.keep(("actor", key), work) if number == 1 else work()
