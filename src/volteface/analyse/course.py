"""The course of one actor toward another: a smoothed position with a band, and the changes of course in it.

The position is a local level (Harvey 1989, Forecasting, structural time series models and the Kalman filter, ch. 2):
a mean that wanders, seen through the scores of events. In the form of a Gaussian Markov random field (Rue & Held 2005)
it takes days as they come, many events or none, and is solved exactly by the banded solver of SciPy. At a change of
course the mean may jump.

A change is a step, found by the weighted CUSUM over seeded intervals (Kovács, Bühlmann, Li & Munk 2023) with the
multiscale penalty of Frick, Munk & Sieling (2014), and believed when no more than a stated share of streams without
change would show one as strong: the null is made by permuting blocks of the stream's own days (Kirch 2007), which
keeps its uneven scores, its bursts and what hangs together within a block. The search goes on on both sides of what it
found (as in Matteson & James 2014). Its day has a posterior, the profile likelihood over all days of the calendar, so
that silence widens it (Smith 1975). Why so, and how often it errs: docs/decisions/0095-course-and-changes.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from scipy.linalg import cho_solve_banded, cholesky_banded

from volteface.analyse.steps import FEWEST, Floats, Ints, Level, Sums, chance, cusum, levels, sums_of

# Events of one day are seldom independent: one affair, several acts. So n of them weigh n / (1 + (n - 1) × this),
# the effective number under this intraclass correlation; never more than two.
SAME_DAY = 0.5
# A stream without change may show one with this probability, however long it is,
ALARM = 0.08
# and one of some months with less, so that many short streams do not show more a year than long ones. In simulated
# streams, whose weeks hang together, it is a little more than this: see 0095.
ALARMS_A_YEAR = 0.15
# Days of a block that is permuted whole. A stream of under half a year has too few of these, its blocks are half as
# long; one with events on most days shows what hangs together for longer, and can afford blocks twice as long.
BLOCK = 14
DRAWS = 999
# Permuted days; a stream of many years is permuted less often, which costs its `sure` the third digit.
MOST_CELLS, FEWEST_DRAWS = 500_000, 199
# Days of time that must stand on each side of a change, besides so many days with events as on each side of a step.
SHORTEST = 14
# Without its most telling day on either side a change must keep this share of its size: one event is an event.
WITHOUT_ONE = 0.5
# The day of a change is the one with most of the posterior within so many days of it; of days with nearly as much,
# the middle one. Against the likeliest day, found within four weeks rises from .82 to .88 (0095).
NEAR, NEARLY = 28, 0.995
# Of the posterior, what the interval of a change's day leaves out on each side.
TAIL = 0.05
# Days by which both ends are moved out: an act may be dated a day off, and a follow-up is still of the old course.
# Without it the interval of a sharp change holds the day eight times in ten (0095).
BLUR = 1
# Standard errors of a band that holds the position nine times in ten.
BAND = 1.645
# How far the position may wander between changes, points (one standard deviation) in a year; the likeliest is taken.
# With less the band of a quiet dyad would claim to know what it cannot, with more the line follows single events.
WANDERS = (1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)
# The spread of one event round the position before any is seen, points, and how many events' worth this is taken for:
# dyads of ICEWS have 2.6, those of mixed behaviour 4.
SPREAD, SEEN = 3.5, 4
# More days than these are drawn by week.
MOST_POINTS = 1100
YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Point:
    """The position on a day, −10 (conflict) to 10 (cooperation), with the band that holds it nine times in ten."""

    day: date
    position: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Change:
    """A change of course: from `day` on (between `earliest` and `latest`, nine times in ten) the mean score is
    `after` instead of `before`. `direction`: `cooperation` or `conflict`. `sure`: one minus the probability that a
    stream without change shows one as strong."""

    day: date
    earliest: date
    latest: date
    before: float
    after: float
    direction: str
    sure: float

    @property
    def size(self) -> float:
        """Points of the score, signed."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Course:
    """The curve, one point for each day (of long streams each week), and the changes, oldest first. `spread`: the
    standard deviation of one event round the position."""

    points: tuple[Point, ...] = ()
    changes: tuple[Change, ...] = ()
    spread: float = 0.0


