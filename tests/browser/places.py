"""Where things are in the samples: the addresses of every kind of page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from volteface.store import Store
from volteface.store.reading_room import actor_keys, latest, links_of

# The page on which Denmark turns, and how the change is told (src/volteface/samples/README.md).
TURNING = "courier-denmark-new-heading.txt"
Places = Mapping[str, str]
NAMES = (
    *(
        "front",
        "documents",
        "reader",
        "sentence",
        "event",
        "contested",
        "actors",
        "actor",
        "courses",
        "course",
    ),
    *(
        "coalitions",
        "week",
        "search",
        "search for actors",
        "search for places",
        "search for quotes",
        "explore",
        "plotted",
        "nothing",
        "decisions",
        "sql",
        "api",
        "error",
    ),
)


def places(database: Path) -> Places:
    """The name of each page, and its address."""
    with Store.open(database, read_only=True) as store:
        row = next(row for row in store.events() if row.source.endswith(TURNING) and row.type == "SANCTION")
        event = links_of(store, row.document)[row.event][0]
        contested = latest(store, contested=True, limit=1)[0]
        key = next(key for key in actor_keys(store, row.document).values() if "Vindum" in key)
    found = {
        "front": "/",
        "documents": "/documents",
        "reader": f"/documents/{row.document}",
        "sentence": f"/documents/{row.document}#{row.event}",
        "event": f"/events/{event}",
        "contested": f"/events/{contested.linked}",
        "actors": "/actors",
        "actor": f"/actors/{key.replace('/', '~1').replace(' ', '%20')}",
        "courses": "/course",
        "course": "/course/DNK/NOR",
        "coalitions": "/coalitions?window=quarter",
        "week": "/digest/2024-03-12",
        "search": "/search?q=trawler",
        "search for actors": "/search?q=Vindum&kind=actors",
        "search for places": "/search?q=Copenhagen&kind=places",
        "search for quotes": "/search?q=Norway&kind=quotes",
        "explore": "/explore?actor=NOR",
        "plotted": "/explore?actor=NOR&by=type",
        "nothing": "/search?q=unheard",
        "decisions": "/decisions",
        "sql": "/sql?q=SELECT%20type,%20count(*)%20FROM%20events%20GROUP%20BY%20ALL",
        "api": "/api",
        "error": "/nowhere",
    }
    assert tuple(found) == NAMES
    return found
