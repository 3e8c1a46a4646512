"""`/actors`: who is reported on; `/actors/KEY`: what is known of one, and what passed with others."""

from __future__ import annotations

from litestar import Response, get

from volteface.show.web.pages.common import number_of, render, sheet, window, words_of
from volteface.show.web.room import Room
from volteface.show.web.words import unslug
from volteface.store import Filters
from volteface.store.reading_room import deeds, said_about, said_by

# Events and quotes of each kind on a profile's page.
EACH = 12


@get("/actors", sync_to_thread=True)
def listing(room: Room, q: str = "", page: str = "") -> Response[str]:
    """Who is reported on, the most reported first, or those with words of a name."""
    number, wanted = number_of(page), words_of(q)
    with room.open() as store:
        rows = list(store.actors(Filters(name=wanted or None, **window(number))))
    return render("actors.html", found=sheet(rows, number), wanted=wanted)


@get("/actors/{key:str}", sync_to_thread=True)
def profile(room: Room, key: str, page: str = "") -> Response[str]:
    """One actor."""
    number = number_of(page)
    with room.open() as store:
        found = store.profile(unslug(key))
        parts = {
            "did": deeds(store, found.keys, "actor", **window(number, EACH)),
            "suffered": deeds(store, found.keys, "recipient", **window(number, EACH)),
            "said": said_by(store, found.keys, **window(number, EACH)),
            "about": said_about(store, found.keys, **window(number, EACH)),
        }
    sheets = {name: sheet(rows, number, EACH) for name, rows in parts.items()}
    more = any(each.more for each in sheets.values())
    return render("actor.html", profile=found, number=number, more=more, **sheets)
