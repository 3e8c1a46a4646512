"""The result of a listing or a query: read it row by row, or hand it to pandas, Polars or Arrow as a
whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import duckdb
import msgspec

from volteface.errors import StoreError
from volteface.store.schema import failure, first_line

if TYPE_CHECKING:
    import pandas
    import polars
    import pyarrow

R = TypeVar("R")
CHUNK = 2_000


class Table(Generic[R]):
    """A query that runs each time it is read; iterating gives one `row` object for each row.

    It needs its `Store` open. Raises `StoreError` when the query fails.
    """

    def __init__(
        self,
        connection: duckdb.DuckDBPyConnection,
        sql: str,
        parameters: Mapping[str, object],
        row: type[R],
        *,
        shared: bool = True,
        parts: Sequence[Mapping[str, object]] = ({},),
    ) -> None:
        """`shared`: other queries run on the connection; not so, and `close` closes it. `parts`: further parameters;
        the rows are those of the query with the first of them, then with the next."""
        self._connection = connection
        self._sql = sql
        self._parameters = dict(parameters)
        self._row = row
        self._shared = shared
        self._parts = parts

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(name for name, _ in self._described)

    @property
    def types(self) -> tuple[str, ...]:
        """Their types, as DuckDB has them."""
        return tuple(type_ for _, type_ in self._described)

    @cached_property
    def _described(self) -> list[tuple[str, str]]:
        # Asked for where it is needed alone: it costs as much as a query of few rows.
        rows = self._run(f"DESCRIBE {self._sql}", self._parts[0]).fetchall()
        return [(name, type_) for name, type_, *_ in rows]

    def __iter__(self) -> Iterator[R]:
        if self._row is dict:
            yield from self.dicts()  # type: ignore[misc]
        else:
            yield from (self._row(*values) for values in self.tuples())

    def tuples(self) -> Iterator[tuple[Any, ...]]:
        """The rows as plain tuples, in the order of `columns`."""
        for chunk in self.chunks():
            yield from chunk

    def chunks(self) -> Iterator[list[tuple[Any, ...]]]:
        """The same, some thousand rows at a time."""
        for part in self._parts:
            cursor = self._run(self._sql, part)
            while chunk := _fetch(cursor):
                yield chunk

    def dicts(self) -> Iterator[dict[str, Any]]:
        """The rows as dictionaries."""
        for part in self._parts:
            cursor = self._run(self._sql, part)
            names = [name for name, *_ in cursor.description or ()]
            while chunk := _fetch(cursor):
                yield from (dict(zip(names, values, strict=True)) for values in chunk)

    def count(self) -> int:
        """How many rows there are."""
        sql = f"SELECT count(*) FROM ({self._sql})"
        return sum(int(self._run(sql, part).fetchall()[0][0]) for part in self._parts)

    def arrow(self) -> pyarrow.Table:
        """The rows as an Arrow table. Needs pyarrow."""
        _need("pyarrow")
        import pyarrow

        try:
            return pyarrow.concat_tables(
                self._cursor().sql(self._sql, params={**self._parameters, **part}).to_arrow_table()
                for part in self._parts
            )
        except duckdb.Error as error:
            raise failure(error) from error

    def df(self) -> pandas.DataFrame:
        """The rows as a pandas data frame."""
        _need("pandas")
        import pandas

        frames = [self._run(self._sql, part).df() for part in self._parts]
        return frames[0] if len(frames) == 1 else pandas.concat(frames, ignore_index=True)

    def pl(self) -> polars.DataFrame:
        """The rows as a Polars data frame. Needs pyarrow as well."""
        _need("polars")
        import polars

        frame = polars.from_arrow(self.arrow())
        assert isinstance(frame, polars.DataFrame)
        return frame

    def copy_to(self, parquet: str) -> bool:
        """Write the rows to a Parquet file without making them Python objects, where the connection may write files:
        not so of the result of `query`, and nothing is written then."""
        if not self._shared:
            return False
        cursor, target = self._cursor(), parquet.replace("'", "''")
        try:
            for number, part in enumerate(self._parts):
                into = "INSERT INTO copied" if number else "CREATE TEMP TABLE copied AS"
                cursor.execute(f"{into} {self._sql}", {**self._parameters, **part})
            cursor.execute(f"COPY copied TO '{target}' (FORMAT parquet)")
        except duckdb.Error as error:
            raise StoreError(f"{parquet}: {first_line(error)}") from error
        finally:
            cursor.close()
        return True

    def close(self) -> None:
        """Free what the result of `query` holds; a listing ends with its `Store`."""
        if not self._shared:
            self._connection.close()

    def _cursor(self) -> duckdb.DuckDBPyConnection:
        # A cursor is a connection of its own and sees no temporary table of this one.
        return self._connection.cursor() if self._shared else self._connection

    def _run(self, sql: str, part: Mapping[str, object]) -> duckdb.DuckDBPyConnection:
        try:
            return self._cursor().execute(sql, {**self._parameters, **part})
        except duckdb.Error as error:
            raise failure(error) from error


def _fetch(cursor: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    try:
        return cursor.fetchmany(CHUNK)
    except duckdb.Error as error:
        raise failure(error) from error


def _need(package: str) -> None:
    try:
        __import__(package)
    except ImportError as error:
        raise ImportError(
            f"{package} is not installed; `pip install 'volteface[frames]'` brings it", name=package
        ) from error


class EventRow(msgspec.Struct, frozen=True):
    """One event of a listing. `actors` and `recipients` are names, with their countries beside them in the
    same order; `according_to` are the sources, innermost first, empty in the publisher's own voice; `via` who
    relays; `denied_by` who denies it in the same document."""

    document: str
    event: str
    date_start: Any
    date_end: Any
    type: str
    mode: str | None
    contexts: list[str]
    status: str
    actors: list[str]
    actor_countries: list[str | None]
    recipients: list[str]
    recipient_countries: list[str | None]
    place: str | None
    killed: int | None
    injured: int | None
    quad: str
    score: float
    cameo: str
    confidence: float
    according_to: list[str]
    via: list[str]
    denied_by: list[str]
    trigger: str
    sentence: str
    headline: str | None
    publisher: str | None
    source: str
    published: Any
    coder: str
    place_country: str | None
    place_precision: str | None


class QuoteRow(msgspec.Struct, frozen=True):
    """One attribution of a listing: `speaker` is the resolved name, or the words that name the source; `speaks_for`
    the same of a spokesman's principal."""

    document: str
    attribution: str
    speaker: str
    country: str | None
    named: bool
    form: str
    cue: str
    content: str
    via: list[str]
    headline: str | None
    publisher: str | None
    source: str
    published: Any
    coder: str
    speaks_for: str | None


class ActorRow(msgspec.Struct, frozen=True):
    """One actor over all current documents: how many documents and mentions, how often it acts, is acted on,
    speaks. Country as the surest document has it, sector and role as the latest; `key` None for the unnamed."""

    name: str
    country: str | None
    sector: str | None
    role: str | None
    wikidata: str | None
    documents: int
    mentions: int
    acts: int
    receives: int
    speaks: int
    key: str | None
