"""Pictures worth printing: the course of one actor toward another, and who stands with whom.

SVG and PNG by matplotlib, without its global state: the same data give the same bytes, with no date in them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from volteface.analyse.coalitions import BETWEEN, Coalitions
from volteface.analyse.course import Change, Course
from volteface.errors import StoreError
from volteface.records.marks import clean

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

FORMATS = ("svg", "png")
# Cooperation green, conflict red, words lighter than deeds; told apart by the colour-blind and in grey.
QUADS = {
    "material cooperation": "#00543d",
    "verbal cooperation": "#5fb58c",
    "verbal conflict": "#f0a04b",
    "material conflict": "#a3162e",
}
INK, FAINT, PAPER = "#1d2733", "#8a94a0", "#ffffff"
# Blocs by number; a window with more begins again.
BLOCS = ("#2a5c99", "#b4592c", "#5f7f2e", "#7a4a94", "#2f8a8a", "#a6506e")
ALONE = "#c3c9d0"
STYLE: Any = {
    "svg.hashsalt": "volteface",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.edgecolor": FAINT,
    "axes.labelcolor": INK,
    "axes.linewidth": 0.6,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "text.parse_math": False,
}
DPI = 200
# Turning points nearer to each other than this share of the width have their labels on two lines.
CROWDED = 0.2
# An axis of fewer days has a tick for each: matplotlib would put hours between them.
FEW_DAYS = 10
# How far apart two actors stand at least; the network is two wide.
ROOM = 0.3
# More windows than this are not readable on one page: the last ones are drawn.
PANELS = 9


@dataclass(frozen=True, slots=True)
class Dot:
    """One event: its day, score and quad."""

    day: date
    score: float
    quad: str | None


def plot_course(
    path: str | Path, course: Course, dots: Sequence[Dot], coverage: Mapping[date, int], *, title: str
) -> None:
    """Events as points, the position with its band, turning points, and below how many documents there were.

    `coverage`: documents by day. Raises `StoreError` if the file's name ends in neither .svg
    nor .png, or cannot be written.
    """
    with picture(path, 9, 5.2) as figure:
        axes, strip = figure.subplots(2, 1, sharex=True, height_ratios=[6, 1])
        _dots(axes, dots)
        days: Any = [point.day for point in course.points]
        lows, highs = ([getattr(point, side) for point in course.points] for side in ("low", "high"))
        axes.fill_between(days, lows, highs, color=INK, alpha=0.14, linewidth=0)
        axes.plot(days, [point.position for point in course.points], color=INK, linewidth=1.8)
        axes.axhline(0, color=FAINT, linewidth=0.6, zorder=0)
        axes.set_ylim(-10.5, 10.5)
        axes.set_yticks([-10, -5, 0, 5, 10], ["−10\nconflict", "−5", "0", "5", "cooperation\n10"])
        _turns(axes, course.changes)
        figure.suptitle(clean(title), x=0.01, ha="left", fontsize=13, fontweight="bold")
        if axes.get_legend_handles_labels()[1]:
            axes.legend(
                loc="upper left",
                bbox_to_anchor=(0, -0.01),
                ncols=4,
                frameon=False,
                fontsize=8,
                handletextpad=0.2,
            )
        _coverage(strip, coverage)


def plot_coalitions(path: str | Path, windows: Sequence[Coalitions], *, title: str) -> None:
    """The signed network of each window: blocs in colour, cooperation in green, conflict in red and broken; who stands
    between two blocs has the rim of the other. Raises `StoreError` as `plot_course` does."""
    shown = windows[-PANELS:]
    columns = min(len(shown), 3) or 1
    rows = -(-len(shown) // columns) or 1
    with picture(path, 4.2 * columns + 0.6, 4.2 * rows + 0.6) as figure:
        places: dict[str, tuple[float, float]] = {}
        for number, axes in enumerate(np.ravel(figure.subplots(rows, columns, squeeze=False))):
            axes.set_axis_off()
            if number < len(shown):
                places |= _layout(shown[number], places)
                _network(axes, shown[number], places)
        left = len(windows) - len(shown)
        more = f" (the last {PANELS} of {len(windows)} windows)" if left else ""
        figure.suptitle(clean(title) + more, x=0.01, ha="left", fontsize=13, fontweight="bold")


@contextmanager
def picture(path: str | Path, width: float, height: float) -> Iterator[Figure]:
    """A figure that is written to the path when it is done."""
    form = Path(path).suffix.lower().removeprefix(".")
    if form not in FORMATS:
        raise StoreError(f"{path}: a picture is .svg or .png")
    from matplotlib import rc_context
    from matplotlib.figure import Figure

    with rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained", facecolor=PAPER)
        yield figure
        metadata = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        part = Path(f"{path}.part")
        try:
            figure.savefig(part, format=form, dpi=DPI, metadata=metadata)
            part.replace(path)
        except OSError as error:
            raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
        finally:
            part.unlink(missing_ok=True)


def _dots(axes: Axes, dots: Sequence[Dot]) -> None:
    for quad, colour in QUADS.items():
        counts: dict[tuple[date, float], int] = {}
        for dot in dots:
            if dot.quad == quad:
                counts[dot.day, dot.score] = counts.get((dot.day, dot.score), 0) + 1
        if counts:
            days: Any = [day for day, _ in counts]
            sizes = [16.0 * count for count in counts.values()]
            scores = [score for _, score in counts]
            axes.scatter(
                days, scores, s=sizes, color=colour, alpha=0.65, linewidths=0, label=quad, clip_on=False
            )


def _turns(axes: Axes, changes: Sequence[Change]) -> None:
    """A line for each turning point, its interval, and what changed, lower where the one before is near."""
    from matplotlib.dates import date2num

    left, right = axes.get_xlim()
    raised, before = False, -np.inf
    for change in changes:
        at = float(date2num(change.day))  # type: ignore[no-untyped-call]
        raised = not raised and at - before < CROWDED * (right - left)
        before = at
        days: Any = (change.earliest, change.latest)
        axes.axvspan(*days, color=QUADS[f"material {change.direction}"], alpha=0.1, linewidth=0)
        axes.axvline(at, color=QUADS[f"material {change.direction}"], linewidth=1)
        words = f"{change.day:%-d %b %Y}\n{_points(change.before)} → {_points(change.after)}"
        axes.annotate(
            words, (at, 1), xycoords=("data", "axes fraction"), xytext=(0, 26 if raised else 2),
            textcoords="offset points", ha="center", va="bottom", fontsize=8, fontweight="bold",
            color=QUADS[f"material {change.direction}"],
        )  # fmt: skip


def _points(score: float) -> str:
    return f"{score:+.1f}".replace("-", "−")


def _coverage(strip: Axes, coverage: Mapping[date, int]) -> None:
    from matplotlib.ticker import MaxNLocator

    weeks = Counter[date]()
    for day, count in coverage.items():
        weeks[day - timedelta(day.weekday())] += count
    days: Any = list(weeks)
    strip.bar(days, list(weeks.values()), width=6.2, align="edge", color=FAINT, linewidth=0)
    strip.set_ylabel("documents\na week", rotation=0, ha="right", va="center", fontsize=8)
    strip.yaxis.set_major_locator(MaxNLocator(2, integer=True))
    date_axis(strip)


def date_axis(axes: Axes) -> None:
    """Days along the bottom, said no more often than they are read; never hours, which no event has."""
    from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, DayLocator

    low, high = axes.get_xlim()
    few = high - low < FEW_DAYS
    locator = DayLocator() if few else AutoDateLocator(minticks=4, maxticks=12)  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(ConciseDateFormatter(locator))  # type: ignore[no-untyped-call]


def _layout(window: Coalitions, known: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """Where actors stand: blocs begin on a circle, everybody else in the middle or where they stood before; then those
    who cooperate draw nearer and all others push each other off (Fruchterman & Reingold 1991)."""
    actors = [member.actor for member in window.members]
    if not actors:
        return {}
    blocs = list(window.blocs)
    place = {actor: number for number, actor in enumerate(actors)}
    spots = np.zeros((len(actors), 2))
    for number, member in enumerate(window.members):
        angle = 2 * np.pi * number / len(actors)
        spots[number] = 0.3 * np.array([np.cos(angle), np.sin(angle)])
        if member.bloc is not None:
            turn = 2 * np.pi * blocs.index(member.bloc) / len(blocs)
            spots[number] += np.array([np.cos(turn), np.sin(turn)])
        spots[number] = known.get(member.actor, spots[number])
    pull = np.zeros((len(actors), len(actors)))
    for tie in window.ties:
        a, b = place[tie.one], place[tie.other]
        pull[a, b] = pull[b, a] = tie.cooperation - tie.conflict
    ideal = 1.4 / np.sqrt(len(actors))
    for step in np.linspace(0.15, 0.005, 150):
        apart = spots[:, None] - spots[None, :]
        far = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)[:, :, None]
        near, off = np.clip(pull, 0, 3)[:, :, None], np.where(pull < 0, 3, 1)[:, :, None]
        force = apart / far * (off * ideal**2 / far - near * far**2 / 3 / ideal)
        shift = force.sum(axis=1) - 0.3 * spots
        size = np.maximum(np.linalg.norm(shift, axis=1, keepdims=True), 1e-9)
        spots += shift / size * np.minimum(size, step)
    spots /= max(float(np.abs(spots).max()), 1e-9)
    for _ in range(100):
        apart = spots[:, None] - spots[None, :]
        far = np.maximum(np.linalg.norm(apart, axis=2), 1e-3)[:, :, None]
        spots += (apart / far * np.clip(ROOM - far, 0, None) / 2).sum(axis=1)
    spots = np.round(spots / max(float(np.abs(spots).max()), 1e-9), 3)
    return {actor: (float(x), float(y)) for actor, (x, y) in zip(actors, spots, strict=True)}


def _network(axes: Axes, window: Coalitions, places: Mapping[str, tuple[float, float]]) -> None:
    for tie in window.ties:
        xs, ys = zip(places[tie.one], places[tie.other], strict=True)
        net = tie.cooperation - tie.conflict
        quad, dashes = ("verbal cooperation", "solid") if net > 0 else ("material conflict", "dashed")
        axes.plot(
            xs, ys, color=QUADS[quad], linewidth=0.4 + 0.7 * abs(net), linestyle=dashes, alpha=0.7, zorder=1
        )
    for member in window.members:
        x, y = places[member.actor]
        fill = ALONE if member.bloc is None else BLOCS[(member.bloc - 1) % len(BLOCS)]
        split = member.between >= BETWEEN and member.toward is not None
        rim = BLOCS[((member.toward or 1) - 1) % len(BLOCS)] if split else PAPER
        axes.scatter([x], [y], s=560, color=fill, edgecolors=rim, linewidths=4 if split else 1, zorder=2)
        ink = INK if member.bloc is None else PAPER
        axes.annotate(
            clean(member.actor)[:12],
            (x, y),
            ha="center",
            va="center",
            fontsize=7,
            fontweight="bold",
            color=ink,
            zorder=3,
        )
    words = [f"{number}  {', '.join(map(clean, actors))}" for number, actors in window.blocs.items()]
    axes.set_title(f"{window.since:%-d %b %Y} – {window.until:%-d %b %Y}", fontsize=9, loc="left")
    axes.text(0, 0, "\n".join(words), transform=axes.transAxes, fontsize=7, va="top", wrap=True)
    axes.set_xlim(-1.2, 1.2)
    axes.set_ylim(-1.2, 1.2)
