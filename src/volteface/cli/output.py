"""Results as a table, CSV, JSON Lines or Parquet, on standard output or in a file."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

import click

from volteface.cli.common import HIDDEN
from volteface.errors import StoreError

if TYPE_CHECKING:
    from volteface.store import Table

F = TypeVar("F", bound=Callable[..., Any])
Cells = dict[str, Callable[[dict[str, Any]], str]]

FORMATS = ("table", "csv", "jsonl", "parquet")
# The width of a table that is not printed to a terminal, unless COLUMNS gives one.
FILE_WIDTH = 160


def format_options(command: F) -> F:
    """`--format` and `--output`."""
    command = click.option(
        "--output", type=click.Path(dir_okay=False), help="Write to this file instead of standard output."
    )(command)
    return click.option(
        "--format",
        "form",
        type=click.Choice(FORMATS),
        default="table",
        show_default=True,
        help="What to write.",
    )(command)


def write(
    table: Table[Any], form: str, output: str | None, *, cells: Cells | None = None, most: int | None = None
) -> None:
    """Write a result. `cells`: what a table shows, by column; every column as it is by default. `most`: how
    many rows a terminal is given."""
    if form == "parquet":
        if output is None:
            raise click.UsageError("--format parquet needs --output FILE")
        from volteface.store import write_parquet

        _into(output, lambda part: write_parquet(table, part))
    elif output is None:
        binary = sys.stdout.buffer
        stream = io.TextIOWrapper(binary, "utf-8", "backslashreplace", newline="", write_through=True)
        try:
            terminal = sys.stdout.isatty()
            _write_text(table, form, stream, cells, terminal=terminal, most=most if terminal else None)
            stream.flush()
        finally:
            stream.detach()
    else:
        _into(output, lambda part: _write_file(table, form, part, cells))


def _into(output: str, write_part: Callable[[Path], None]) -> None:
    """Write beside the file first, so that a failure leaves no half of it and an older one whole."""
    part = Path(f"{output}.part")
    try:
        write_part(part)
        part.replace(output)
    except OSError as error:
        raise StoreError(f"{output}: cannot be written: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)


def _write_file(table: Table[Any], form: str, path: Path, cells: Cells | None) -> None:
    with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream:
        _write_text(table, form, stream, cells, terminal=False)


def _write_text(
    table: Table[Any],
    form: str,
    stream: TextIO,
    cells: Cells | None,
    *,
    terminal: bool,
    most: int | None = None,
) -> None:
    from volteface.store import write_csv, write_jsonl

    if form == "jsonl":
        write_jsonl(table, stream)
    elif form == "csv" and terminal:
        plain = io.StringIO()
        write_csv(table, plain)
        stream.write(HIDDEN.sub("", plain.getvalue().replace("\r\n", "\n")))
    elif form == "csv":
        write_csv(table, stream)
    else:
        _write_table(table, stream, cells, terminal=terminal, most=most)


def _write_table(
    table: Table[Any], stream: TextIO, cells: Cells | None, *, terminal: bool, most: int | None
) -> None:
    from rich.console import Console

    from volteface.show import brief, listing

    told = terminal or os.environ.get("COLUMNS", "").isdigit()
    console = Console(file=stream, width=None if told else FILE_WIDTH, force_terminal=terminal or None)
    if cells is None:
        console.print(listing(table.columns, ([text_of(cell) for cell in row] for row in table.tuples())))
        return
    rows = ([cell(row) for cell in cells.values()] for row in islice(table.dicts(), most))
    console.print(brief(list(cells), rows, width=console.width))
    if most is not None and (count := table.count()) > most:
        console.print(f"… and {count - most} more; --limit {count} shows all, a filter fewer")


def text_of(value: object) -> str:
    """A cell: nothing for null, lists by commas."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(text_of(item) for item in value)
    return str(value)


def plain(name: str) -> Callable[[dict[str, Any]], str]:
    """A cell that is a column as it is."""
    return lambda row: text_of(row[name])
