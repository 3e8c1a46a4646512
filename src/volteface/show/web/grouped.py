"""Groups as a picture: bars side by side for kinds, bars or lines through time, in parts where there are two."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from volteface.show.web.bars import Unit, label_of, next_of
from volteface.store.exploring import Group

Plot = Literal["bars", "lines"]
# Of a second dimension, those that have a colour; the rest are drawn as one.
SERIES = 6
# Kinds that are drawn, the first ones; the table has more. Times: the last ones.
KINDS, TIMES = 25, 400
WIDTH, HEIGHT, LEFT, ROW, APART = 960, 260, 48, 28, 76
# Width of the names of kinds.
NAMES = 250
OTHERS = "\x00others"


@dataclass(frozen=True, slots=True)
class Series:
    """A value of the second dimension and the class that colours it."""

    value: str | None
    style: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a bar, or a point of a line: the cell that it shows."""

    x: float
    y: float
    width: float
    height: float
    one: str | None
    series: Series
    events: int


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to be drawn. `rows`: names of kinds with where they stand; `ticks` and `levels`: of time and counts;
    `lines`: points of each series."""

    kind: Literal["rows", "bars", "lines"]
    pieces: tuple[Piece, ...]
    lines: tuple[tuple[Series, str], ...]
    rows: tuple[tuple[float, str | None], ...]
    ticks: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, int], ...]
    series: tuple[Series, ...]
    left_out: int
    height: int
    width: int = WIDTH
    left: int = LEFT
    names: int = NAMES


@dataclass(frozen=True, slots=True)
class Cells:
    """Groups as a table: what stands at the side, along the top (most first), and in each cell."""

    ones: tuple[str | None, ...]
    others: tuple[str | None, ...]
    cells: Mapping[tuple[str | None, str | None], Group]

    def sum(self, one: str | None) -> int:
        """Of a row."""
        return sum(g.events for other in self.others if (g := self.cells.get((one, other))))


def cells(groups: Sequence[Group]) -> Cells:
    """The groups by their places."""
    sums: dict[str | None, int] = {}
    for group in groups:
        sums[group.other] = sums.get(group.other, 0) + group.events
    others = sorted(sums, key=lambda other: (-sums[other], other is None, other or ""))
    return Cells(
        tuple(dict.fromkeys(group.one for group in groups)),
        tuple(others),
        {(group.one, group.other): group for group in groups},
    )


def picture(table: Cells, *, across: str | None, unit: Unit | None, plot: Plot) -> Picture | None:
    """The groups drawn; None if there are none. `unit`: of time, if that is what they are grouped by."""
    series = _series(table, across)
    ones = [one for one in table.ones if one is not None or unit is None]
    if not ones:
        return None
    counts = {(one, s.value): _count(table, one, s, series) for one in ones for s in series}
    if unit is None:
        return _kinds(ones, series, counts)
    return _times(ones, series, counts, unit, plot)


def _series(table: Cells, across: str | None) -> list[Series]:
    if across is None:
        return [Series(None, "plain")]
    if across == "quad":
        ordered = sorted(table.others, key=lambda other: ((other or "~").partition(" ")[2], other or "~"))
        return [Series(other, (other or "none").replace(" ", "-")) for other in ordered]
    found = [Series(other, f"series-{n}") for n, other in enumerate(table.others[:SERIES], 1)]
    return found + [Series(OTHERS, "series-0")] * (len(table.others) > SERIES)


def _count(table: Cells, one: str | None, series: Series, all_: Sequence[Series]) -> int:
    if series.value == OTHERS:
        named = {s.value for s in all_}
        return sum(
            group.events
            for other in table.others
            if other not in named and (group := table.cells.get((one, other)))
        )
    group = table.cells.get((one, series.value))
    return group.events if group else 0


def _kinds(
    ones: Sequence[str | None], series: Sequence[Series], counts: Mapping[tuple[str | None, str | None], int]
) -> Picture:
    shown = ones[:KINDS]
    most = max(sum(counts[one, s.value] for s in series) for one in shown) or 1
    room = WIDTH - NAMES - 60
    pieces, rows = [], []
    for number, one in enumerate(shown):
        x = float(NAMES)
        for s in series:
            width = counts[one, s.value] / most * room
            if width:
                pieces.append(
                    Piece(
                        round(x, 1), number * ROW + 3, round(width, 1), ROW - 6, one, s, counts[one, s.value]
                    )
                )
            x += width
        rows.append((number * ROW + ROW / 2 + 5, one))
    return Picture(
        "rows",
        tuple(pieces),
        (),
        tuple(rows),
        (),
        (),
        tuple(series),
        len(ones) - len(shown),
        len(shown) * ROW,
    )


def _times(
    ones: Sequence[str | None],
    series: Sequence[Series],
    counts: Mapping[tuple[str | None, str | None], int],
    unit: Unit,
    plot: Plot,
) -> Picture:
    every, start = [], date.fromisoformat(str(ones[0]))
    while start <= date.fromisoformat(str(ones[-1])):
        every.append(start)
        start = next_of(start, unit)
    shown = every[-TIMES:]
    step = (WIDTH - LEFT) / len(shown)
    each = [[counts.get((day.isoformat(), s.value), 0) for s in series] for day in shown]
    most = max(max(max(row) for row in each) if plot == "lines" else max(map(sum, each)), 1)
    pieces: list[Piece] = []
    points: dict[Series, list[str]] = {s: [] for s in series}
    for number, (day, row) in enumerate(zip(shown, each, strict=True)):
        x, base = LEFT + number * step, float(HEIGHT)
        for s, n in zip(series, row, strict=True):
            height = n / most * (HEIGHT - 10)
            if plot == "lines":
                points[s].append(f"{x + step / 2:.1f},{HEIGHT - height:.1f}")
                base = float(HEIGHT)
            if n:
                pieces.append(
                    Piece(
                        round(x, 1),
                        round(base - height, 1),
                        round(max(step - 1, 1), 1),
                        round(height, 1),
                        day.isoformat(),
                        s,
                        n,
                    )
                )
            base -= height
    lines = tuple((s, " ".join(points[s])) for s in series) if plot == "lines" else ()
    return Picture(
        plot, tuple(pieces), lines, (), tuple(_ticks(shown, step, unit)), tuple(_levels(most)), tuple(series),
        len(every) - len(shown), HEIGHT + 24,
    )  # fmt: skip


def _ticks(shown: Sequence[date], step: float, unit: Unit) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    last = -float(APART)
    for number, day in enumerate(shown):
        x = LEFT + number * step
        if x - last >= APART and x < WIDTH - APART / 2:
            found.append(
                (round(x, 1), label_of(day, unit, new=not found or (day - timedelta(300)).year < day.year))
            )
            last = x
    return found


def _levels(most: int) -> list[tuple[float, int]]:
    """None, about half and all, as whole numbers."""
    return [(round(HEIGHT - n / most * (HEIGHT - 10), 1), n) for n in dict.fromkeys((0, most // 2, most))]
