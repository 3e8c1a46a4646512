"""Opening a database: its named migrations, and what to say when it cannot be opened."""

from __future__ import annotations

from functools import cache
from importlib import resources
from pathlib import Path

import duckdb

from volteface.errors import DatabaseBusy, OldSchema, StoreError, TooSlow

# The oldest format the supported DuckDB versions all read and write; without it a database written by the
# newest DuckDB could not be opened by an older one that pyproject.toml allows.
FORMAT = "v1.4.0"


@cache
def migrations() -> tuple[tuple[str, str], ...]:
    """(name, SQL) of every migration this version knows, in the order they are applied."""
    folder = resources.files("volteface.store").joinpath("migrations")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".sql")), key=lambda f: f.name)
    return tuple((file.name.removesuffix(".sql"), file.read_text(encoding="utf-8")) for file in files)


def connect(
    path: Path, *, read_only: bool, config: dict[str, str] | None = None
) -> duckdb.DuckDBPyConnection:
    """A connection to an up-to-date database. Raises `StoreError` saying why there is none."""
    if read_only and not path.exists():
        raise StoreError(f"{path}: no such database; `volteface read PAGES --db {path}` makes one")
    if path.is_dir():
        raise StoreError(f"{path}: is a folder, not a database")
    options: dict[str, str | bool | int | float | list[str]] = {"storage_compatibility_version": FORMAT}
    options.update(config or {})
    try:
        connection = duckdb.connect(str(path), read_only=read_only, config=options)
    except duckdb.Error as error:
        raise opening_error(path, error) from error
    try:
        _bring_up_to_date(connection, path, read_only=read_only)
    except duckdb.Error as error:
        connection.close()
        raise StoreError(f"{path}: {first_line(error)}") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up_to_date(connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool) -> None:
    tables = {name for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    if tables and "migrations" not in tables:
        raise StoreError(f"{path}: a DuckDB database, but not one of volteface")
    applied: list[str] = []
    if tables:
        applied = [name for (name,) in connection.execute("SELECT name FROM migrations").fetchall()]
    known = [name for name, _ in migrations()]
    newer = sorted(set(applied) - set(known))
    if newer:
        raise StoreError(
            f"{path}: made by a newer version of volteface (it has "
            f"{', '.join(newer)}); update volteface to open it"
        )
    missing = [(name, sql) for name, sql in migrations() if name not in applied]
    if read_only and not tables:
        raise StoreError(f"{path}: nothing has been read into it yet")
    if missing and read_only:
        raise OldSchema(
            f"{path}: made by an older version of volteface; `volteface links` or `serve` brings it up to date"
        )
    for name, sql in missing:
        connection.begin()
        connection.execute("CREATE TABLE IF NOT EXISTS migrations (name VARCHAR NOT NULL)")
        connection.execute(sql)
        connection.execute("INSERT INTO migrations VALUES (?)", [name])
        connection.commit()


def opening_error(path: Path, error: duckdb.Error) -> StoreError:
    """What went wrong when opening, in words that say what to do."""
    message = first_line(error)
    if "lock" in message.lower():
        holder = message.partition("held in ")[2].partition(". See")[0]
        by = f" ({holder})" if holder else ""
        return DatabaseBusy(f"{path}: in use by another process{by}; try again when it has ended")
    if "different configuration" in message:
        return DatabaseBusy(f"{path}: in use by this process itself, to read it or to write it")
    if "not a valid DuckDB" in message:
        return StoreError(f"{path}: not a DuckDB database")
    if "version" in message.lower() and "storage" in message.lower():
        return StoreError(f"{path}: written by another version of DuckDB: {message}")
    return StoreError(f"{path}: cannot be opened: {message}")


def first_line(error: BaseException) -> str:
    """The message of a DuckDB error without its class and its drawing of the query."""
    line = str(error).strip().partition("\n")[0]
    kind, mark, rest = line.partition(" Error: ")
    return rest if mark and len(kind.split()) <= 3 else line


def failure(error: duckdb.Error, where: str = "") -> StoreError:
    """What is raised for a question that failed or was stopped."""
    if isinstance(error, duckdb.InterruptException):
        return TooSlow(f"{where}the question took too long and was stopped")
    return StoreError(f"{where}{first_line(error)}")


def tables(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[str, str]]]:
    """Each base table with its (column, type)s in order."""
    found: dict[str, list[tuple[str, str]]] = {}
    rows = connection.execute(
        "SELECT c.table_name, c.column_name, c.data_type FROM duckdb_columns() c "
        "JOIN duckdb_tables() t ON t.table_oid = c.table_oid AND t.database_oid = c.database_oid "
        "WHERE NOT c.internal AND NOT t.temporary ORDER BY c.table_name, c.column_index"
    ).fetchall()
    for table, column, type_ in rows:
        found.setdefault(table, []).append((column, type_))
    return found


def describe(connection: duckdb.DuckDBPyConnection) -> str:
    """The schema as Markdown, from the comments the database itself carries: `docs/reference/schema.md`."""
    relations = connection.execute(
        "SELECT table_name, comment, 'table' FROM duckdb_tables() WHERE NOT internal "
        "AND table_name <> 'migrations' UNION ALL SELECT view_name, comment, 'view' FROM duckdb_views() "
        "WHERE NOT internal ORDER BY 3, 1"
    ).fetchall()
    parts: list[str] = []
    for name, comment, kind in relations:
        columns = connection.execute(
            "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
            "WHERE table_name = ? AND NOT internal ORDER BY column_index",
            [name],
        ).fetchall()
        parts.append(f"## {name} ({kind})\n\n{comment}\n\n| column | type | |\n| --- | --- | --- |")
        for column, type_, nullable, note in columns:
            optional = " or null" if nullable and kind == "table" else ""
            parts.append(f"| `{column}` | {type_}{optional} | {note} |")
        parts.append("")
    return "\n".join(parts)
