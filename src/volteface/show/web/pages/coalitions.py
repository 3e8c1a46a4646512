"""`/coalitions`: who stands with whom, as a picture of one window of time, with a slider from window to window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import ClientException
from litestar.params import FromQuery

from volteface.analyse.coalitions import BETWEEN, Coalitions, Member, Move, Tie, moves
from volteface.courses import coalitions
from volteface.show.web import network
from volteface.show.web.pages.common import day_of, one_of, render
from volteface.show.web.room import Room
from volteface.show.web.words import number as signed
from volteface.show.web.words import query
from volteface.store import ActFilter, Store

# Days of a window, by what the form calls it.
WINDOWS = {"all": None, "year": 365, "quarter": 91, "month": 30}
# Ties that are told in words, on each side; windows that can be looked through, the last ones.
TIES, SHOWN = 8, 240


@dataclass(frozen=True, slots=True)
class Pane:
    """A window as the page has it: blocs, those in none, who stands between two, the strongest ties, who moved."""

    since: date
    until: date
    blocs: dict[int, list[Member]]
    alone: list[Member]
    between: list[Member]
    friends: list[Tie]
    foes: list[Tie]
    moves: list[Move]
    modularity: float


@dataclass(frozen=True, slots=True)
class Film:
    """All windows: as they are, as the page tells them, and where their actors stand in the picture."""

    windows: Sequence[Coalitions]
    panes: Sequence[Pane]
    spots: Sequence[network.Spots]


@get("/coalitions", sync_to_thread=True)
def coalitions_page(
    room: NamedDependency[Room],
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    window: FromQuery[str] = "",
    at: FromQuery[str] = "",
) -> Response[str]:
    """The blocs of one window, the last if none is chosen."""
    chosen = one_of(window, tuple(WINDOWS), "window") or "all"
    filters = ActFilter(since=day_of(since, "since"), until=day_of(until, "until"))
    with room.open() as store:
        found = _film(room, store, filters, chosen)
    number = at_of(at, len(found.panes))
    return render(
        "coalitions.html",
        panes=found.panes,
        number=number,
        pane=found.panes[number - 1] if number else None,
        picture=network.draw(found.windows[number - 1], found.spots[number - 1]) if number else None,
        windows=tuple(WINDOWS),
        signed=signed,
        window=chosen,
        since=since,
        until=until,
        link=lambda n: "/coalitions?" + query(since=since, until=until, window=chosen, at=n) + "#picture",
    )


def at_of(text: str, last: int) -> int:
    """The number of a window from 1, 0 if there is none; an address that counts further shows the last. Raises
    `ClientException`."""
    if not text:
        return last
    if not (text.isascii() and text.isdigit() and 0 < len(text) <= 6 and int(text)):
        raise ClientException("“at” is the number of a window, from 1.")
    return min(int(text), last)


def prepare(room: Room, store: Store) -> None:
    """Work out what is asked for first: all time as one window, and year by year."""
    for window in ("all", "year"):
        _film(room, store, ActFilter(), window)


def _film(room: Room, store: Store, filters: ActFilter, window: str) -> Film:
    return room.keep(("coalitions", filters, window), lambda: film(store, filters, WINDOWS[window]))


def film(store: Store, filters: ActFilter, days: int | None) -> Film:
    """All windows of the days that are chosen."""
    every = coalitions(store, filters, days=days)
    moved = moves(every)
    windows = every[-SHOWN:]
    return Film(windows, [_pane(each, moved) for each in windows], network.layouts(windows))


def _pane(window: Coalitions, moved: Sequence[Move]) -> Pane:
    members = sorted(window.members, key=lambda m: (-m.pull, m.actor))

    def strongest(sign: int) -> list[Tie]:
        ties: list[tuple[Any, ...]] = [
            (-sign * (tie.cooperation - tie.conflict), tie.one, tie.other, tie) for tie in window.ties
        ]
        return [tie for net, *_, tie in sorted(ties, key=lambda row: row[:3])[:TIES] if net < 0]

    return Pane(
        since=window.since,
        until=window.until,
        blocs={n: [m for m in members if m.bloc == n] for n in window.blocs},
        alone=[m for m in members if m.bloc is None],
        between=[m for m in members if m.between >= BETWEEN and m.bloc is not None],
        friends=strongest(1),
        foes=strongest(-1),
        moves=[m for m in moved if m.since == window.since],
        modularity=window.modularity,
    )
