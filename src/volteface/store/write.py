"""Rows into tables, many at a time, without pyarrow.

20,000 rows of 8 columns: executemany 1,400 rows a second, VALUES lists of 200 rows 6,400, columns as lists
through unnest 64,000 (docs/decisions/0040-store.md has the command).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import duckdb

from volteface.store.rows import Row

Columns = Sequence[tuple[str, str]]


def insert(connection: duckdb.DuckDBPyConnection, table: str, columns: Columns, rows: Sequence[Row]) -> None:
    """Append rows to a table whose (name, type)s are `columns`."""
    if not rows:
        return
    values = [list(column) for column in zip(*rows, strict=True)]
    connection.execute(f"INSERT INTO {table} SELECT {_unnest(type_ for _, type_ in columns)}", values)


def delete(connection: duckdb.DuckDBPyConnection, table: str, columns: Columns, keys: Sequence[Row]) -> None:
    """Delete the rows whose `columns` equal one of `keys`."""
    if not keys:
        return
    values = [list(column) for column in zip(*keys, strict=True)]
    names = ", ".join(name for name, _ in columns)
    chosen = f"SELECT {_unnest(type_ for _, type_ in columns)}"
    connection.execute(f"DELETE FROM {table} WHERE ({names}) IN ({chosen})", values)


def _unnest(types: Iterable[str]) -> str:
    return ", ".join(f"unnest(?::{type_}[])" for type_ in types)
