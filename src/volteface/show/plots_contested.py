"""A picture of what is contested: each occurrence on its day, who asserts it, and who denies it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

from volteface.records.marks import clean
from volteface.show.plots import FAINT, QUADS, date_axis, picture

if TYPE_CHECKING:
    from volteface.store import ContestedRow

# More lines are not readable on one page: the last ones are drawn.
LINES = 30
# Characters of who and whom, and of each side's names.
LABEL, NAMES = 48, 56


def plot_contested(path: str | Path, rows: Sequence[ContestedRow], *, title: str) -> None:
    """A line for each event, in the order of their days: what is said to have happened on the left, who says so and
    who denies it on the right, a point on its day as large as independent sources are many.

    Events without a day are not drawn. Raises `StoreError` if the file's name ends in neither .svg nor .png, or
    cannot be written.
    """
    dated = [row for row in rows if row.date_start is not None]
    shown = dated[-LINES:]
    with picture(path, 11, 1.4 + 0.42 * max(len(shown), 2)) as figure:
        axes = figure.subplots()
        days: Any = [row.date_start for row in shown]
        sizes = [26.0 * min(row.sources, 10) for row in shown]
        axes.scatter(
            days, range(len(shown)), s=sizes, c=[QUADS[row.quad] for row in shown], linewidths=0, zorder=2
        )
        axes.hlines(range(len(shown)), 0, 1, transform=axes.get_yaxis_transform(), color=FAINT, linewidth=0.3)
        axes.set_yticks(range(len(shown)), [_what(row) for row in shown], fontsize=8)
        axes.tick_params(axis="y", length=0)
        axes.set_ylim(len(shown) - 0.4, -0.6)
        for number, row in enumerate(shown):
            axes.annotate(
                f"asserted by {_names(row.asserted_by)}\ndenied by {_names(row.denied_by)}",
                (1.01, number), xycoords=axes.get_yaxis_transform(), va="center", fontsize=7, annotation_clip=False,
            )  # fmt: skip
        more = f" (the last {LINES} of {len(dated)})" if len(dated) > LINES else ""
        figure.suptitle(clean(title) + more, x=0.01, ha="left", fontsize=13, fontweight="bold")
        if shown:
            date_axis(axes)


def _what(row: ContestedRow) -> str:
    actors, recipients = (", ".join(map(clean, names)) or "?" for names in (row.actors, row.recipients))
    told = f"{shorten(f'{actors} → {recipients}', LABEL, placeholder=' …')}"
    return f"{told}\n{row.type.lower()}{f', {row.mode}' if row.mode else ''}"


def _names(names: Sequence[str]) -> str:
    return shorten(", ".join(map(clean, names)), NAMES, placeholder=" …")
