"""The course on streams made by hand and by chance; `benchmarks/courses.py` measures how often it errs."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from volteface.analyse import course as module
from volteface.analyse.course import Course, course

FIRST = date(2023, 1, 2)


def days(*numbers: float) -> list[date]:
    return [FIRST + timedelta(int(number)) for number in numbers]


def noisy(means: list[float], seed: int = 0, spread: float = 2.0) -> list[float]:
    return [
        float(v)
        for v in np.clip(np.array(means) + np.random.default_rng(seed).normal(0, spread, len(means)), -10, 10)
    ]


def test_a_step_is_found_dated_and_sized() -> None:
    when = days(*range(0, 360, 3))
    found = course(when, noisy([4.0] * 60 + [-3.0] * 60))
    (change,) = found.changes
    assert abs(change.day - (FIRST + timedelta(180))) <= timedelta(days=4)
    assert change.earliest <= change.day <= change.latest
    assert change.latest - change.earliest < timedelta(weeks=3)
    assert [change.before, change.after] == pytest.approx([4, -3], abs=0.7)
    assert change.size == change.after - change.before
    assert change.direction == "conflict"
    assert change.sure >= 0.99


def test_there_and_back_are_two_changes() -> None:
    found = course(days(*range(0, 540, 3)), noisy([3.0] * 60 + [-4.0] * 50 + [3.0] * 70))
    assert [change.direction for change in found.changes] == ["conflict", "cooperation"]


@pytest.mark.parametrize(
    ("why", "when", "scores"),
    [
        ("nothing", [], []),
        ("one event", [0], [-10.0]),
        ("all the same", range(0, 300, 3), [2.5] * 100),
        ("one terrible day among praise", range(0, 300, 3), [2.5, 5.0] * 25 + [-10.0] + [2.5, 5.0] * 24 + [2.5]),
        ("ten acts of one day at the end", [*range(0, 300, 3), *[300] * 10], [2.5, 5.0] * 50 + [-9.0] * 10),
        ("an affair of three days", [*range(0, 300, 3), *[150, 151, 152] * 5], [2.5, -2.0] * 50 + [-9.0] * 15),
        ("too short a time", range(24), [5.0] * 12 + [-5.0] * 12),
        ("few events", [0, 20, 40, 60, 80, 100], [5.0, 5.0, 5.0, -5.0, -5.0, -5.0]),
    ],
)  # fmt: skip
def test_no_change(why: str, when: list[int], scores: list[float]) -> None:
    assert course(days(*when), scores).changes == (), why


def test_the_order_of_events_does_not_matter() -> None:
    when, scores = days(*[d // 2 for d in range(0, 400, 3)]), noisy([2.0] * 70 + [-3.0] * 64)
    turned = np.random.default_rng(1).permutation(len(when))
    assert course([when[i] for i in turned], [scores[i] for i in turned]) == course(when, scores)


def test_the_band_widens_where_nothing_is_known() -> None:
    when = days(*range(60), *range(150, 200))
    points = course(when, noisy([2.0] * 110), until=FIRST + timedelta(300)).points
    width = [point.high - point.low for point in points]
    assert len(points) == 301
    assert width[105] > 1.2 * width[30]
    assert width[300] > width[198]


def test_long_streams_are_drawn_by_week() -> None:
    points = course(days(0, 700, 1500), [1.0, 2.0, 3.0]).points
    assert points[1].day - points[0].day == timedelta(weeks=1)


def test_the_level_is_that_of_the_kalman_smoother() -> None:
    structural = pytest.importorskip("statsmodels.tsa.statespace.structural")
    when = [d for d in range(120) if d % 7 not in (2, 5) and not 50 < d < 70]
    scores = noisy([2.0] * len(when))
    found = course(days(*when), scores)
    observed = np.full(when[-1] + 1, np.nan)
    observed[when] = scores
    model = structural.UnobservedComponents(observed, "llevel")
    level = np.array([point.position for point in found.points])
    variances = [
        found.spread**2 * np.array([1, wander**2 / found.spread**2 / module.YEAR])
        for wander in module.WANDERS
    ]
    fits = [model.smooth(each) for each in variances]
    best = max(fits, key=lambda fit: float(fit.llf))
    assert np.allclose(level, best.level.smoothed, atol=0.02)
    half = module.BAND * np.sqrt(best.smoothed_state_cov[0, 0])
    assert np.allclose([(point.high - point.low) / 2 for point in found.points], half, atol=0.02)


def test_lengths_that_differ_are_refused() -> None:
    with pytest.raises(ValueError, match="1 days, 2 scores"):
        course(days(0), [1.0, 2.0])
    assert course([], []) == Course()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.floats(-10, 10, width=16)), min_size=1, max_size=80))
def test_whatever_the_stream(events: list[tuple[int, float]]) -> None:
    found = course(days(*(day for day, _ in events)), [score for _, score in events], draws=99)
    assert all(-10 <= point.low <= point.position <= point.high <= 10 for point in found.points)
    assert found.points[0].day == FIRST + timedelta(min(day for day, _ in events))
    assert [change.day for change in found.changes] == sorted({change.day for change in found.changes})
    for change in found.changes:
        assert change.earliest <= change.day <= change.latest
        assert (change.direction == "cooperation") == (change.size > 0)
