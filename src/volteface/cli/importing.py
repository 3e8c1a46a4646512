"""`volteface import`: event data that users already have."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from volteface.cli.common import complain, database_option, interruptible

if TYPE_CHECKING:
    from volteface.store import Imported

FORMATS = ("auto", "icews", "gdelt", "polecat")


@click.command(name="import")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="auto",
    show_default=True,
    help="What the files are; auto: told by the number of columns.",
)
@database_option
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
def import_(form: str, database: str, files: tuple[Path, ...]) -> None:
    """Import event data as acts: ICEWS (20 columns), GDELT 2.0 Events (61) or POLECAT (40).

    FILE: tab-separated as its publisher has it, perhaps gzipped or alone in a zip. A file is stored whole or not at
    all; one that was imported before is left out. Rows that cannot be read are named and left out.

    \b
    Example:
      volteface import 20180601123000.export.CSV.zip --db news.duckdb
    """
    from volteface.store import Store

    failed = False
    stopped = f"stopped; {database} has the files named above and nothing of the others"
    with interruptible(stopped), Store.open(database) as store, _Bar() as bar:
        for one in store.import_files(files, origin=None if form == "auto" else form, report=bar.update):
            failed = _tell(one) or failed
    if failed:
        sys.exit(1)


def _tell(one: Imported) -> bool:
    """Say what became of a file; whether something is wrong with it."""
    for problem in one.problems:
        complain(problem)
    if one.malformed > len(one.problems):
        complain(f"{one.file}: {one.malformed - len(one.problems)} more rows are malformed")
    if one.before:
        click.echo(f"{one.file}: imported before", err=True)
    elif one.stored:
        known = f", {one.known} already there" if one.known else ""
        bad = f", {one.malformed} malformed" if one.malformed else ""
        click.echo(f"{one.file}: {one.origin}, {one.acts} acts{known}{bad}", err=True)
    return bool(one.problems)


class _Bar:
    """The share of the file that is read, on standard error, if that is a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> _Bar:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import Progress

            self._bar = Progress(console=Console(stderr=True), transient=True)
            self._bar.start()
            self._task = self._bar.add_task("importing", total=1.0)
        return self

    def update(self, file: str, share: float) -> None:
        """Show how far it is."""
        if self._bar is not None:
            self._bar.update(self._task, description=Path(file).name, completed=share)

    def __exit__(self, *error: object) -> None:
        if self._bar is not None:
            self._bar.stop()
