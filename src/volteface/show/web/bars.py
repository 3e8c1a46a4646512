"""Time in stretches that can be chosen: a timeline of days, weeks, months or years, as plain SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from markupsafe import Markup

Unit = Literal["day", "week", "month", "year"]
# Days up to which a timeline has bars of this.
UNITS: tuple[tuple[Unit, int], ...] = (("day", 70), ("week", 2 * 366), ("month", 12 * 366))
WIDTH, HEIGHT, AXIS = 480, 110, 20
# Units of the picture between two labels below.
APART = 64


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of days with its events. `shapes`: what is drawn of it, of numbers alone; what can be chosen is as high
    as the picture."""

    since: date
    until: date
    x: float
    cooperation: int
    conflict: int
    shapes: Markup
    label: str

    @property
    def events(self) -> int:
        """All of them."""
        return self.cooperation + self.conflict


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars of so many days from `first` to `last`; `chosen`: left and width of the chosen part, None if it is all;
    `before` and `after`: events beyond its ends."""

    unit: Unit
    first: date
    last: date
    bars: tuple[Bar, ...]
    chosen: tuple[float, float] | None
    before: int
    after: int
    width: int = WIDTH
    height: int = HEIGHT
    axis: int = AXIS


def timeline(
    days: Sequence[tuple[date, int, int]],
    first: date,
    last: date,
    *,
    since: date | None = None,
    until: date | None = None,
) -> Timeline:
    """The timeline from one day to another of events by day (cooperation, conflict), with what is chosen of it."""
    length = (last - first).days + 1
    unit: Unit = next((unit for unit, longest in UNITS if length <= longest), "year")
    counts: dict[date, list[int]] = {}
    for day, cooperation, conflict in days:
        if first <= day <= last:
            sums = counts.setdefault(start_of(day, unit), [0, 0])
            sums[0], sums[1] = sums[0] + cooperation, sums[1] + conflict
    most = max(map(sum, counts.values()), default=0) or 1
    bars: list[Bar] = []
    start, labelled = start_of(first, unit), -float(APART)
    while start <= last:
        after = next_of(start, unit)
        a, b = max(start, first), min(after - timedelta(1), last)
        x, end = ((day - first).days / length * WIDTH for day in (a, b + timedelta(1)))
        cooperation, conflict = counts.get(start, (0, 0))
        label = label_of(start, unit, new=not bars) if x - labelled >= APART and x < WIDTH - 40 else ""
        labelled = x if label else labelled
        coop = HEIGHT - HEIGHT * cooperation / most
        conf = coop - HEIGHT * conflict / most
        bars.append(
            Bar(
                a,
                b,
                round(x, 1),
                cooperation,
                conflict,
                _shapes(round(x, 1), round(end - x, 1), round(coop, 1), round(conf, 1)),
                label,
            )
        )
        start = after
    return Timeline(
        unit=unit,
        first=first,
        last=last,
        bars=tuple(bars),
        chosen=_chosen(first, last, since, until),
        before=sum(a + b for day, a, b in days if day < first),
        after=sum(a + b for day, a, b in days if day > last),
    )


def _shapes(x: float, width: float, coop: float, conf: float) -> Markup:
    """A bar whose parts, conflict above cooperation, have their tops there, and what is hit instead of it."""
    shapes = f'<rect class="hit-area" x="{x}" y="0" width="{width}" height="{HEIGHT}"/>'
    for kind, top, bottom in (("coop", coop, HEIGHT), ("conf", conf, coop)):
        if top < bottom:
            shapes += (
                f'<rect class="bar-{kind}" x="{x}" y="{top}" width="{max(width - 1, 1)}" '
                f'height="{bottom - top:.1f}"/>'
            )
    return Markup(shapes)


def start_of(day: date, unit: Unit) -> date:
    """The first day of its day, week, month or year."""
    if unit == "week":
        return day - timedelta(day.weekday())
    return day if unit == "day" else day.replace(day=1, month=day.month if unit == "month" else 1)


def next_of(start: date, unit: Unit) -> date:
    """The first day of the next."""
    if unit in ("day", "week"):
        return start + timedelta(1 if unit == "day" else 7)
    month = start.month % 12 + 1 if unit == "month" else 1
    return date(start.year + (month == 1), month, 1)


def label_of(start: date, unit: Unit, *, new: bool = False) -> str:
    """What stands below the bar that begins here; `new`: it is the first, and tells the year."""
    if unit == "year":
        return f"{start:%Y}"
    if unit == "month":
        return f"{start:%b %Y}" if new or start.month == 1 else f"{start:%b}"
    return f"{start.day} {start:%b %Y}" if new else f"{start.day} {start:%b}"


def _chosen(first: date, last: date, since: date | None, until: date | None) -> tuple[float, float] | None:
    a, b = max(since or first, first), min(until or last, last)
    if (a, b) == (first, last) or a > b:
        return None
    length = (last - first).days + 1
    x = (a - first).days / length * WIDTH
    return round(x, 1), round(max(((b - a).days + 1) / length * WIDTH, 2.0), 1)
