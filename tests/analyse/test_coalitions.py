"""Blocs on networks made by hand, against every partition of small ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from volteface.analyse import coalitions as module
from volteface.analyse.coalitions import Act, Coalitions, Move, between, coalitions, moves, through_time

FIRST, LAST = date(2024, 1, 1), date(2024, 1, 30)


def acts(*ties: str, day: date = FIRST) -> list[Act]:
    """`A+B`: A does B good, twice; `A-B`: ill."""
    return [
        Act(day, tie[0], tie[2], 5.0 if tie[1] == "+" else -5.0)
        for tie in (word for tie in ties for word in tie.split())
        for _ in range(2)
    ]


def window(*ties: str) -> Coalitions:
    return coalitions(acts(*ties), FIRST, LAST)


def test_two_blocs() -> None:
    found = window("A+B B+C A+C", "D+E", "A-D B-E C-D")
    assert found.blocs == {1: ("A", "B", "C"), 2: ("D", "E")}
    assert 0 < found.modularity <= 1


@pytest.mark.parametrize(
    ("ties", "blocs"),
    [
        ("", {}),
        ("A-B", {}),
        ("A+B", {1: ("A", "B")}),
        ("A+B C+D", {1: ("A", "B"), 2: ("C", "D")}),
        ("A+B A-C B-C C-D", {1: ("A", "B")}),
    ],
)
def test_small_networks(ties: str, blocs: dict[int, tuple[str, ...]]) -> None:
    assert window(ties).blocs == blocs


def test_who_stands_between() -> None:
    found = window("A+B A+B A+C B+C", "D+E D+E D+F E+F", "A-D B-E", "X+A X+D X+E X+B")
    assert [(member.actor, member.between > 0.8) for member in between(found)][:1] == [("X", True)]
    assert all(member.actor == "X" or member.between == 0 for member in found.members)


def test_one_act_makes_no_ally() -> None:
    assert coalitions([Act(FIRST, "A", "B", 5.0)], FIRST, LAST).members == ()


def test_acts_outside_the_window_and_toward_oneself_are_not_counted() -> None:
    found = coalitions([*acts("A+B"), *acts("A-B", day=LAST + timedelta(1)), *acts("A-A")], FIRST, LAST)
    assert [(tie.one, tie.other, tie.conflict, tie.acts) for tie in found.ties] == [("A", "B", 0.0, 2)]


def test_blocs_keep_their_number_and_moves_are_told() -> None:
    second = FIRST + timedelta(30)
    stream = acts("A+B B+C A+C D+E A-D B-E") + acts("A+B D+E C+D C+E A-D B-E A-C B-C F+D F+E", day=second)
    first, later = through_time(stream, since=FIRST, until=second + timedelta(29), days=30)
    assert first.blocs == {1: ("A", "B", "C"), 2: ("D", "E")}
    assert later.blocs == {1: ("A", "B"), 2: ("C", "D", "E", "F")}
    assert moves([first, later]) == [Move(second, "C", "moved", 1, 2)]


def test_joining_and_leaving() -> None:
    second = FIRST + timedelta(30)
    stream = acts("A+B A-C B-C") + acts("A+C A-B B-C", day=second)
    told = moves(through_time(stream, since=FIRST, until=second + timedelta(29), days=30))
    assert [(move.actor, move.kind) for move in told] == [("B", "left"), ("C", "joined")]


def test_a_window_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="window of 0 days"):
        through_time([], since=FIRST, until=LAST, days=0)


def partitions(n: int) -> Iterator[list[int]]:
    """Every partition of n things, as the bloc of each."""
    if n == 0:
        yield []
        return
    for rest in partitions(n - 1):
        for bloc in range(max(rest, default=-1) + 2):
            yield [*rest, bloc]


TIES = st.lists(
    st.tuples(st.sampled_from("ABCDEF"), st.sampled_from("ABCDEF"), st.integers(-9, 9)),
    min_size=1,
    max_size=20,
)


@settings(max_examples=60, deadline=None)
@given(TIES, st.randoms(use_true_random=False))
def test_hardly_a_partition_is_better_and_the_order_of_acts_does_not_matter(
    ties: list[tuple[str, str, int]], random: object
) -> None:
    stream = [Act(FIRST, one, other, float(score)) for one, other, score in ties]
    found = coalitions(stream, FIRST, LAST)
    assert coalitions(stream[::-1], FIRST, LAST) == found
    network, actors = module._ties(list(module._passed(stream)))
    if actors:
        gains = module._gains(*module._matrices(network, actors))
        best = max(module._modularity(gains, np.array(each)) for each in partitions(len(actors)))
        assert found.modularity >= best - 0.02
    assert all(0 <= member.between <= 1 and -1 <= member.pull <= 1 + 1e-9 for member in found.members)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(TIES)
def test_whom_somebody_is_drawn_toward_is_a_bloc_with_members(ties: list[tuple[str, str, int]]) -> None:
    """Also where some share no more than their enemies."""
    stream = [Act(FIRST, one, other, float(score)) for one, other, score in ties for _ in range(2)]
    for found in through_time(stream, since=FIRST, until=LAST, days=30):
        assert {member.toward for member in found.members} - {None} <= found.blocs.keys()
