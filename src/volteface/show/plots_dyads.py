"""Pictures of what passes between two actors: sums by day, week or month, and events one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from volteface.records.marks import clean
from volteface.show.plots import FAINT, INK, QUADS, date_axis, picture

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Bars of cooperation stand above the line, of conflict hang below it; deeds next to the line, words beyond them.
ABOVE = ("material cooperation", "verbal cooperation")
BELOW = ("material conflict", "verbal conflict")
DAYS = {"day": 1, "week": 7, "month": 31}
# How many events of a timeline have their type beside them: those with the strongest scores.
LABELS = 8
# Share of a period that its bar is wide.
BAR = 0.9


def plot_series(path: str | Path, rows: Sequence[Mapping[str, Any]], *, by: str, title: str) -> None:
    """Events of each period by quad, their mean score, what was kept out, and how much was seen at all.

    `rows` as `Store.series` has them. Raises `StoreError` if the file's name ends in neither .svg nor .png, or cannot
    be written.
    """
    with picture(path, 9, 5.6) as figure:
        counts, scores, strip = figure.subplots(3, 1, sharex=True, height_ratios=[5, 2, 1])
        periods = [row["period"] for row in rows]
        widths = _widths(periods, by)
        _quads(counts, rows, periods, widths)
        figure.suptitle(clean(title), x=0.01, ha="left", fontsize=13, fontweight="bold")
        known = [
            (p, w, row["score_mean"])
            for p, w, row in zip(periods, widths, rows, strict=True)
            if row["events"]
        ]
        middles: Any = [p + timedelta(days=w / 2) for p, w, mean in known if mean is not None]
        scores.plot(
            middles, [mean for *_, mean in known if mean is not None], color=INK, marker="o", markersize=3
        )
        scores.axhline(0, color=FAINT, linewidth=0.6, zorder=0)
        scores.set_ylim(-10.5, 10.5)
        scores.set_yticks([-10, 0, 10], ["−10", "0", "10"])
        scores.set_ylabel("mean score", fontsize=8)
        seen: Any = [row["documents"] + row["imported"] for row in rows]
        strip.bar(_days(periods), seen, width=widths, align="edge", color=FAINT, linewidth=0)
        what = "imported" if any(row["imported"] for row in rows) else "documents"
        strip.set_ylabel(f"{what}\na {by}", rotation=0, ha="right", va="center", fontsize=8)
        date_axis(strip)


def plot_timeline(path: str | Path, rows: Sequence[Any], *, title: str) -> None:
    """Each act as a stem from the line to its score, larger the more independent sources tell it; the strongest named.

    `rows` as `Store.timeline` has them; those without a day or a score are not drawn. Raises `StoreError` as
    `plot_series` does.
    """
    shown = [row for row in rows if row.day is not None and row.score is not None]
    with picture(path, 9, 4.2) as figure:
        axes = figure.subplots()
        for quad, colour in QUADS.items():
            mine = [row for row in shown if row.quad == quad]
            if mine:
                days: Any = [row.day for row in mine]
                scores = [row.score for row in mine]
                axes.vlines(days, 0, scores, color=colour, linewidth=1, alpha=0.6)
                sizes = [18.0 * min(row.sources, 10) for row in mine]
                axes.scatter(days, scores, s=sizes, color=colour, linewidths=0, label=quad, clip_on=False)
        axes.axhline(0, color=FAINT, linewidth=0.6, zorder=0)
        axes.set_ylim(-11.5, 11.5)
        axes.set_yticks([-10, -5, 0, 5, 10], ["−10\nconflict", "−5", "0", "5", "cooperation\n10"])
        _names(axes, shown)
        figure.suptitle(clean(title), x=0.01, ha="left", fontsize=13, fontweight="bold")
        if shown:
            figure.legend(loc="outside lower center", ncols=4, frameon=False, fontsize=8)
        date_axis(axes)


def _quads(
    axes: Axes, rows: Sequence[Mapping[str, Any]], periods: Sequence[date], widths: Sequence[float]
) -> None:
    for quads, sign in ((ABOVE, 1), (BELOW, -1)):
        bottom = [0.0] * len(rows)
        for quad in quads:
            heights = [sign * row[quad.replace(" ", "_")] for row in rows]
            if any(heights):
                axes.bar(
                    _days(periods), heights, bottom=bottom, width=widths, align="edge", color=QUADS[quad], label=quad,
                    linewidth=0,
                )  # fmt: skip
            bottom = [low + height for low, height in zip(bottom, heights, strict=True)]
    apart = [row["kept_out"] for row in rows]
    if any(apart):
        axes.scatter(
            _days([p + timedelta(days=w / 2) for p, w in zip(periods, widths, strict=True)]), [0] * len(rows),
            s=[14.0 * count for count in apart], facecolors="none", edgecolors=INK, linewidths=0.7, zorder=3,
            label="kept out (alleged, announced, denied)",
        )  # fmt: skip
    axes.axhline(0, color=FAINT, linewidth=0.6)
    axes.set_ylabel("events: conflict, cooperation", fontsize=8)
    axes.yaxis.set_major_formatter(lambda value, place: f"{abs(value):g}")
    if axes.get_legend_handles_labels()[1]:
        axes.legend(loc="lower left", bbox_to_anchor=(0, 1), ncols=5, frameon=False, fontsize=8)


def _names(axes: Axes, rows: Sequence[Any]) -> None:
    """The type of the strongest acts, one a day and direction."""
    strongest: dict[tuple[date, bool], Any] = {}
    for row in sorted(rows, key=lambda row: (-abs(row.score), -row.sources, row.day, row.act)):
        strongest.setdefault((row.day, row.score > 0), row)
    for (day, up), row in list(strongest.items())[:LABELS]:
        at: Any = (day, row.score)
        axes.annotate(
            (row.type or "").lower(), at, xytext=(0, 7 if up else -7), textcoords="offset points", ha="center",
            va="bottom" if up else "top", fontsize=7,
        )  # fmt: skip


def _widths(periods: Sequence[date], by: str) -> list[float]:
    ends = [*periods[1:], *[periods[-1] + timedelta(days=DAYS[by])] * bool(periods)] if periods else []
    return [BAR * (end - start).days for start, end in zip(periods, ends, strict=True)]


def _days(days: Sequence[date]) -> Any:
    """matplotlib's hints want numbers; it takes days."""
    return list(days)