@dataclass(frozen=True, slots=True)
class _Days:
    """The days with events: ordinals, mean scores, mean pulls, weights. The pull of a score is what the search sees of
    it: its signed logarithm, by which the step from praise to blame counts more than that from blame to blows, and a
    few events at the ends of the scale less than many in the middle."""

    day: Ints
    score: Floats
    pull: Floats
    weight: Floats

    def part(self, start: int, end: int) -> _Days:
        inner = slice(start, end)
        return _Days(self.day[inner], self.score[inner], self.pull[inner], self.weight[inner])

    def mean(self, start: int = 0, end: int | None = None) -> float:
        return float(np.average(self.score[start:end], weights=self.weight[start:end]))


def course(
    days: Sequence[date],
    scores: Sequence[float],
    *,
    until: date | None = None,
    alarm: float = ALARM,
    draws: int = DRAWS,
) -> Course:
    """The course of a stream of events, in whatever order: `days` of the events and their `scores`, −10 to 10.

    The curve runs from the first event to `until`, or the last event. `alarm`: how often a stream without change may
    show one; `draws`: permutations. The same events give the same course. Raises `ValueError` if the two differ in
    length.
    """
    if len(days) != len(scores):
        raise ValueError(f"{len(days)} days, {len(scores)} scores")
    if not days:
        return Course()
    stream = _by_day(days, scores)
    changes = _found(stream, alarm, draws)
    last = max(int(stream.day[-1]), until.toordinal() if until else 0)
    points, spread = _smooth(stream, [change.day.toordinal() for change in changes], last)
    return Course(points, changes, spread)


def turning(days: Sequence[date], scores: Sequence[float], *, alarm: float = ALARM) -> tuple[Change, ...]:
    """The changes of `course` without its curve, which costs more."""
    return _found(_by_day(days, scores), alarm, DRAWS) if days else ()


def _found(stream: _Days, alarm: float, draws: int) -> tuple[Change, ...]:
    return tuple(_changes(stream, _place(stream, _search(stream, 0, len(stream.day), alarm, draws))))


def _by_day(days: Sequence[date], scores: Sequence[float]) -> _Days:
    ordinals = np.array([day.toordinal() for day in days], dtype=np.int64)
    values = np.asarray(scores, dtype=np.float64)
    order = np.lexsort((values, ordinals))
    found, starts, counts = np.unique(ordinals[order], return_index=True, return_counts=True)
    pulls = np.sign(values) * np.log1p(np.abs(values))
    score, pull = (np.add.reduceat(each[order], starts) / counts for each in (values, pulls))
    return _Days(found, score, pull, counts / (1 + (counts - 1) * SAME_DAY))


# Changes


def _search(stream: _Days, start: int, end: int, alarm: float, draws: int) -> list[tuple[int, float]]:
    """(first day after it, how sure) of each change between two places of the stream, in order."""
    part = stream.part(start, end)
    # What a change divides shares the alarm, so that what is found beside it is not found the more easily.
    split, sure = _test(part, alarm, draws)
    if split is None:
        return []
    middle = start + split
    before = _search(stream, start, middle, alarm / 2, draws)
    return [*before, (middle, sure), *_search(stream, middle, end, alarm / 2, draws)]


