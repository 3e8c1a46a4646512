"""`/explore`: events as a table, by what they are narrowed to; `/explore/events.FORM`: the same to take away."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from volteface.codebook import plover
from volteface.show.web.pages.common import ROWS, day_of, number_of, one_of, render, sheet, window, words_of
from volteface.show.web.room import Room
from volteface.show.web.words import STATUSES, code_of
from volteface.store import Filters, Table, write_csv, write_jsonl, write_parquet
from volteface.store.reading_room import event_table

# Rows of a file to take away: made in memory, for whoever asks.
MOST = 20_000
FORMS = {
    "csv": "text/csv; charset=utf-8",
    "jsonl": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
}


@get("/explore", sync_to_thread=True)
def explore(
    room: NamedDependency[Room],
    actor: FromQuery[str] = "",
    recipient: FromQuery[str] = "",
    type: FromQuery[str] = "",  # noqa: A002 - as the command's option is called
    status: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    source: FromQuery[str] = "",
    page: FromQuery[str] = "",
) -> Response[str]:
    """Events of current documents, oldest first."""
    number = number_of(page)
    given = {"actor": actor, "recipient": recipient, "type": type, "status": status, "since": since, "until": until,
             "source": source}  # fmt: skip
    filters = filters_of(**given)
    with room.open() as store:
        table = event_table(store, replace(filters, **window(number)))
        found = sheet(list(table), number)
    return render(
        "explore.html",
        found=found,
        given=given,
        types=plover().types,
        forms=tuple(FORMS),
        most=MOST,
        rows=ROWS,
    )


@get("/explore/{name:str}", sync_to_thread=True)
def export(
    room: NamedDependency[Room],
    name: FromPath[str],
    actor: FromQuery[str] = "",
    recipient: FromQuery[str] = "",
    type: FromQuery[str] = "",  # noqa: A002
    status: FromQuery[str] = "",
    since: FromQuery[str] = "",
    until: FromQuery[str] = "",
    source: FromQuery[str] = "",
) -> Response[bytes]:
    """The events as a file: `events.csv`, `events.jsonl` or `events.parquet`."""
    stem, _, form = name.partition(".")
    if stem != "events" or form not in FORMS:
        raise NotFoundException
    filters = filters_of(actor, recipient, type, status, since, until, source)
    with room.open() as store:
        content = written(event_table(store, replace(filters, limit=MOST)), form)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-cache"}
    return Response(content, media_type=FORMS[form], headers=headers)


def filters_of(
    actor: str,
    recipient: str,
    type: str,  # noqa: A002
    status: str,
    since: str,
    until: str,
    source: str,
) -> Filters:
    """What is asked for in an address. Raises `ClientException` for what cannot be."""
    kind = one_of(type, tuple(plover().types), "type")
    state = one_of(status, tuple(STATUSES), "status")
    return Filters(
        actor=code_of(words_of(actor)) or None,
        recipient=code_of(words_of(recipient)) or None,
        types=(kind,) if kind else (),
        statuses=(state,) if state else (),
        since=day_of(since, "since"),
        until=day_of(until, "until"),
        source=words_of(source) or None,
    )


def written(table: Table[Any], form: str) -> bytes:
    """A table as the bytes of a file."""
    if form == "parquet":
        with TemporaryDirectory() as folder:
            path = Path(folder, "events.parquet")
            write_parquet(table, path)
            return path.read_bytes()
    write: Callable[[Table[Any], io.StringIO], None] = {"csv": write_csv, "jsonl": write_jsonl}[form]
    stream = io.StringIO(newline="")
    write(table, stream)
    return stream.getvalue().encode("utf-8", "backslashreplace")
