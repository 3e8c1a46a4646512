"""`/coalitions`: who stands with whom, in windows of the days that are chosen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromQuery

from volteface.analyse.coalitions import BETWEEN, Coalitions, Member, Move, Tie, moves
from volteface.courses import coalitions
from volteface.show.web.pages.common import day_of, one_of, render
from volteface.show.web.room import Room
from volteface.store import ActFilter

# Days of a window, by what the form calls it.
WINDOWS = {"all": None, "year": 365, "quarter": 91, "month": 30}
# Windows on one page, the last ones; ties of each that are told in words.
SHOWN, TIES = 12, 8


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


@get("/coalitions", sync_to_thread=True)
def coalitions_page(
    room: NamedDependency[Room],
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    window: FromQuery[str] = "",
) -> Response[str]:
    """Blocs through time, the latest window first."""
    chosen = one_of(window, tuple(WINDOWS), "window") or "all"
    filters = ActFilter(since=day_of(since, "since"), until=day_of(until, "until"))
    with room.open() as store:
        found = room.keep(
            ("coalitions", filters, chosen), lambda: coalitions(store, filters, days=WINDOWS[chosen])
        )
    panes = list(_panes(found))
    return render(
        "coalitions.html",
        panes=list(reversed(panes))[:SHOWN],
        left_out=max(0, len(panes) - SHOWN),
        windows=tuple(WINDOWS),
        window=chosen,
        since=since,
        until=until,
    )


def _panes(windows: list[Coalitions]) -> Iterator[Pane]:
    moved = moves(windows)
    for window in windows:
        members = sorted(window.members, key=lambda m: (-m.pull, m.actor))
        friends = sorted(window.ties, key=lambda t: (-(t.cooperation - t.conflict), t.one, t.other))
        foes = sorted(window.ties, key=lambda t: (t.cooperation - t.conflict, t.one, t.other))
        yield Pane(
            since=window.since,
            until=window.until,
            blocs={n: [m for m in members if m.bloc == n] for n in window.blocs},
            alone=[m for m in members if m.bloc is None],
            between=[m for m in members if m.between >= BETWEEN and m.bloc is not None],
            friends=[t for t in friends[:TIES] if t.cooperation > t.conflict],
            foes=[t for t in foes[:TIES] if t.conflict > t.cooperation],
            moves=[m for m in moved if m.since == window.since],
            modularity=window.modularity,
        )
