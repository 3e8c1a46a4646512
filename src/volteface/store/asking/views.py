"""The database as those may see it who ask from a page: every table and view, without paths of the machine.

A database in memory has a view of each, and the file is behind them under a name that no query may use.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import msgspec

from volteface.errors import StoreError
from volteface.store.decisions import Rows
from volteface.store.paths import address_sql, told_sql
from volteface.store.schema import first_line, opening_error

BEHIND = "held"
COLUMN = "{column}"
# Not for asking: what the program keeps of itself.
HIDDEN_TABLES = ("migrations",)
# A record as a whole says where it was read, in the midst of compressed JSON.
HIDDEN_COLUMNS = (("records", "record"),)


def _each(expression: str) -> str:
    return f"list_transform({COLUMN}, lambda x: {expression})"


# What stands for a column that may have a path.
CLEANED = {
    ("pages", "key"): address_sql(COLUMN),
    ("pages", "source"): address_sql(COLUMN),
    ("records", "source"): address_sql(COLUMN),
    ("documents", "source"): address_sql(COLUMN),
    ("documents", "sources"): _each(address_sql("x")),
    ("linked_events", "asserted_by"): _each(told_sql("x")),
    ("linked_events", "denied_by"): _each(told_sql("x")),
}
COLUMNS = """
SELECT c.table_name, c.column_name, c.data_type, c.comment, coalesce(t.comment, v.comment), t.table_name IS NULL
FROM duckdb_columns() c
LEFT JOIN duckdb_tables() t ON t.database_name = c.database_name AND t.table_name = c.table_name
LEFT JOIN duckdb_views() v ON v.database_name = c.database_name AND v.view_name = c.table_name AND NOT v.internal
WHERE c.database_name = $database AND NOT c.internal ORDER BY c.table_name, c.column_index"""
# Memory for those who look while others ask; nothing leaves it.
SETTINGS = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "python_enable_replacements": "false",
    "temp_directory": "",
    "threads": "1",
}
LOCKS = ("SET enable_external_access = false", "SET lock_configuration = true")


class Column(msgspec.Struct, frozen=True):
    """A column that can be asked for, with its type and what it is."""

    name: str
    type: str
    comment: str


class Relation(msgspec.Struct, frozen=True):
    """A table or view that can be asked for, with what it is."""

    name: str
    comment: str
    view: bool
    columns: tuple[Column, ...]


def relations(rows: Rows, database: str | None = None) -> list[Relation]:
    """What can be asked for of a database, the one that was opened unless another is named."""
    if database is None:
        ((database,),) = rows("SELECT current_database()", {})
    found: dict[str, tuple[str, bool, list[Column]]] = {}
    for table, column, type_, comment, about, view in rows(COLUMNS, {"database": database}):
        if table not in HIDDEN_TABLES and (table, column) not in HIDDEN_COLUMNS:
            _, _, columns = found.setdefault(table, (about or "", view, []))
            columns.append(Column(column, type_, comment or ""))
    return [Relation(name, about, view, tuple(columns)) for name, (about, view, columns) in found.items()]


def connect(path: Path, *, memory: str) -> tuple[duckdb.DuckDBPyConnection, list[str]]:
    """A connection to the views over a database, locked: no other file can be reached and no setting changed; and the
    names that can be asked for. Raises `StoreError`."""
    connection = duckdb.connect(":memory:", config={**SETTINGS, "memory_limit": memory})
    literal = str(path).replace("'", "''")
    try:
        connection.execute(f"ATTACH '{literal}' AS {BEHIND} (READ_ONLY)")
        names = []
        for relation in relations(lambda sql, p: connection.execute(sql, p).fetchall(), BEHIND):
            columns = ", ".join(_column(relation.name, column.name) for column in relation.columns)
            connection.execute(
                f'CREATE VIEW "{relation.name}" AS SELECT {columns} FROM {BEHIND}.main."{relation.name}"'
            )
            names.append(relation.name)
        for lock in LOCKS:
            connection.execute(lock)
    except duckdb.Error as error:
        connection.close()
        busy = opening_error(path, error)
        raise busy if "lock" in str(error).lower() else StoreError(first_line(error)) from error
    return connection, names


def _column(table: str, column: str) -> str:
    clean = CLEANED.get((table, column))
    return f'{clean.replace(COLUMN, column)} AS "{column}"' if clean else f'"{column}"'
