"""Commands on a database: fill it, list what is in it, ask it, show an article."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import click

from volteface.cli.common import (
    Day,
    complain,
    database_option,
    interruptible,
    pipeline_option,
    published_option,
)
from volteface.cli.deciding import key_of, show_actor
from volteface.cli.output import Cells, format_options, plain, text_of, write

if TYPE_CHECKING:
    from volteface.linking import Progress as Links
    from volteface.run import Progress

F = TypeVar("F", bound=Callable[..., Any])

STATUSES = ("actual", "alleged", "future", "hypothetical", "negated", "historical")
# As a listing has them, where lines are short.
STATUSES_SHORT = {"hypothetical": "hypoth.", "historical": "histor."}
# Seconds that `read` waits for the database before it begins: servers and listings let it go sooner, and who holds it
# longer keeps it. Once it has begun it waits as long as it takes.
PATIENCE = 10.0
# More rows than anybody scrolls back through.
TERMINAL_ROWS = 200


@click.command()
@published_option
@pipeline_option
@click.option(
    "--workers", type=click.IntRange(1), help="Processes to code with.  [default: one per processor]"
)
@click.option("--recode", is_flag=True, help="Also code again what an earlier version of the coder coded.")
@click.option(
    "--timeout", type=click.FloatRange(1), default=120, show_default=True, help="Seconds a page may take."
)
@database_option
@click.argument("paths", nargs=-1, required=True, metavar="PATH…")
def read(
    published: date | None,
    pipeline: str | None,
    workers: int | None,
    recode: bool,
    timeout: float,
    database: str,
    paths: tuple[str, ...],
) -> None:
    """Code pages into a database, skipping what it already holds.

    PATH: as FILE of `code`. The run can be killed at any moment and started again: it goes on where it was.

    \b
    Example:
      volteface read samples --db news.duckdb
    """
    from volteface.linking import bring_up_to_date
    from volteface.run import default_coder, read_pages
    from volteface.store import Store

    goes_on = f"stopped; {database} is whole, and the same command goes on from here"
    with interruptible(goes_on), Store.open(database, wait=PATIENCE) as store, _Bar() as bar:
        make_coder = partial(default_coder, pipeline, store.corrections())
        with store.by_turns():
            progress = read_pages(
                paths,
                store,
                published=published.isoformat() if published else None,
                workers=workers,
                recode=recode,
                seconds=timeout,
                make_coder=make_coder,
                report=bar.update,
                stdin=sys.stdin.buffer,
            )
            bring_up_to_date(store, report=bar.update_links)
        counts = store.counts()
    for error in progress.failed:
        complain(str(error))
    done = f"{progress.stored} coded, {progress.skipped} already there, {len(progress.failed)} failed"
    held = ", ".join(f"{counts[what]} {what}" for what in ("documents", "events", "quotes"))
    click.echo(f"{database}: {done}; {held} in all", err=True)
    if progress.failed:
        sys.exit(1)


def filter_options(*names: str, coder: bool = True) -> Callable[[F], F]:
    """The filters of a listing, by name, and what every listing has; `coder`: of what one coder made alone."""
    options = {
        "actor": click.option(
            "--actor", help="Who acts or speaks: a code (RUS, GOV, IGO) or words of a name."
        ),
        "recipient": click.option("--recipient", help="Who is acted on: a code or words of a name."),
        "type": click.option("--type", "types", multiple=True, help="PLOVER type; may be repeated."),
        "status": click.option(
            "--status", "statuses", multiple=True, type=click.Choice(STATUSES), help="May be repeated."
        ),
        "since": click.option("--since", type=Day(), help="First day."),
        "until": click.option("--until", type=Day(), help="Last day."),
        "source": click.option("--source", help="Part of the page's address or its publisher."),
        "coder": click.option("--coder", help="What an earlier coder made: start of its id."),
        "limit": click.option("--limit", type=click.IntRange(0), help="At most so many rows."),
    }

    def decorate(command: F) -> F:
        shared = ("since", "until", "source", *(("coder",) if coder else ()), "limit")
        for name in reversed((*names, *shared)):
            command = options[name](command)
        return database_option(format_options(command))

    return decorate


def _list(
    verb: str, database: str, form: str, output: str | None, cells: Cells, filters: dict[str, Any]
) -> None:
    from volteface.store import Filters, Store

    with Store.open(database, read_only=True) as store:
        table = getattr(store, verb)(Filters(**filters))
        write(table, form, output, cells=cells, most=TERMINAL_ROWS if filters["limit"] is None else None)


@click.command()
@filter_options("actor", "recipient", "type", "status")
def events(database: str, form: str, output: str | None, **filters: Any) -> None:
    """List events, oldest first.

    \b
    Example:
      volteface events --actor RUS --status alleged --since 2015-11-01 --format csv
    """
    _list("events", database, form, output, EVENT_CELLS, filters)


@click.command()
@filter_options("actor")
def quotes(database: str, form: str, output: str | None, **filters: Any) -> None:
    """List who said what.

    \b
    Example:
      volteface quotes --actor "Foreign Ministry" --format jsonl
    """
    _list("quotes", database, form, output, QUOTE_CELLS, filters)


@click.command()
@click.argument("name", required=False)
@click.option(
    "--key", help="What is known of the actor with this key; in other formats than table its evidence."
)
@filter_options()
def actors(
    name: str | None, key: str | None, database: str, form: str, output: str | None, **filters: Any
) -> None:
    """List who is reported on, or those with NAME (a code or words of a name).

    Where NAME clearly means one of them, the table is what is known of it, since when, from which sentences.

    \b
    Example:
      volteface actors Ministry --limit 20
    """
    from volteface.store import Store

    with Store.open(database, read_only=True) as store:
        if key is None and name and form == "table":
            key = key_of(store, name, filters)
        if key is not None:
            show_actor(store, key, form, output)
            return
    _list("actors", database, form, output, ACTOR_CELLS, {"name": name, **filters})


@click.command()
@click.argument("sql")
@click.option(
    "--limit", type=click.IntRange(0), default=100_000, show_default=True, help="At most so many rows."
)
@click.option(
    "--timeout", type=click.FloatRange(0.1), default=60, show_default=True, help="Seconds it may take."
)
@format_options
@database_option
def query(sql: str, limit: int, timeout: float, form: str, output: str | None, database: str) -> None:
    """Run one SELECT on the database: read-only, without access to files or the network.

    Tables: docs/reference/schema.md, or `volteface query 'SHOW TABLES'`.

    \b
    Example:
      volteface query 'SELECT type, count(*) FROM events SEMI JOIN latest USING (document, coder) GROUP BY
      ALL'
    """
    from volteface.store import query as run

    table = run(database, sql, rows=limit, seconds=timeout)
    try:
        write(table, form, output)
    finally:
        table.close()


@click.command()
@click.argument("document")
@click.option("--coder", help="What an earlier coder made: start of its id.")
@database_option
def show(document: str, coder: str | None, database: str) -> None:
    """Print an article with what was found in it marked, and its events beside it.

    DOCUMENT: the start of its id as listings print it, or the address it was read from.

    \b
    Example:
      volteface show samples/crisis-01.html
    """
    from rich.console import Console

    from volteface.show import show as print_record
    from volteface.store import Store

    with Store.open(database, read_only=True) as store:
        record = store.record(document, coder=coder)
    print_record(record, Console(file=sys.stdout))


class _Bar:
    """A progress bar on standard error, if that is a terminal."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> _Bar:
        if sys.stderr.isatty():
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            self._bar = Progress(
                *(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()),
                console=Console(stderr=True),
            )
            self._bar.start()
            self._task = self._bar.add_task("reading", total=None)
        return self

    def update(self, progress: Progress) -> None:
        """Show how far it is."""
        if self._bar is not None:
            self._bar.update(self._task, total=progress.total, completed=progress.done)

    def update_links(self, progress: Links) -> None:
        """Show how far linking is, once reading is done."""
        if self._bar is not None:
            self._bar.update(self._task, description="linking", total=progress.total, completed=progress.done)

    def stop(self) -> None:
        """Leave the line before messages are printed."""
        if self._bar is not None:
            self._bar.stop()

    def __exit__(self, *error: object) -> None:
        self.stop()


