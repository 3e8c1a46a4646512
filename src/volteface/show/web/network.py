"""Who stands with whom as a picture: actors as circles, ties as lines, drawn so that an actor stays where it stood.

Distances in the picture follow what passes between two actors (stress, as Kamada & Kawai 1989 have it); each window is
drawn by lessening its own stress together with the ways from where its actors stood in the window before (anchoring:
Brandes & Mader 2012, doi:10.1007/978-3-642-25878-7_11). So what moves in the picture has moved in the data.
SciPy minimises it from a fixed beginning: the same acts give the same picture.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from volteface.analyse.coalitions import BETWEEN, Coalitions, Member, Tie

Floats = npt.NDArray[np.float64]
Spots = dict[str, tuple[float, float]]

WIDTH, HEIGHT, EDGE = 960, 620, 56
# Actors of a window in the picture, those with most ties, and ties between them, the strongest; all are told in words.
ACTORS, TIES = 40, 160
# Distances aimed at: of the same bloc, of none in common, of adversaries; a tie brings two nearer, or further apart.
SAME, APART, AGAINST = 0.55, 1.3, 2.0
# How much a distance counts that no tie speaks for, against one of a tie.
UNTIED = 0.25
# Weight of where an actor stood against its distances to all others together.
ANCHOR = 0.35
# No two circles are nearer than this.
ROOM = 0.3
# How far a picture is stretched at most so that it is filled.
STRETCH = 1.8
# Radii of circles, by the weight of all ties.
LEAST, MOST = 13.0, 26.0


@dataclass(frozen=True, slots=True)
class Node:
    """An actor: where, how large, its member."""

    member: Member
    x: float
    y: float
    radius: float

    @property
    def split(self) -> bool:
        """Whether it stands between two blocs."""
        return self.member.between >= BETWEEN and self.member.toward is not None


@dataclass(frozen=True, slots=True)
class Line:
    """A tie, from circle to circle."""

    tie: Tie
    x1: float
    y1: float
    x2: float
    y2: float
    width: float

    @property
    def friendly(self) -> bool:
        """Whether there is more cooperation than conflict."""
        return self.tie.cooperation > self.tie.conflict


@dataclass(frozen=True, slots=True)
class Network:
    """A window drawn. `left_out`: actors that are told in words alone."""

    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]
    left_out: int
    width: int = WIDTH
    height: int = HEIGHT


def layouts(windows: Sequence[Coalitions]) -> list[Spots]:
    """For each window, where its actors stand, −1 to 1 in both directions."""
    known: Spots = {}
    found = []
    for window in windows:
        spots = _layout(window, _shown(window), known)
        known = known | spots
        found.append(spots)
    return _filling(found)


def _filling(layouts: Sequence[Spots]) -> list[Spots]:
    """All windows together fill the picture, each axis for itself, up to `STRETCH` times."""
    every = np.array([spot for spots in layouts for spot in spots.values()])
    if len(every) < 2:
        return list(layouts)
    low, high = every.min(axis=0), every.max(axis=0)
    factor = np.minimum(2 / np.maximum(high - low, 1e-6), STRETCH)
    middle = (low + high) / 2

    def moved(spot: tuple[float, float]) -> tuple[float, float]:
        x, y = ((np.array(spot) - middle) * factor).round(3)
        return float(x), float(y)

    return [{actor: moved(spot) for actor, spot in spots.items()} for spots in layouts]


def draw(window: Coalitions, spots: Spots) -> Network:
    """The window as lines and circles, in units of the picture."""
    strength: dict[str, float] = {}
    for tie in window.ties:
        for actor in (tie.one, tie.other):
            strength[actor] = strength.get(actor, 0.0) + tie.cooperation + tie.conflict
    most = max((strength[actor] for actor in spots), default=1.0)
    nodes = {
        member.actor: Node(
            member,
            round(EDGE + (spots[member.actor][0] + 1) / 2 * (WIDTH - 2 * EDGE), 1),
            round(EDGE + (spots[member.actor][1] + 1) / 2 * (HEIGHT - 2 * EDGE), 1),
            round(LEAST + (MOST - LEAST) * math.sqrt(strength[member.actor] / most), 1),
        )
        for member in window.members
        if member.actor in spots
    }
    ties = [
        tie
        for tie in window.ties
        if tie.one in nodes and tie.other in nodes and tie.cooperation != tie.conflict
    ]
    ties.sort(key=lambda tie: (-abs(tie.cooperation - tie.conflict), tie.one, tie.other))
    lines = tuple(_line(tie, nodes[tie.one], nodes[tie.other]) for tie in reversed(ties[:TIES]))
    return Network(tuple(nodes.values()), lines, len(window.members) - len(nodes))


def _line(tie: Tie, one: Node, other: Node) -> Line:
    width = round(0.8 + 0.9 * abs(tie.cooperation - tie.conflict), 1)
    return Line(tie, one.x, one.y, other.x, other.y, width)


def _shown(window: Coalitions) -> list[Member]:
    """The actors with most ties, in the order of their names."""
    strength = {member.actor: 0.0 for member in window.members}
    for tie in window.ties:
        for actor in (tie.one, tie.other):
            strength[actor] += tie.cooperation + tie.conflict
    chosen = sorted(window.members, key=lambda m: (-strength[m.actor], m.actor))[:ACTORS]
    return sorted(chosen, key=lambda m: m.actor)


def _layout(window: Coalitions, members: Sequence[Member], known: Mapping[str, tuple[float, float]]) -> Spots:
    if len(members) < 2:
        return {m.actor: known.get(m.actor, (0.0, 0.0)) for m in members}
    from scipy.optimize import minimize

    aims, weights = _aims(window, members)
    start = _start(members, known)
    anchored = np.array([ANCHOR if member.actor in known else 0.0 for member in members])
    n = len(members)

    def stress(flat: Floats) -> tuple[float, Floats]:
        spots = flat.reshape(n, 2)
        apart = spots[:, None] - spots[None, :]
        far = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-6)
        off = far - aims
        gradient = 4 * (weights * off / far)[:, :, None] * apart
        moved = spots - start
        value = float((weights * off**2).sum() + (anchored[:, None] * moved**2).sum())
        return value, (gradient.sum(axis=1) + 2 * anchored[:, None] * moved).ravel()

    found = minimize(stress, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 100})
    spots = _spread(np.asarray(found.x).reshape(n, 2), centred=not anchored.any())
    return {
        member.actor: (round(float(x), 3), round(float(y), 3))
        for member, (x, y) in zip(members, spots, strict=True)
    }


def _aims(window: Coalitions, members: Sequence[Member]) -> tuple[Floats, Floats]:
    """How far apart each two should be, and how much that counts, so that all of an actor count about one."""
    n = len(members)
    place = {member.actor: number for number, member in enumerate(members)}
    blocs = np.array([member.bloc or -number for number, member in enumerate(members, 1)])
    same = blocs[:, None] == blocs[None, :]
    aims = np.where(same, SAME, APART)
    weights = np.full((n, n), UNTIED)
    for tie in window.ties:
        if tie.one not in place or tie.other not in place:
            continue
        a, b = place[tie.one], place[tie.other]
        net = tie.cooperation - tie.conflict
        aim = aims[a, b] / (1 + net / 4) if net > 0 else min(aims[a, b] * (1 - net / 4), AGAINST)
        aims[a, b] = aims[b, a] = aim
        weights[a, b] = weights[b, a] = 1.0
    np.fill_diagonal(weights, 0.0)
    return aims, weights / max(n - 1, 1)


def _start(members: Sequence[Member], known: Mapping[str, tuple[float, float]]) -> Floats:
    """Where an actor stood; who is new begins beside the known of its bloc, else on a circle of blocs."""
    blocs = sorted({member.bloc for member in members if member.bloc is not None})
    middles: dict[int, list[tuple[float, float]]] = {}
    for member in members:
        if member.bloc is not None and member.actor in known:
            middles.setdefault(member.bloc, []).append(known[member.actor])
    spots = np.zeros((len(members), 2))
    for number, member in enumerate(members):
        angle = 2 * np.pi * number / len(members)
        around = 0.25 * np.array([np.cos(angle), np.sin(angle)])
        if member.actor in known:
            spots[number] = known[member.actor]
        elif member.bloc in middles:
            spots[number] = np.mean(middles[member.bloc], axis=0) + around
        elif member.bloc is not None:
            turn = 2 * np.pi * blocs.index(member.bloc) / len(blocs)
            spots[number] = 0.7 * np.array([np.cos(turn), np.sin(turn)]) + around
        else:
            spots[number] = 2 * around
    return spots


def _spread(spots: Floats, *, centred: bool) -> Floats:
    """Into the picture, which is wider than high, and no circle over another; only what has no past is centred."""
    if centred:
        spots = spots - (spots.max(axis=0) + spots.min(axis=0)) / 2
    ratio = np.array([1.0, (WIDTH - 2 * EDGE) / (HEIGHT - 2 * EDGE)])
    spots = spots / np.maximum(np.abs(spots).max(), 1.0)
    room = min(ROOM, 1.6 / math.sqrt(len(spots)))
    for _ in range(60):
        apart = (spots[:, None] - spots[None, :]) / ratio
        far = np.maximum(np.sqrt((apart**2).sum(axis=2)), 1e-6)[:, :, None]
        np.einsum("iij->ij", far)[...] = room
        if far.min() >= room:
            break
        spots = np.clip(spots + (apart / far * np.clip(room - far, 0, None) / 2 * ratio).sum(axis=1), -1, 1)
    return spots