def _test(part: _Days, alarm: float, draws: int) -> tuple[int | None, float]:
    """The strongest step of a part that is one, and how sure."""
    n = len(part.day)
    span = int(part.day[-1] - part.day[0]) + 1
    if n < 2 * FEWEST or span < 2 * SHORTEST:
        return None, 0.0
    centred = part.pull - np.average(part.pull, weights=part.weight)
    spread = np.sqrt(np.average(centred**2, weights=part.weight))
    if spread < 1e-9:
        return None, 0.0
    sums, of = sums_of(part.weight * centred / spread, part.weight), levels(n)
    strongest, split = -np.inf, None
    for found, start, at, end in _steps(sums, of):
        if found > strongest and _holds(part, start, at, end):
            strongest, split = found, at
    if split is None:
        return None, 0.0
    draws = max(min(draws, MOST_CELLS // n), min(draws, FEWEST_DRAWS))
    allowed = alarm * min(1, ALARMS_A_YEAR / ALARM * span / YEAR)
    often = chance(sums, _blocks(part, span), of, strongest - 1e-9, draws=draws, allowed=allowed)
    return (split, 1 - often) if often <= allowed else (None, 0.0)


def _steps(sums: Sums, of: list[Level]) -> Iterator[tuple[float, int, int, int]]:
    """Of each interval, longer ones first, the strongest step: how strong, start of the interval, its place, end."""
    for level in of:
        each = cusum(sums, level.start, level.splits, level.end)
        found, at = each.max(axis=0) - level.penalty, level.start + FEWEST + each.argmax(axis=0)
        yield from zip(*(column.tolist() for column in (found, level.start, at, level.end)), strict=True)


def _blocks(part: _Days, span: int) -> Ints:
    """The number of the block in which each day stands."""
    length = BLOCK if span * 2 > YEAR else BLOCK // 2
    length *= 2 if len(part.day) * 2 > span else 1
    result: Ints = (part.day - part.day[0]) // length
    return result


def _holds(part: _Days, start: int, split: int, end: int) -> bool:
    """Whether a step has time on both sides, does not hang on one day, and is not the beginning of one that comes so
    late, or so early, that it has no days enough yet."""
    day = part.day
    if day[split - 1] - day[start] < SHORTEST or day[end - 1] - day[split] < SHORTEST:
        return False
    best = 1 + int(_gains(part, start, end, fewest=1).argmax())
    if not FEWEST <= best <= end - start - FEWEST:
        return False
    left, right = part.part(start, split), part.part(split, end)
    size = right.mean() - left.mean()
    if not size:
        return False
    without = np.concatenate([right.mean() - _without_one(left), _without_one(right) - left.mean()])
    return bool(np.min(without / size) >= WITHOUT_ONE)


def _without_one(side: _Days) -> Floats:
    """The mean of a side without each of its days in turn."""
    whole = side.weight.sum()
    result: Floats = (whole * side.mean() - side.weight * side.score) / (whole - side.weight)
    return result


def _place(stream: _Days, found: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Each change where it parts its two neighbours best, now that they are known."""
    bounds = [0, *(split for split, _ in found), len(stream.day)]
    for number in range(len(found)):
        start, end = bounds[number], bounds[number + 2]
        best = start + FEWEST + int(_gains(stream, start, end).argmax())
        if _holds(stream, start, best, end):
            bounds[number + 1] = best
    return [(split, sure) for split, (_, sure) in zip(bounds[1:-1], found, strict=True)]


def _gains(stream: _Days, start: int, end: int, *, fewest: int = FEWEST) -> Floats:
    """By how much a step before each day (but the outermost) lessens the weighted squares about the mean."""
    part = stream.part(start, end)
    centred = part.weight * (part.pull - np.average(part.pull, weights=part.weight))
    places = np.arange(fewest, len(centred) - fewest + 1)
    result: Floats = cusum(sums_of(centred, part.weight), 0, places, len(centred)) ** 2
    return result


def _changes(stream: _Days, found: list[tuple[int, float]]) -> Iterator[Change]:
    bounds = [0, *(split for split, _ in found), len(stream.day)]
    noise = _noise(stream, bounds)
    dated = [_dated(stream, a, b, noise) for a, b in zip(bounds, bounds[2:], strict=False)]
    sides = [0, *np.searchsorted(stream.day, [day for day, *_ in dated]).tolist(), len(stream.day)]
    means = [stream.mean(a, b) for a, b in pairwise(sides)]
    for (before, after), days, (_, sure) in zip(pairwise(means), dated, found, strict=True):
        day, earliest, latest = (date.fromordinal(day) for day in days)
        direction = "cooperation" if after > before else "conflict"
        yield Change(day, earliest, latest, before, after, direction, sure)


def _dated(stream: _Days, start: int, end: int, noise: float) -> tuple[int, int, int]:
    """The day of the one change between two places of the stream, and its interval."""
    days = stream.day[start + FEWEST - 1 : end - FEWEST + 1]
    gains = _gains(stream, start, end)
    calendar = np.arange(days[0] + 1, days[-1] + 1)
    posterior = np.repeat(np.exp((gains - gains.max()) / (2 * noise)), np.diff(days))
    cumulated = np.cumsum(posterior) / posterior.sum()
    low, high = (min(int(np.searchsorted(cumulated, tail)), len(calendar) - 1) for tail in (TAIL, 1 - TAIL))
    around = np.pad(cumulated, (NEAR + 1, NEAR), mode="constant", constant_values=(0, 1))
    near = around[2 * NEAR + 1 :] - around[: -2 * NEAR - 1]
    best = np.flatnonzero(near >= near.max() * NEARLY)
    middle = int(np.searchsorted(cumulated, 0.5))
    at = int(np.clip(middle, best[0], best[-1]))
    return int(calendar[at]), int(calendar[min(low, at)]) - BLUR, int(calendar[max(high, at)]) + BLUR


def _noise(stream: _Days, bounds: list[int]) -> float:
    """The variance of an effective event round the steps, swollen by what hangs together within a block."""
    parts = [stream.part(a, b) for a, b in pairwise(bounds)]
    residual = np.concatenate([part.pull - np.average(part.pull, weights=part.weight) for part in parts])
    weighted = stream.weight * residual
    blocks = np.bincount((stream.day - stream.day[0]) // BLOCK, weights=weighted)
    single = float(weighted @ residual) / max(len(residual) - len(parts), 1)
    return max(single * max(1.0, float(blocks @ blocks) / max(float(weighted @ weighted), 1e-9)), 1e-9)


# The curve


def _smooth(stream: _Days, jumps: list[int], last: int) -> tuple[tuple[Point, ...], float]:
    """The local level on a grid of days or weeks, and the spread of one event round it."""
    first = int(stream.day[0])
    step = 1 if last - first < MOST_POINTS else 7
    nodes = np.arange(first, last + 1, step)
    at = (stream.day - first) // step
    weight = np.bincount(at, weights=stream.weight, minlength=len(nodes)).astype(np.float64)
    score = np.bincount(at, weights=stream.weight * stream.score, minlength=len(nodes))
    linked = np.ones(len(nodes) - 1)
    linked[[max((jump - first) // step - 1, 0) for jump in jumps]] = 0
    spread = _spread(stream, jumps)
    fits = (_fit(weight, score / spread, linked, wander**2 * step / YEAR / spread**2) for wander in WANDERS)
    _, factor, position = max(fits, key=lambda fit: fit[0])
    variance = np.diag(cho_solve_banded((factor, False), np.eye(len(nodes))))
    position, half = spread * position, BAND * spread * np.sqrt(variance)
    clipped = np.clip(np.stack([position, position - half, position + half]), -10, 10)
    days = (date.fromordinal(int(node)) for node in nodes)
    return tuple(
        Point(day, *(float(v) for v in row)) for day, row in zip(days, clipped.T, strict=True)
    ), spread


def _spread(stream: _Days, jumps: list[int]) -> float:
    """The standard deviation of one event round the steps, drawn to what is usual while there are few."""
    bounds = [0, *np.searchsorted(stream.day, jumps).tolist(), len(stream.day)]
    squares = sum(
        float(np.sum(stream.weight[a:b] * (stream.score[a:b] - stream.mean(a, b)) ** 2))
        for a, b in pairwise(bounds)
    )
    free = len(stream.day) - len(bounds) + 1
    return float(np.sqrt((squares + SEEN * SPREAD**2) / (free + SEEN)))


def _fit(weight: Floats, score: Floats, linked: Floats, ratio: float) -> tuple[float, Floats, Floats]:
    """Of a level whose variance grows by `ratio` a node, in units of an event's: log-likelihood up to a constant, the
    factor of its precision, and the level. `weight`, `score` (weighted sums): by node; `linked`: 0 where it jumps."""
    precision = np.zeros((2, len(weight)))
    precision[1] = weight
    precision[1, 1:] += linked / ratio
    precision[1, :-1] += linked / ratio
    precision[0, 1:] = -linked / ratio
    factor = cholesky_banded(precision)
    level: Floats = cho_solve_banded((factor, False), score)
    determinant = 2 * float(np.sum(np.log(factor[1]))) + float(linked.sum()) * np.log(ratio)
    return (float(score @ level) - determinant) / 2, factor, level
