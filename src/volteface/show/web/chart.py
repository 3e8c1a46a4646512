"""The course as a picture of plain SVG elements: a template places them, a style sheet colours them for light, dark
and print, and a turn is a link to the sentences that made it.

`show/plots.py` draws the same for files that stand alone; a page needs links, its own colours and a few kilobytes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from volteface.analyse.course import Course, Point

# Units of the picture: it is drawn to this size and shown at any.
WIDTH, HEIGHT = 960, 420
LEFT, RIGHT, TOP, BOTTOM = 96, 16, 40, 64
COVERAGE = 28  # height of the strip of documents below
# More events than these are drawn as the curve alone: a page has to stay small.
MOST_DOTS = 400
# The curve has at most so many points.
MOST_POINTS = 480
TICKS = 8
YEAR, MONTH = 365, 31


@dataclass(frozen=True, slots=True)
class Dot:
    """An event: where, its quad as a class, its id and what it is; `told`: it has a page of its own, an imported one
    has not. `point`: the course on its day."""

    x: float
    y: float
    quad: str
    act: str
    told: bool
    day: date
    words: str
    score: float
    point: Point


@dataclass(frozen=True, slots=True)
class TurnMark:
    """A turning point: the middle and both ends of its interval, its number from 1, the row of its label."""

    x: float
    low: float
    high: float
    number: int
    day: date
    row: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything to be drawn, in units of the picture."""

    line: str
    band: str
    dots: tuple[Dot, ...]
    turns: tuple[TurnMark, ...]
    bars: tuple[tuple[float, float, float], ...]
    ticks: tuple[tuple[float, str], ...]
    levels: tuple[tuple[float, str], ...]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    base: int = HEIGHT - BOTTOM + 8 + COVERAGE


@dataclass(frozen=True, slots=True)
class Event:
    """What a dot is made of: `quad` or nothing, and `told` as in `Dot`."""

    day: date
    score: float
    quad: str
    act: str
    told: bool
    words: str


def draw(
    course: Course, events: Sequence[Event], coverage: Mapping[date, int], *, first: date, left_out: int = 0
) -> Chart:
    """The picture of a course since `first`, with these events, the last ones, in the order of their days, without so
    many that were before; `coverage`: documents by day."""
    last = max(events[-1].day, course.points[-1].day if course.points else first)
    known = [point.day for point in course.points]
    scale = _Scale(first, last)
    step = max(1, -(-len(course.points) // MOST_POINTS))
    points = [*course.points[::step], *course.points[-1:]]
    upper = " ".join(f"{scale.x(p.day):.1f},{_y(p.high):.1f}" for p in points)
    lower = " ".join(f"{scale.x(p.day):.1f},{_y(p.low):.1f}" for p in reversed(points))
    return Chart(
        line=" ".join(f"{scale.x(p.day):.1f},{_y(p.position):.1f}" for p in points),
        band=f"{upper} {lower}",
        dots=tuple(
            Dot(
                x=round(scale.x(event.day), 1),
                y=round(_y(event.score), 1),
                quad=event.quad.replace(" ", "-"),
                act=event.act,
                told=event.told,
                day=event.day,
                words=event.words,
                score=event.score,
                point=course.points[bisect_right(known, event.day) - 1],
            )
            for event in events
        ),
        turns=tuple(_turns(course, scale)),
        bars=tuple(_bars(coverage, scale)),
        ticks=tuple(_ticks(scale)),
        levels=tuple(
            (_y(level), f"{level:+d}".replace("-", "−") if level else "0") for level in (10, 5, 0, -5, -10)
        ),
        left_out=left_out,
    )


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    @property
    def days(self) -> int:
        return max((self.last - self.first).days, 1)

    def x(self, day: date) -> float:
        share = min(max((day - self.first).days / self.days, 0.0), 1.0)
        return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(score: float) -> float:
    return TOP + (10 - min(max(score, -10.0), 10.0)) / 20 * (HEIGHT - TOP - BOTTOM)


def _turns(course: Course, scale: _Scale) -> Iterator[TurnMark]:
    """Labels that would touch stand on rows of their own."""
    ends = [-1e9, -1e9]
    for number, change in enumerate(course.changes, 1):
        x = scale.x(change.day)
        row = 0 if x - ends[0] > 120 else 1
        ends[row] = x
        yield TurnMark(x, scale.x(change.earliest), scale.x(change.latest), number, change.day, row)


def _bars(coverage: Mapping[date, int], scale: _Scale) -> Iterator[tuple[float, float, float]]:
    """x, width and height of each week's documents."""
    weeks = Counter[date]()
    for day, n in coverage.items():
        if n and day <= scale.last:
            weeks[day - timedelta(day.weekday())] += n
    most = max(weeks.values(), default=1)
    for week, n in sorted(weeks.items()):
        start, end = scale.x(week), scale.x(week + timedelta(6))
        if end > start or week >= scale.first:
            yield round(start, 1), round(max(end - start, 1.0), 1), round(n / most * COVERAGE, 1)


def _ticks(scale: _Scale) -> Iterator[tuple[float, str]]:
    """Years, months or days, whichever makes a readable number."""
    months = (scale.last.year - scale.first.year) * 12 + scale.last.month - scale.first.month
    if months < 2:
        step = max(1, scale.days // TICKS)
        for n in range(0, scale.days + 1, step):
            day = scale.first + timedelta(n)
            yield scale.x(day), f"{day.day} {day:%b}"
        return
    step = next(s for s in (1, 2, 3, 6, 12, 24, 60, 120, 600) if months / s <= TICKS or s == 600)
    start = scale.first.year * 12 + scale.first.month - 1
    for month in range(start, start + months + 1):
        day = date(month // 12, month % 12 + 1, 1)
        if month % step == 0 and day >= scale.first:
            yield scale.x(day), f"{day:%Y}" if step >= 12 else f"{day:%b %Y}"
