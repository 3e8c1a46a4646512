"""Pairs that may be the same into groups that are: average linkage, with what people decided.

The result is a function of the pairs and decisions alone, whatever order they come in. Two groups are as alike as
their members are on average, where a pair that is not given counts as 0; the most alike are joined first, of equally
alike ones those with the least names, down to `JOIN`. What was decided to be different is never joined, not even
through others; two that were decided to be the same bring all of their groups together, or where others of those are
decided to be different, themselves first.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

N = TypeVar("N", bound=Hashable)

# From .3 to .4 F1 stays and precision of pairs rises from .73 to .76 (cross-validated, training/cards/links.md).
JOIN = 0.4


def connected(nodes: Collection[N], edges: Iterable[tuple[N, N]]) -> list[list[N]]:
    """Groups of nodes that edges connect, each sorted, in the order of their least."""
    parent: dict[N, N] = {node: node for node in nodes}

    def root(node: N) -> N:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    for a, b in edges:
        parent[root(a)] = root(b)
    groups: dict[N, list[N]] = {}
    for node in sorted(parent):  # type: ignore[type-var]
        groups.setdefault(root(node), []).append(node)
    return list(groups.values())


def average_linkage(
    nodes: Collection[N],
    pairs: Mapping[tuple[N, N], float],
    *,
    same: Collection[tuple[N, N]] = (),
    different: Collection[tuple[N, N]] = (),
    spans: Mapping[N, tuple[int, int]] | None = None,
    join: float = JOIN,
) -> list[list[N]]:
    """Groups of `nodes`, each sorted, in the order of their least. `pairs`: likeness of each unordered pair once.
    `spans`: first and last day of nodes; those of a group, unless decided to be the same, have a day in common.

    `same` wins over `different` where they contradict each other.
    """
    spans = spans or {}
    groups = _linkage(nodes, pairs, [], different, spans, join)
    if not same:
        return groups
    whole = connected(nodes, [*same, *((group[0], node) for group in groups for node in group)])
    if not _part(whole, different):
        return whole
    return _linkage(nodes, pairs, same, different, spans, join)


def _part(groups: Iterable[Sequence[N]], different: Iterable[tuple[N, N]]) -> bool:
    """Whether something decided to be different is together."""
    at = {node: number for number, group in enumerate(groups) for node in group}
    return any(at[a] == at[b] for a, b in different)


def _linkage(
    nodes: Collection[N],
    pairs: Mapping[tuple[N, N], float],
    first: Collection[tuple[N, N]],
    different: Collection[tuple[N, N]],
    spans: Mapping[N, tuple[int, int]],
    join: float,
) -> list[list[N]]:
    """Average linkage that begins with the pairs of `first` joined."""
    members = dict(enumerate(connected(nodes, first)))
    at = {node: group for group, found in members.items() for node in found}
    apart: dict[int, set[int]] = {group: set() for group in members}
    for a, b in different:
        if at[a] != at[b]:
            apart[at[a]].add(at[b])
            apart[at[b]].add(at[a])
    days = {
        group: _common(spans[node] for node in found if node in spans) for group, found in members.items()
    }
    links: dict[int, dict[int, float]] = {group: {} for group in members}
    for (a, b), score in sorted(pairs.items()):  # sums of floats must not depend on the order of the pairs
        one, other = at[a], at[b]
        if one != other:
            links[one][other] = links[other][one] = links[one].get(other, 0.0) + score
    heap = [
        _entry(members, one, other, total)
        for one in links
        for other, total in links[one].items()
        if one < other
    ]
    heapq.heapify(heap)
    while heap and -heap[0][0] >= join:
        _, _, _, one, other, sizes = heapq.heappop(heap)
        current = one in members and other in members
        if not current or sizes != (len(members[one]), len(members[other])) or other in apart[one]:
            continue
        shared = _common((days[one], days[other]))
        if shared[0] <= shared[1]:
            merged = _merge(one, other, members, links, apart)
            days[merged] = shared
            for neighbour, total in links[merged].items():
                heapq.heappush(heap, _entry(members, min(merged, neighbour), max(merged, neighbour), total))
    return sorted(members.values())


def _common(spans: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """The days that all have; the last before the first where they have none."""
    both = list(spans)
    return max((s[0] for s in both), default=-math.inf), min((s[1] for s in both), default=math.inf)


def _entry(
    members: Mapping[int, list[N]], one: int, other: int, total: float
) -> tuple[float, N, N, int, int, tuple[int, int]]:
    sizes = len(members[one]), len(members[other])
    first, second = sorted((members[one][0], members[other][0]))  # type: ignore[type-var]
    return -round(total / (sizes[0] * sizes[1]), 9), first, second, one, other, sizes


def _merge(
    one: int,
    other: int,
    members: dict[int, list[N]],
    links: dict[int, dict[int, float]],
    apart: dict[int, set[int]],
) -> int:
    """Join two groups under the number of the first; returns it."""
    members[one] = sorted(members[one] + members.pop(other))  # type: ignore[type-var]
    for neighbour, total in links.pop(other).items():
        del links[neighbour][other]
        if neighbour != one:
            links[one][neighbour] = links[neighbour][one] = links[one].get(neighbour, 0.0) + total
    for group in apart.pop(other):
        apart[group].discard(other)
        apart[group].add(one)
        apart[one].add(group)
    return one
