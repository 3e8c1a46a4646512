"""Steps of a mean: how strong each is, over seeded intervals, and how often a stream without one shows one as strong.

A step is measured by the weighted CUSUM: the difference of the means of both sides of an interval, in standard errors.
What permuted streams show is looked for in two passes. The first, in single precision and at every fourth place, tells
where a step may be strong enough; it never leaves one out. The second measures these few as the stream itself is.
Why, and what it saves: docs/decisions/0105-kept-for-actors.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import log

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
# Of scores (real) and weights (imaginary), which are always looked up together.
Sums = npt.NDArray[np.complex128]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Truths = npt.NDArray[np.bool_]

# Days with events that must stand on each side of a step.
FEWEST = 4
# Permuted days that are looked at together, and fewest and most orders: they should stay in the processor's own memory,
# and of most streams the first orders tell that there is no change.
TOGETHER, FEWEST_ROWS, MOST_ROWS = 32_000, 20, 100
# Orders that are looked at first: of a stream without change mostly enough.
FIRST_ROWS = 16
# A chance that is as good as none: see `_likely`.
NEVER = 1e-5
# Places between two at which the first pass looks; intervals with fewer places are looked at everywhere.
STRIDE = 4
# By how much of the greatest sum single precision may be off after some operations; one is off by 2 ** -24.
ROUNDING = 2.0**-20


@dataclass(frozen=True, slots=True)
class Level:
    """Intervals of one length that overlap by half: of each the first place, the last, and what its steps must be
    stronger by than those of the whole. `splits`: by place and interval, where a step leaves enough days on both sides;
    an interval with fewer has its last one repeated. `corners`: those that stand for all, `stride` apart."""

    start: Ints
    end: Ints
    penalty: Floats
    splits: Ints
    corners: Ints
    stride: int


def levels(n: int) -> list[Level]:
    """The whole of so many days, then shorter and shorter intervals."""
    found = []
    length = float(n)
    while length >= 2 * FEWEST:
        at = np.linspace(0, n - length, 2 * int(np.ceil(n / length)) - 1)
        start, end = at.astype(np.int64), np.ceil(at + length).astype(np.int64)
        last = end - FEWEST
        splits = np.minimum(start + np.arange(FEWEST, int(np.max(last - start)) + 1)[:, None], last)
        corners, stride = splits, 1
        if length >= 2 * FEWEST + 2 * STRIDE:
            corners, stride = np.concatenate([splits[::STRIDE], [last - STRIDE, last]]), STRIDE
        found.append(Level(start, end, np.sqrt(2 * (1 + np.log(n / (end - start)))), splits, corners, stride))
        length /= 2
    return found


def sums_of(scores: Floats, weights: Floats) -> Sums:
    """Weighted scores and weights, cumulated from 0 on."""
    return np.concatenate([[0], np.cumsum(scores + 1j * weights)])


def cusum(sums: Sums, start: Ints | int, split: Ints, end: Ints | int) -> Floats:
    """|Difference of the means of both sides| of each split, in standard errors."""
    whole, left = sums[end] - sums[start], sums[split] - sums[start]
    gap = left.real - whole.real * left.imag / whole.imag
    result: Floats = np.abs(gap) / np.sqrt(left.imag * (whole.imag - left.imag) / whole.imag)
    return result


def chance(
    sums: Sums, blocks: Ints, of: list[Level], strongest: float, *, draws: int, allowed: float
) -> float:
    """How often a stream whose blocks are permuted has a step as strong; of more than is allowed, what is known by
    then. `sums`: of scores about their mean; `blocks`: the number of each day's block, ascending; `of`: its levels."""
    count, done, random = 0, 0, np.random.default_rng(0)
    of = _in_reach(sums, of, strongest)
    # As many as are allowed, or one more where rounding leaves it open: then all are counted.
    enough = int(allowed * (1 + draws) + 1e-6) - 1
    for permuted in _permuted(sums, blocks, draws, random):
        done += len(permuted)
        most = min(enough, _likely(done, allowed))
        count += _as_strong(permuted, of, strongest, most - count)
        if count > most and (1 + count) / (1 + done) > allowed:
            return (1 + count) / (1 + done)
    return (1 + count) / (1 + draws)


def _likely(done: int, allowed: float) -> int:
    """As many of the orders done as there may be where no more are allowed. More come once in a hundred thousand times
    (Chernoff's bound), and the rest need not be drawn (as in Besag & Clifford 1991, Sequential Monte Carlo
    p-values)."""
    for more in range(int(allowed * done) + 1, done):
        share = more / done
        surprise = share * log(share / allowed) + (1 - share) * log((1 - share) / (1 - allowed))
        if surprise * done >= -log(NEVER):
            return more - 1
    return done


def _in_reach(sums: Sums, of: list[Level], strongest: float) -> list[Level]:
    """The levels that may have a step as strong, in whatever order the days are: the square of a step's strength is
    what it takes from the squares of its interval, and at most these."""
    one = np.diff(sums)
    squares = np.cumsum(np.sort(one.real**2 / one.imag)[::-1])
    # A millionth more, because sums are rounded.
    most = [squares[np.max(level.end - level.start) - 1] * (1 + 1e-6) for level in of]
    least = [max(strongest + float(np.min(level.penalty)), 0) ** 2 for level in of]
    return [level for level, has, needs in zip(of, most, least, strict=True) if has >= needs]


