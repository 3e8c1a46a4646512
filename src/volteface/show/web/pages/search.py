"""`/search?q=`: articles, actors, places and quotes that have the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from volteface.show.web.marks import Mark, Run, runs
from volteface.show.web.pages.actor import known
from volteface.show.web.pages.common import ROWS, Sheet, number_of, one_of, render, sheet, window, words_of
from volteface.show.web.room import Room
from volteface.store import Store
from volteface.store.front import PlaceRow, places
from volteface.store.listing import beginning, standing
from volteface.store.reading_room import Found
from volteface.store.searching import articles, said

KINDS = ("articles", "actors", "places", "quotes")
# Characters on each side of the first word that is found.
AROUND = 140


@dataclass(frozen=True, slots=True)
class Hit:
    """An article and the piece of it with the words marked."""

    found: Found
    excerpt: list[Run]


@get("/search", sync_to_thread=True)
def search(
    room: NamedDependency[Room], q: FromQuery[str] = "", kind: FromQuery[str] = "", page: FromQuery[str] = ""
) -> Response[str]:
    """What has these words."""
    wanted, number = words_of(q), number_of(page)
    chosen = one_of(kind, KINDS, "kind") or "articles"
    if not wanted:
        return render("search.html", wanted="", kind=chosen, kinds=KINDS, found=None)
    found: Sheet[Any]
    with room.open() as store:
        if chosen == "articles":
            found = sheet(
                [Hit(row, excerpt(row.text, wanted)) for row in articles(store, wanted, **window(number))],
                number,
            )
        elif chosen == "actors":
            found = sheet(known(room, store, wanted)[(number - 1) * ROWS :][: ROWS + 1], number)
        elif chosen == "places":
            found = sheet(sited(room, store, wanted)[(number - 1) * ROWS :][: ROWS + 1], number)
        else:
            found = sheet(said(store, wanted, **window(number)), number)
    return render("search.html", wanted=wanted, kind=chosen, kinds=KINDS, found=found)


def sited(room: Room, store: Store, wanted: str) -> list[PlaceRow]:
    """Places with words of a name, theirs or one that articles call them, those with most events first."""
    name = beginning(wanted)
    return [row for row in prepare(room, store) if row.called(name)]


def prepare(room: Room, store: Store) -> list[PlaceRow]:
    """All places, which are added up once."""
    return room.keep(("places",), lambda: places(store))


def excerpt(text: str, wanted: str) -> list[Run]:
    """The text around the first of the words, all of them marked."""
    words = wanted.split()
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + ")", re.IGNORECASE)
    first = standing(words, r"\b").search(text)
    middle = first.start() if first else 0
    start, end = max(0, middle - AROUND), min(len(text), middle + AROUND)
    start = text.rfind(" ", 0, start) + 1 if start else 0
    space = text.find(" ", end)
    end = space if space >= 0 else len(text)
    end = min(end, middle + 2 * AROUND)
    found = [Mark(m.start(), m.end(), "hit", "") for m in pattern.finditer(text, start, end)]
    return runs(text, found, [(start, end)])[0]
