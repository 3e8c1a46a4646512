"""The process that answers one query: told on standard input what to do, it writes a line about the answer and the
answer, and ends. It limits itself before it looks at the query; whoever started it ends it if that was not enough.
"""

from __future__ import annotations

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import duckdb
import msgspec

from volteface.errors import DatabaseBusy, QueryRefused, StoreError
from volteface.store.asking.allowed import check
from volteface.store.asking.views import connect
from volteface.store.export import text_of, write_csv, write_jsonl, write_parquet
from volteface.store.schema import first_line
from volteface.store.table import Table

Form = Literal["page", "csv", "jsonl", "parquet"]
# Characters of a value on a page.
LONGEST_CELL = 2_000
# Seconds after which the process is ended from outside of the query, beyond those that the query has.
GRACE = 2
# Memory of the program itself and of what DuckDB does not count, in bytes.
OWN_MEMORY = 1 << 30
FILES = 64
# Of such errors the message is about the query; others may name a file.
ABOUT_THE_QUERY = (
    duckdb.BinderException,
    duckdb.CatalogException,
    duckdb.ConversionException,
    duckdb.InvalidInputException,
    duckdb.InvalidTypeException,
    duckdb.NotImplementedException,
    duckdb.OutOfRangeException,
    duckdb.ParserException,
    duckdb.SyntaxException,
    duckdb.TypeMismatchException,
)


class Task(msgspec.Struct, frozen=True):
    """What to do. `rows`, `bytes`: of the answer; `memory`: megabytes that the query may use."""

    path: str
    sql: str
    form: Form
    rows: int
    bytes: int
    seconds: float
    memory: int


class Head(msgspec.Struct, frozen=True):
    """The line about the answer. `more`: there were more rows than were asked for, or than fit; `error`: why there is
    no answer."""

    columns: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    rows: int = 0
    more: bool = False
    error: str | None = None
    busy: bool = False


class _Full(Exception):  # it is no error: it ends the writing
    pass


class _Bounded(io.StringIO):
    """Text of no more than so many characters."""

    def __init__(self, most: int) -> None:
        super().__init__(newline="")
        self._left = most

    def write(self, text: str, /) -> int:
        self._left -= len(text)
        if self._left < 0:
            raise _Full
        return super().write(text)


class _Counted(Table[dict[str, Any]]):
    """A table that stops after so many rows and knows whether there were more."""

    rows = 0
    more = False
    most = 0

    def chunks(self) -> Iterator[list[tuple[Any, ...]]]:
        for chunk in super().chunks():
            room = self.most - self.rows
            self.more = self.more or len(chunk) > room
            self.rows += min(len(chunk), room)
            yield chunk[:room]
            if self.more:
                return

    def dicts(self) -> Iterator[dict[str, Any]]:
        names = self.columns
        for values in self.tuples():
            yield dict(zip(names, values, strict=True))


def main() -> None:
    """Answer the query on standard input."""
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    limit(task)
    try:
        head, body = answer(task)
    except QueryRefused as error:
        head, body = Head(error=str(error)), b""
    except DatabaseBusy:
        head, body = Head(error="busy", busy=True), b""
    except (MemoryError, RecursionError):
        head, body = Head(error=TOO_MUCH), b""
    out = sys.stdout.buffer
    out.write(msgspec.json.encode(head) + b"\n" + body)
    out.flush()
    os._exit(0)  # what the query left in memory need not be freed


TOO_MUCH = "The query needs more memory than it may use."


def limit(task: Task) -> None:
    """Bound what this process can use, for good."""
    os.nice(5)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(int(task.seconds) + GRACE)
    import resource

    for what, most in (
        (resource.RLIMIT_AS, task.memory * (1 << 20) + OWN_MEMORY),
        (resource.RLIMIT_CPU, int(task.seconds) + GRACE),
        (resource.RLIMIT_FSIZE, task.bytes if task.form == "parquet" else 0),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(what)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def answer(task: Task) -> tuple[Head, bytes]:
    """The answer in its form. Raises `QueryRefused` or `DatabaseBusy`."""
    connection, tables = connect(Path(task.path), memory=f"{task.memory}MB")
    timer = threading.Timer(task.seconds, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        query = check(connection, task.sql, tables)
        table = _Counted(
            connection, f"SELECT * FROM (\n{query}\n) LIMIT {task.rows + 1}", {}, dict, shared=False
        )
        table.most = task.rows
        body, cut = _written(table, task)
    except duckdb.Error as error:
        raise QueryRefused(said(error, task)) from error
    except QueryRefused:
        raise
    except StoreError as error:
        cause = error.__cause__
        raise QueryRefused(said(cause, task) if isinstance(cause, duckdb.Error) else CANNOT) from error
    return Head(table.columns, table.types, table.rows, table.more or cut), body


CANNOT = "The query cannot be answered."


def said(error: duckdb.Error, task: Task) -> str:
    """What may be said of an error: nothing that could name a file."""
    if isinstance(error, duckdb.InterruptException):
        return too_long(task)
    if isinstance(error, duckdb.OutOfMemoryException):
        return TOO_MUCH
    words = first_line(error)
    folder = str(Path(task.path).parent)
    if (
        isinstance(error, ABOUT_THE_QUERY)
        and task.path not in words
        and (folder == "/" or folder not in words)
    ):
        return words
    return CANNOT


def _written(table: _Counted, task: Task) -> tuple[bytes, bool]:
    """The rows in their form, and whether some were left out since they do not fit."""
    if task.form == "page":
        return _rows(table, task.bytes)
    if task.form == "parquet":
        file = Path("result.parquet")  # the folder is this query's own
        try:
            write_parquet(table, file)
        except StoreError as error:
            if not isinstance(error.__cause__, duckdb.IOException):
                raise
            raise QueryRefused(too_large(task)) from error
        return file.read_bytes(), False
    stream = _Bounded(task.bytes)
    try:
        (write_csv if task.form == "csv" else write_jsonl)(table, stream)
    except _Full as error:
        raise QueryRefused(too_large(task)) from error
    return stream.getvalue().encode("utf-8", "backslashreplace"), False


def too_long(task: Task) -> str:
    """What is said of a query that was stopped."""
    return f"The query took longer than {task.seconds:g} seconds and was stopped."


def too_large(task: Task) -> str:
    """What is said of an answer that does not fit."""
    return f"The answer is larger than {task.bytes / 1e6:g} MB; ask for less."


def _rows(table: _Counted, most: int) -> tuple[bytes, bool]:
    """Rows of text as JSON, null where there is nothing, as many as fit."""
    lines: list[bytes] = []
    size = 0
    for values in table.tuples():
        line = msgspec.json.encode([None if v is None else _short(text_of(v)) for v in values])
        size += len(line)
        if size > most:
            table.rows = len(lines)
            return b"[" + b",".join(lines) + b"]", True
        lines.append(line)
    return b"[" + b",".join(lines) + b"]", False


def _short(text: str) -> str:
    text = text if len(text) <= LONGEST_CELL else text[:LONGEST_CELL] + " …"
    return text.encode("utf-8", "replace").decode()


if __name__ == "__main__":
    main()
