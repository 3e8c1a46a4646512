"""What permuted streams show, looked for the quick way and the plain one: every row, every interval, every place."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from volteface.analyse import steps
from volteface.analyse.steps import FEWEST, Floats, Ints, Level, Sums, chance, cusum, levels, sums_of


def intervals(n: int) -> Iterator[tuple[int, int]]:
    length = float(n)
    while length >= 2 * FEWEST:
        for start in np.linspace(0, n - length, 2 * int(np.ceil(n / length)) - 1):
            yield int(start), int(np.ceil(start + length))
        length /= 2


def plainly(sums: Floats, weights: Floats, a: int, b: int) -> Floats:
    """How strong each step of an interval is."""
    inner = slice(a + FEWEST, b - FEWEST + 1)
    total, whole, left = sums[b] - sums[a], weights[b] - weights[a], weights[inner] - weights[a]
    gap = sums[inner] - sums[a] - total * left / whole
    strong: Floats = np.abs(gap) / np.sqrt(left * (whole - left) / whole)
    return strong


def penalty(n: int, a: int, b: int) -> float:
    return float(np.sqrt(2 * (1 + np.log(n / (b - a)))))


def cumulated(values: Floats) -> Floats:
    return np.concatenate([[0.0], np.cumsum(values)])


def strongest_of(scores: Floats, weights: Floats) -> float:
    sums, weighed, n = cumulated(scores), cumulated(weights), len(scores)
    return max(float(plainly(sums, weighed, a, b).max()) - penalty(n, a, b) for a, b in intervals(n))


def plain_chance(scores: Floats, weights: Floats, blocks: Ints, strongest: float, draws: int) -> float:
    keys = np.random.default_rng(0).random((draws, int(blocks[-1]) + 1))
    rows = np.argsort(keys[:, blocks], axis=1, kind="stable")
    return (1 + sum(strongest_of(scores[row], weights[row]) >= strongest for row in rows)) / (1 + draws)


Stream = tuple[Floats, Floats, Ints]


@st.composite
def streams(draw: st.DrawFn) -> Stream:
    """Scores about their mean, of a spread of 1, times their weights; weights; blocks, some of them empty."""
    n = draw(st.integers(2 * FEWEST, 70))
    value = draw(
        st.sampled_from([st.sampled_from([-2.0, 1.0]), st.integers(-3, 3).map(float), st.floats(-2.5, 2.5)])
    )
    values = np.array(draw(st.lists(value, min_size=n, max_size=n)))
    at = draw(st.integers(0, n))
    values[at:] += draw(st.sampled_from([0.0, 0.0, 1.0, 5.0]))
    acts = np.array(draw(st.lists(st.sampled_from([1, 1, 1, 2, 7]), min_size=n, max_size=n)))
    weights = acts / (1 + (acts - 1) / 2)
    blocks = np.cumsum(draw(st.lists(st.sampled_from([0, 0, 1, 3]), min_size=n, max_size=n)))
    return (*standard(values, weights), blocks - blocks[0])


def standard(values: Floats, weights: Floats) -> tuple[Floats, Floats]:
    centred = values - np.average(values, weights=weights)
    return weights * centred / max(np.sqrt(np.average(centred**2, weights=weights)), 1e-9), weights


def long_stream(n: int, change: float, seed: int) -> Stream:
    random = np.random.default_rng(seed)
    acts = random.geometric(0.5, n)
    values = random.normal(0, 1, n) + change * (np.arange(n) > n // 3)
    return (*standard(values, acts / (1 + (acts - 1) / 2)), np.sort(random.integers(0, n // 3 + 1, n)))


def quick(stream: Stream, strongest: float, *, draws: int, allowed: float) -> float:
    scores, weights, blocks = stream
    blocks = blocks - blocks[0]
    of = levels(len(scores))
    return chance(sums_of(scores, weights), blocks, of, strongest, draws=draws, allowed=allowed)


@settings(max_examples=150, deadline=None)
@given(streams(), st.sampled_from([0.0, 0.0, -0.3, 0.3, -2.0, 2.0]), st.sampled_from([1.0, 0.3, 0.08]))
def test_chance_is_that_of_every_row_and_interval(stream: Stream, more: float, allowed: float) -> None:
    strongest = strongest_of(*stream[:2]) + more - 1e-9
    plain = plain_chance(*stream, strongest, 40)
    found = quick(stream, strongest, draws=40, allowed=allowed)
    assert found == plain if plain <= allowed else found > allowed
    assert quick(stream, strongest, draws=40, allowed=plain) == plain


@pytest.mark.parametrize(("n", "change"), [(150, 0.0), (150, 1.0), (500, 0.0), (500, 0.4), (1300, 0.2)])
def test_chance_in_long_streams(n: int, change: float) -> None:
    scores, weights, blocks = long_stream(n, change, seed=n)
    blocks = blocks - blocks[0]
    for strongest in (strongest_of(scores, weights) - 1e-9, 1.0):
        plain = plain_chance(scores, weights, blocks, strongest, 25)
        assert quick((scores, weights, blocks), strongest, draws=25, allowed=1) == plain


@pytest.mark.parametrize("n", [8, 9, 15, 16, 17, 31, 33, 100, 1001])
def test_levels_hold_every_interval_and_place(n: int) -> None:
    of = levels(n)
    found = [pair for level in of for pair in zip(level.start.tolist(), level.end.tolist(), strict=True)]
    assert found == list(intervals(n))
    for level in of:
        for (a, b), split, cost in zip(
            zip(level.start, level.end, strict=True), level.splits.T, level.penalty, strict=True
        ):
            assert sorted({*split.tolist()}) == list(range(a + FEWEST, b - FEWEST + 1))
            assert cost == penalty(n, int(a), int(b))
        for split, corner in zip(level.splits.T, level.corners.T, strict=True):
            between = {*corner.tolist()} & {*(corner - level.stride).tolist()}
            reached = between if level.stride > 1 else {*corner.tolist()}
            assert all(any(0 <= place - at <= level.stride for at in reached) for place in split)


@given(streams())
def test_steps_are_measured_bit_for_bit(stream: Stream) -> None:
    scores, weights, _ = stream
    sums, plain = sums_of(scores, weights), (cumulated(scores), cumulated(weights))
    for level in levels(len(scores)):
        each = cusum(sums, level.start, level.splits, level.end)
        for number, (a, b) in enumerate(zip(level.start.tolist(), level.end.tolist(), strict=True)):
            expected = plainly(*plain, a, b)
            assert each[: len(expected), number].tolist() == expected.tolist()
            assert each[:, number].argmax() == expected.argmax()


def looked_at(sums: Sums, of: list[Level], strongest: float) -> tuple[int, int]:
    """Intervals of rows in which the first pass sees a possible step; and in which there is one, seen or not: none
    of these may be missed."""
    rough, seen, true = steps._Rough.of(sums), 0, 0
    for level in of:
        may = rough.may_reach(level, strongest)
        each = np.array([cusum(row, level.start, level.splits, level.end).max(axis=0) for row in sums]).T
        there = each - level.penalty[:, None] >= strongest
        assert not np.any(there & ~may)
        seen, true = seen + int(may.sum()), true + int(there.sum())
    return seen, true


@settings(max_examples=150, deadline=None)
@given(streams(), st.sampled_from([-1.0, 0.0, 1.0]))
def test_the_first_pass_leaves_none_out(stream: Stream, more: float) -> None:
    scores, weights, blocks = stream
    sums = np.concatenate(
        list(steps._permuted(sums_of(scores, weights), blocks, 20, np.random.default_rng(1)))
    )
    strongest = max(strongest_of(row, weight) for row, weight in _days(sums[:3]))
    looked_at(sums, levels(len(scores)), strongest + more)


@given(streams())
def test_what_is_as_strong_is_not_left_out_for_rounding(stream: Stream) -> None:
    sums = sums_of(*stream[:2])
    for level in levels(len(stream[0])):
        for strong in cusum(sums, level.start, level.splits, level.end).max(axis=0) - level.penalty:
            looked_at(sums[None], [level], float(strong))


def test_the_first_pass_leaves_most_out() -> None:
    scores, weights, blocks = long_stream(600, 0.0, seed=2)
    sums = np.concatenate(
        list(steps._permuted(sums_of(scores, weights), blocks, 50, np.random.default_rng(1)))
    )
    of = levels(600)
    seen, true = looked_at(sums, of, 2.0)
    assert 0 < true <= seen < 0.02 * len(sums) * sum(len(level.start) for level in of)


def _days(sums: Sums) -> Iterator[tuple[Floats, Floats]]:
    for row in sums:
        one = np.diff(row)
        yield one.real, one.imag


@given(streams(), st.floats(-1.5, 8))
def test_a_level_out_of_reach_has_no_step_as_strong(stream: Stream, strongest: float) -> None:
    scores, weights, blocks = stream
    sums, of = sums_of(scores, weights), levels(len(scores))
    kept = steps._in_reach(sums, of, strongest)
    (permuted,) = steps._permuted(sums, blocks, 10, np.random.default_rng(1))
    for level in of:
        if not any(level is each for each in kept):
            for row in permuted:
                each = cusum(row, level.start, level.splits, level.end).max(axis=0)
                assert np.all(each - level.penalty < strongest)


def test_blocks_are_permuted_whole() -> None:
    scores, weights, blocks = long_stream(60, 0.0, seed=3)
    keys = np.random.default_rng(0).random((5, int(blocks[-1]) + 1))
    rows = np.argsort(keys[:, blocks], axis=1, kind="stable")
    (found,) = steps._permuted(sums_of(scores, weights), blocks, 5, np.random.default_rng(0))
    assert np.allclose(found[:, 1:].real, np.cumsum(scores[rows], axis=1), rtol=0, atol=1e-12)
    assert np.allclose(found[:, 1:].imag, np.cumsum(weights[rows], axis=1), rtol=0, atol=1e-12)
    assert not found[:, 0].any()