def _permuted(sums: Sums, blocks: Ints, draws: int, random: np.random.Generator) -> Iterator[Sums]:
    """The sums of so many orders of the blocks, a row each, some rows at a time."""
    n = len(blocks)
    full, starts, counts = np.unique(blocks, return_index=True, return_counts=True)
    rises = sums[starts + counts] - sums[starts]
    at_once = min(max(TOGETHER // n, FEWEST_ROWS), MOST_ROWS)
    done = 0
    while done < draws:
        count = min(at_once if done else FIRST_ROWS, draws - done)
        done += count
        keys = random.random((count, int(blocks[-1]) + 1))
        # Two keys that are the same would leave it open which is first: of 53 bits they never are.
        order = np.argsort(keys.take(full, axis=1), axis=1)
        lengths = counts.take(order)
        before = np.cumsum(lengths, axis=1) - lengths
        # Within a block sums rise as in the stream, which is quicker than to add up.
        rise = rises.take(order)
        shift = np.cumsum(rise, axis=1) - rise - sums.take(starts).take(order)
        # There is a sum more than there are days, the 0 before the first block.
        lengths[:, 0] += 1
        place = np.repeat(starts.take(order) - before, lengths.ravel()).reshape(-1, n + 1)
        place += np.arange(n + 1)
        result = sums.take(place)
        result += np.repeat(shift, lengths.ravel()).reshape(place.shape)
        yield result


def _as_strong(sums: Sums, of: list[Level], strongest: float, enough: int) -> int:
    """How many rows have a step as strong; not all are counted once there are more than enough."""
    strong = np.zeros(len(sums), dtype=bool)
    rough = _Rough.of(sums)
    for level in of:
        interval, row = np.nonzero(rough.may_reach(level, strongest) & ~strong)
        if not len(row):
            continue
        first = row * sums.shape[1]
        start, split, end = level.start[interval], level.splits[:, interval], level.end[interval]
        each = cusum(sums.ravel(), first + start, first + split, first + end)
        strong[row[each.max(axis=0) - level.penalty[interval] >= strongest]] = True
        if np.count_nonzero(strong) > enough:
            break
    return int(np.count_nonzero(strong))


@dataclass(frozen=True, slots=True)
class _Rough:
    """Cumulated sums and weights in single precision, by place and row. `bend`: how far at most, between each place and
    the next corners, the sums stray from the straight lines between these; `error`: by how much they may be off."""

    sums: Singles
    weights: Singles
    bend: Singles
    error: float

    @classmethod
    def of(cls, sums: Sums) -> _Rough:
        """Of sums by row and place."""
        s, w = (each.T.astype(np.float32, order="C") for each in (sums.real, sums.imag))
        one = np.diff(sums[0])
        error = ROUNDING * max(1.0, float(np.max(np.abs(one.real) / one.imag))) * float(sums[0, -1].imag)
        rise = (s[STRIDE:] - s[:-STRIDE]) / (w[STRIDE:] - w[:-STRIDE])
        ahead = np.zeros_like(s)
        for between in range(1, STRIDE):
            inner = slice(between, between - STRIDE)
            stray = w[inner] - w[:-STRIDE]
            stray *= rise
            stray += s[:-STRIDE]
            stray -= s[inner]
            np.maximum(ahead[:-STRIDE], np.abs(stray, out=stray), out=ahead[:-STRIDE])
        bend = ahead.copy()
        np.maximum(bend[STRIDE:], ahead[:-STRIDE], out=bend[STRIDE:])
        return cls(s, w, bend, error)

    def may_reach(self, level: Level, strongest: float) -> Truths:
        """By interval and row, whether a step may be as strong.

        The squared gap between both sides is convex in sum and weight, its squared standard error concave. So between
        two corners, where the sums keep to a parallelogram of the height of twice the bend, their ratio is greatest at
        one of its four.
        """
        weight, total = self.weights.take(level.start, axis=0), self.sums.take(level.start, axis=0)
        whole, rise = self.weights.take(level.end, axis=0) - weight, self.sums.take(level.end, axis=0) - total
        rise /= whole
        left, gap = self.weights.take(level.corners, axis=0), self.sums.take(level.corners, axis=0)
        left -= weight
        gap -= total
        gap -= rise * left
        np.abs(gap, out=gap)
        if level.stride > 1:
            gap += self.bend.take(level.corners, axis=0)
        gap += np.float32(self.error)
        gap *= gap
        # What is wanted, squared: a little less, for the error of the weights.
        least = np.maximum(strongest + level.penalty, 0) ** 2 * (1 - self.error)
        wanted = whole - left
        wanted *= left
        wanted *= least.astype(np.float32)[:, None] / whole
        result: Truths = np.any(gap >= wanted, axis=0)
        return result
