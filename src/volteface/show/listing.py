"""Listings in a terminal: short columns as they are, the rest of the width shared out, a few lines a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from volteface.records.marks import clean

# A row of more lines is no longer read at a glance; what is cut ends in "…", other formats have all of it.
MOST_LINES = 4
GAP = 2
# Characters of columns that hold a day or a code; a longer cell (two days, a type with its mode) breaks
# between words.
SHORT = {"date": 10, "published": 10, "event": 13, "status": 7, "form": 8, "document": 8}
# How the others share what is left of the line; none gets more than its longest cell needs.
SHARES = {"who → whom": 3, "according to": 2, "sentence": 5, "speaker": 2, "content": 5, "via": 1}
# Of however narrow a terminal, what a column of words needs.
NARROWEST = 8


def listing(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    """A table of texts from pages, nothing of them read as markup, laid out by its printer."""
    table = Table(show_edge=False, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(Text(line(column)), overflow="fold", no_wrap=column in SHORT)
    for row in rows:
        table.add_row(*(Text(line(cell)) for cell in row))
    return table


def brief(columns: Sequence[str], rows: Iterable[Sequence[str]], *, width: int) -> Table:
    """The same within `width` characters and `MOST_LINES` lines a row, without columns that are empty."""
    cells = [[line(cell) for cell in row] for row in rows]
    kept = [i for i in range(len(columns)) if not cells or any(_each(cells, i))]
    needs = {columns[i]: max(cell_len(text) for text in (columns[i], *_each(cells, i))) for i in kept}
    widths = _widths(needs, width - GAP * (len(kept) - 1))
    table = Table(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="bold"
    )
    for column, chars in widths.items():
        table.add_column(Text(column), width=chars, overflow="fold")
    console = Console(width=width)
    for row in cells:
        table.add_row(*(_cut(row[i], widths[columns[i]], console) for i in kept))
    return table


def line(text: str) -> str:
    """A text on one line, without what could drive a terminal."""
    return " ".join(clean(text).split())


def _widths(needs: Mapping[str, int], width: int) -> dict[str, int]:
    """Short columns as wide as they need; the others by their shares, what one does not need going to the
    rest."""
    widths = {column: min(need, SHORT[column]) for column, need in needs.items() if column in SHORT}
    left = width - sum(widths.values())
    open_ = {column: SHARES.get(column, 1) for column in needs if column not in SHORT}
    while open_:
        unit = max(left, 0) / sum(open_.values())
        content = [column for column, share in open_.items() if needs[column] <= share * unit]
        for column in content or list(open_):
            widths[column] = needs[column] if content else max(NARROWEST, int(open_[column] * unit))
            left -= needs[column] if content else 0
            del open_[column]
    return {column: widths[column] for column in needs}


def _each(rows: Sequence[Sequence[str]], column: int) -> Iterator[str]:
    return (row[column] for row in rows)


def _cut(text: str, width: int, console: Console) -> Text:
    wrapped = Text(text).wrap(console, width, overflow="fold")
    if len(wrapped) <= MOST_LINES:
        return Text(text)
    last = wrapped[MOST_LINES - 1].plain.rstrip()
    shown = [part.plain.rstrip() for part in wrapped[: MOST_LINES - 1]]
    shown.append((last if cell_len(last) < width else last[:-1].rstrip()) + "…")
    return Text("\n".join(shown))
