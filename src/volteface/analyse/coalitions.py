"""Who works with and against whom: a signed network of a window of time, its blocs, and how membership moves.

Ties: of each pair, all cooperation and all conflict between them, whoever acted, each as the logarithm of one plus the
sum of the scores' sizes, so that the tenth act counts less than the first and two great powers do not drown the rest.
Blocs maximise the modularity of signed networks (Gómez, Jensen & Arenas 2009, doi:10.1103/PhysRevE.80.016114): more
cooperation within and more conflict between than the activity of their members alone would give. How it is maximised,
and what else was tried: docs/decisions/0096-coalitions.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Kind = Literal["joined", "left", "moved"]

# Who has fewer acts in a window is not placed in it: one act makes no ally.
FEWEST = 2
# From this value of `between` on an actor is said to stand between two blocs: its pull to the other is at least a third
# of that to its own.
BETWEEN = 0.5
# A gain in modularity less than this is none; without it, ties would be moved to and fro by rounding.
GAIN = 1e-12


@dataclass(frozen=True, slots=True)
class Act:
    """What one actor did to another: `score` −10 (conflict) to 10 (cooperation)."""

    day: date
    actor: str
    recipient: str
    score: float


@dataclass(frozen=True, slots=True)
class Passed:
    """All that passed between two actors, in the order of their names: the sums of the sizes of friendly and of hostile
    scores, and of how many acts."""

    one: str
    other: str
    cooperation: float
    conflict: float
    acts: int


@dataclass(frozen=True, slots=True)
class Tie:
    """Two actors, in the order of their names, with the weight of cooperation and of conflict between them."""

    one: str
    other: str
    cooperation: float
    conflict: float
    acts: int


@dataclass(frozen=True, slots=True)
class Member:
    """Where an actor stands. `bloc`: the number of its bloc, None if it is in none. `pull`: cooperation less conflict
    with its bloc, as a share of all its ties, −1 to 1. `between`: 0 to 1, how near its strongest pull to another bloc
    (`toward`) comes to that to its own; 1 if they are equal."""

    actor: str
    bloc: int | None
    pull: float
    toward: int | None
    between: float


@dataclass(frozen=True, slots=True)
class Coalitions:
    """One window, both days included. `blocs`: members by number, the heaviest first; blocs of following windows that
    share most members have one number. `modularity`: 0 for no order at all, 1 at most."""

    since: date
    until: date
    members: tuple[Member, ...]
    ties: tuple[Tie, ...]
    modularity: float

    @property
    def blocs(self) -> dict[int, tuple[str, ...]]:
        """Who is in each bloc, by its number."""
        numbers = sorted({member.bloc for member in self.members if member.bloc is not None})
        return {n: tuple(member.actor for member in self.members if member.bloc == n) for n in numbers}


@dataclass(frozen=True, slots=True)
class Move:
    """An actor that was placed in two following windows and stands elsewhere in the second, which begins on `since`:
    it joined a bloc, left one, or moved from one to another."""

    since: date
    actor: str
    kind: Kind
    before: int | None
    after: int | None


def coalitions(acts: Iterable[Act], since: date, until: date) -> Coalitions:
    """The blocs of one window, both days included. The same acts, in whatever order, give the same blocs."""
    return of_pairs(_passed(act for act in acts if since <= act.day <= until), since, until)


def of_pairs(pairs: Iterable[Passed], since: date, until: date) -> Coalitions:
    """The same, of acts that were summed by pairs."""
    ties, actors = _ties(list(pairs))
    if not actors:
        return Coalitions(since, until, (), (), 0.0)
    cooperation, conflict = _matrices(ties, actors)
    gains = _gains(cooperation, conflict)
    blocs = _partition(gains)
    members = _members(actors, blocs, cooperation, conflict)
    return Coalitions(since, until, members, ties, _modularity(gains, blocs))


def through_time(acts: Sequence[Act], *, since: date, until: date, days: int) -> list[Coalitions]:
    """Windows of so many days from `since` on, the last one perhaps shorter; blocs keep their number from one window
    to the next."""
    return followed(coalitions(acts, *each) for each in windows(since, until, days))


def windows(since: date, until: date, days: int) -> Iterator[tuple[date, date]]:
    """The first and the last day of each window. Raises `ValueError` for windows of no days."""
    if days < 1:
        raise ValueError(f"a window of {days} days")
    start = since
    while start <= until:
        end = min(start + timedelta(days - 1), until)
        yield start, end
        start = end + timedelta(1)


def followed(each: Iterable[Coalitions]) -> list[Coalitions]:
    """Windows that follow each other, their blocs numbered so that they keep their number."""
    found: list[Coalitions] = []
    last: dict[str, int] = {}
    used = 0
    for new in each:
        window, used = _renumbered(new, last, used)
        last |= {member.actor: member.bloc for member in window.members if member.bloc is not None}
        found.append(window)
    return found


def moves(windows: Sequence[Coalitions]) -> list[Move]:
    """Who joined, left and moved between following windows; who is not heard of in one of them did nothing."""
    found: list[Move] = []
    for earlier, later in pairwise(windows):
        before = {member.actor: member.bloc for member in earlier.members}
        for member in later.members:
            if member.actor not in before or before[member.actor] == member.bloc:
                continue
            kind: Kind = "moved"
            if before[member.actor] is None:
                kind = "joined"
            elif member.bloc is None:
                kind = "left"
            found.append(Move(later.since, member.actor, kind, before[member.actor], member.bloc))
    return found


def _passed(acts: Iterable[Act]) -> Iterator[Passed]:
    scores: dict[tuple[str, str], list[float]] = {}
    for act in acts:
        if act.actor != act.recipient and act.score:
            one, other = sorted((act.actor, act.recipient))
            scores.setdefault((one, other), []).append(act.score)
    for pair, values in sorted(scores.items()):
        friendly, hostile = (sum(sorted(s * v for v in values if s * v > 0)) for s in (1, -1))
        yield Passed(*pair, cooperation=friendly, conflict=hostile, acts=len(values))


def _ties(pairs: Sequence[Passed]) -> tuple[tuple[Tie, ...], list[str]]:
    """The ties between those who have acts enough, and who they are."""
    counts: dict[str, int] = {}
    for passed in pairs:
        for actor in (passed.one, passed.other):
            counts[actor] = counts.get(actor, 0) + passed.acts
    kept = {actor for actor, count in counts.items() if count >= FEWEST}
    ties = tuple(
        Tie(
            passed.one,
            passed.other,
            cooperation=float(np.log1p(passed.cooperation)),
            conflict=float(np.log1p(passed.conflict)),
            acts=passed.acts,
        )
        for passed in sorted(pairs, key=lambda passed: (passed.one, passed.other))
        if kept.issuperset((passed.one, passed.other))
    )
    return ties, sorted({actor for tie in ties for actor in (tie.one, tie.other)})


def _matrices(ties: Iterable[Tie], actors: Sequence[str]) -> tuple[Floats, Floats]:
    place = {actor: number for number, actor in enumerate(actors)}
    cooperation, conflict = np.zeros((len(actors), len(actors))), np.zeros((len(actors), len(actors)))
    for tie in ties:
        for a, b in ((tie.one, tie.other), (tie.other, tie.one)):
            cooperation[place[a], place[b]] = tie.cooperation
            conflict[place[a], place[b]] = tie.conflict
    return cooperation, conflict


def _gains(cooperation: Floats, conflict: Floats) -> Floats:
    """What each pair adds to the modularity if both are in one bloc (Gómez and others, equation 9)."""

    def surplus(weights: Floats) -> Floats:
        strength = weights.sum(axis=1)
        result: Floats = weights - np.outer(strength, strength) / max(strength.sum(), GAIN)
        return result

    result: Floats = (surplus(cooperation) - surplus(conflict)) / (cooperation.sum() + conflict.sum())
    return result


def _modularity(gains: Floats, blocs: Ints) -> float:
    return float(np.sum(gains[blocs[:, None] == blocs[None, :]]))


def _partition(gains: Floats) -> Ints:
    """The best partition found from three beginnings, each bettered until no single move and no union helps: all
    apart, all together, and in two by the sign of the leading eigenvector (Newman 2006)."""
    n = len(gains)
    leading = np.linalg.eigh(gains)[1][:, -1]
    halves = np.where(leading * np.sign(leading[np.abs(leading).argmax()]) > 0, 0, 1)
    found = [_bettered(gains, start) for start in (np.arange(n), np.zeros(n, dtype=np.int64), halves)]
    values = [_modularity(gains, blocs) for blocs in found]
    return next(blocs for blocs, value in zip(found, values, strict=True) if value >= max(values) - GAIN)


def _bettered(gains: Floats, start: Ints) -> Ints:
    blocs = np.array(start, dtype=np.int64)
    while _move(gains, blocs) or _unite(gains, blocs):
        pass
    return blocs


def _move(gains: Floats, blocs: Ints) -> bool:
    """Move single actors, each to where it adds most, in turn; whether any moved. A new bloc is one of the choices."""
    moved = False
    for actor in range(len(blocs)):
        row = gains[actor].copy()
        row[actor] = 0
        pulls = np.bincount(blocs, weights=row, minlength=len(blocs) + 1)
        pulls[np.bincount(blocs, minlength=len(blocs) + 1) == 0] = 0
        best = int(pulls.argmax())
        if pulls[best] > pulls[blocs[actor]] + GAIN:
            blocs[actor] = best
            blocs[:] = np.unique(blocs, return_inverse=True)[1]
            moved = True
    return moved


def _unite(gains: Floats, blocs: Ints) -> bool:
    """Unite the two blocs whose union adds most, if any adds."""
    member = np.eye(int(blocs.max()) + 1)[blocs]
    between = member.T @ gains @ member
    np.fill_diagonal(between, 0)
    one, other = np.unravel_index(int(between.argmax()), between.shape)
    if between[one, other] <= GAIN:
        return False
    blocs[blocs == other] = one
    blocs[:] = np.unique(blocs, return_inverse=True)[1]
    return True


def _members(actors: Sequence[str], blocs: Ints, cooperation: Floats, conflict: Floats) -> tuple[Member, ...]:
    member = np.eye(int(blocs.max()) + 1)[blocs]
    weight = (cooperation.sum(axis=1) @ member).round(9)
    total = np.maximum((cooperation + conflict).sum(axis=1, keepdims=True), GAIN)
    pulls = (cooperation - conflict) @ member / total
    # Where several share only their enemies nobody is in the bloc, and nobody is drawn toward it.
    held = member * (pulls > GAIN)
    real = np.flatnonzero((member.sum(axis=0) > 1) & (held.sum(axis=0) > 0))
    ranked = sorted(real.tolist(), key=lambda bloc: (-weight[bloc], int(np.argmax(blocs == bloc))))
    number = {bloc: rank for rank, bloc in enumerate(ranked, 1)}
    return tuple(
        _placed(actor, int(bloc), row, number) for actor, bloc, row in zip(actors, blocs, pulls, strict=True)
    )


def _placed(actor: str, bloc: int, pulls: Floats, number: dict[int, int]) -> Member:
    """Who shares no more with a bloc than its enemies is in none."""
    own = float(pulls[bloc]) if bloc in number else 0.0
    others = {other: float(pulls[other]) for other in number if other != bloc}
    toward = max(others, key=lambda other: (others[other], -number[other]), default=None)
    place = number[bloc] if own > GAIN else None
    if toward is None or others[toward] <= GAIN:
        return Member(actor, place, own, None, 0.0)
    ratio = others[toward] / own if own > GAIN else 0.0
    return Member(actor, place, own, number[toward], min(2 * ratio / (1 + ratio), 1.0))


def _renumbered(window: Coalitions, last: dict[str, int], used: int) -> tuple[Coalitions, int]:
    """The window with the numbers its blocs had when their members were last placed; new blocs get new numbers."""
    shared = {
        (bloc, old): sum(last.get(actor) == old for actor in actors)
        for bloc, actors in window.blocs.items()
        for old in sorted({last[actor] for actor in actors if actor in last})
    }
    names: dict[int | None, int | None] = {None: None}
    for bloc, old in sorted(shared, key=lambda pair: (-shared[pair], pair)):
        if bloc not in names and old not in names.values():
            names[bloc] = old
    for bloc in window.blocs:
        if bloc not in names:
            used += 1
            names[bloc] = used
    members = tuple(
        Member(each.actor, names[each.bloc], each.pull, names[each.toward], each.between)
        for each in window.members
    )
    return Coalitions(window.since, window.until, members, window.ties, window.modularity), used


def between(window: Coalitions) -> Iterator[Member]:
    """Those who stand between two blocs, the most evenly first."""
    found = [member for member in window.members if member.between >= BETWEEN]
    yield from sorted(found, key=lambda member: (-member.between, member.actor))