def event_date(row: dict[str, Any]) -> str:
    """A day, a month, a year, or from when to when."""
    start, end = row["date_start"], row["date_end"]
    if start is None or start == end:
        return text_of(start)
    after = end + timedelta(days=1)
    if start.day == after.day == 1 and start.year == end.year:
        if start.month == end.month:
            return f"{start:%Y-%m}"
        if start.month == 1 and after.month == 1:
            return f"{start:%Y}"
    return f"{start} to {end:%m-%d}" if start.year == end.year else f"{start} to {end}"


def parties(row: dict[str, Any]) -> str:
    """Who to whom."""
    sides = (("actors", "actor_countries"), ("recipients", "recipient_countries"))
    return " → ".join(
        ", ".join(
            f"{name} [{country}]" if country else name
            for name, country in zip(row[names], row[countries], strict=True)
        )
        or "—"
        for names, countries in sides
    )


EVENT_CELLS: Cells = {
    "date": event_date,
    "event": lambda row: f"{row['type']} {row['mode'] or ''}",
    "status": lambda row: str(STATUSES_SHORT.get(row["status"], row["status"])),
    "who → whom": parties,
    "according to": lambda row: ", via ".join([", ".join(row["according_to"]), *row["via"]]),
    "sentence": plain("sentence"),
    "document": lambda row: row["document"][:8],
}
QUOTE_CELLS: Cells = {
    "published": plain("published"),
    "speaker": lambda row: (
        row["speaker"]
        + (f" [{row['country']}]" if row["country"] else "")
        + (f", for {row['speaks_for']}" if row["speaks_for"] else "")
    ),
    "form": plain("form"),
    "content": plain("content"),
    "via": plain("via"),
    "document": lambda row: row["document"][:8],
}
ACTOR_CELLS: Cells = {
    name: plain(name)
    for name in (
        *("name", "country", "sector", "role", "documents", "mentions", "acts", "receives", "speaks", "key"),
    )
}
