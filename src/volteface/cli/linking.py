"""Commands on linked events: one occurrence, however many reports tell of it."""

from __future__ import annotations

from typing import Any

import click

from volteface.cli.common import complain, plot_option
from volteface.cli.database import TERMINAL_ROWS, event_date, filter_options, parties
from volteface.cli.output import Cells, plain, text_of, write
from volteface.errors import DatabaseBusy, OldSchema


@click.command()
@filter_options("actor", "recipient", "type", "status", coder=False)
def links(database: str, form: str, output: str | None, **filters: Any) -> None:
    """List linked events, oldest first: what happened, told by how many independent sources.

    Links that are missing, such as after a decision, are made first. JSON Lines and Parquet have every report
    with its sentence, and why it was joined.

    \b
    Example:
      volteface links --type ASSAULT --since 2015-11-20 --format jsonl
    """
    from volteface.store import Filters, Store, linked_events

    refresh(database)
    with Store.open(database, read_only=True) as store:
        table = linked_events(store, Filters(**filters))
        write(table, form, output, cells=LINK_CELLS, most=_most(filters))


@click.command()
@filter_options("actor", "recipient", "type", "status", coder=False)
@plot_option
def contested(database: str, form: str, output: str | None, plot: str | None, **filters: Any) -> None:
    """List events that somebody asserts and somebody else denies.

    JSON Lines and Parquet have the pairs of claims that cannot both hold, each with its words and where they stand.

    \b
    Example:
      volteface contested --actor TUR --format csv
    """
    from volteface.store import Filters, Store, contested_events

    refresh(database)
    with Store.open(database, read_only=True) as store:
        table = contested_events(store, Filters(**filters))
        write(table, form, output, cells=CONTESTED_CELLS, most=_most(filters))
        if plot:
            from volteface.show.plots_contested import plot_contested

            plot_contested(plot, list(table), title="What is contested")


def _most(filters: dict[str, Any]) -> int | None:
    """How many rows a terminal is shown, unless it was asked for a number."""
    return TERMINAL_ROWS if filters["limit"] is None else None


def refresh(database: str) -> None:
    """Bring the links of a database, and its schema, up to date, if they are not; it is written only then.

    While another process does so, what is there has to do, and that is said.
    """
    from volteface.linking import bring_up_to_date, is_stale
    from volteface.store import Store

    try:
        with Store.open(database, read_only=True) as store:
            stale = is_stale(store)
    except OldSchema:
        stale = True
    try:
        if stale:
            with Store.open(database) as store:
                bring_up_to_date(store)
    except DatabaseBusy as error:
        complain(str(error))


def _numbers(row: dict[str, Any]) -> str:
    """ "12 to 17 killed"."""

    def told(what: str) -> str:
        least, most = row[f"{what}_min"], row[f"{what}_max"]
        if least is None:
            return ""
        return f"{least} {what}" if least == most else f"{least} to {most} {what}"

    return ", ".join(filter(None, map(told, ("killed", "injured"))))


def _day(row: dict[str, Any]) -> str:
    """The event's day, or in brackets that of the first report."""
    return f"({event_date(row)})" if row["dated_by"] == "published" else event_date(row)


def _first_sentence(row: dict[str, Any]) -> str:
    return text_of(row["mentions"][0]["sentence"])


LINK_CELLS: Cells = {
    "date": _day,
    "event": lambda row: f"{row['type']} {row['mode'] or ''}",
    "status": lambda row: f"{row['status']}{', contested' if row['contested'] else ''}",
    "who → whom": parties,
    "toll": _numbers,
    "reports": lambda row: str(len(row["mentions"])),
    "sources": plain("sources"),
    "first report": _first_sentence,
    "id": plain("event"),
}
CONTESTED_CELLS: Cells = {
    "date": _day,
    "event": lambda row: f"{row['type']} {row['mode'] or ''}",
    "who → whom": parties,
    "asserted by": plain("asserted_by"),
    "denied by": plain("denied_by"),
    "first report": _first_sentence,
    "id": plain("event"),
}
