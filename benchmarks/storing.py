"""How fast rows go into DuckDB by each way of inserting.

python benchmarks/storing.py
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

ROWS = [(f"{n:064x}", "coder", n, n + 5, f"text é {n}", None, 0.5 * n, "Q1") for n in range(20_000)]
TYPES = ("VARCHAR", "VARCHAR", "INTEGER", "INTEGER", "VARCHAR", "VARCHAR", "DOUBLE", "VARCHAR")


def executemany(connection: duckdb.DuckDBPyConnection) -> int:
    """One prepared statement, run for each row; a tenth of the rows, since it is slow."""
    rows = ROWS[: len(ROWS) // 10]
    connection.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    return len(rows)


def values(connection: duckdb.DuckDBPyConnection) -> int:
    """Statements of 200 rows each."""
    for first in range(0, len(ROWS), 200):
        rows = ROWS[first : first + 200]
        marks = ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?)"] * len(rows))
        connection.execute(f"INSERT INTO t VALUES {marks}", [value for row in rows for value in row])
    return len(ROWS)


def unnest(connection: duckdb.DuckDBPyConnection) -> int:
    """Columns as list parameters, as `store/write.py` does."""
    columns = [list(column) for column in zip(*ROWS, strict=True)]
    connection.execute(f"INSERT INTO t SELECT {', '.join(f'unnest(?::{t}[])' for t in TYPES)}", columns)
    return len(ROWS)


def from_json(connection: duckdb.DuckDBPyConnection) -> int:
    """One JSON text of all rows."""
    shape = json.dumps([{f"c{n}": type_ for n, type_ in enumerate(TYPES)}])
    rows = json.dumps([{f"c{n}": value for n, value in enumerate(row)} for row in ROWS])
    connection.execute("INSERT INTO t SELECT r.* FROM (SELECT unnest(from_json(?, ?)) AS r)", [rows, shape])
    return len(ROWS)


def measure(way: Callable[[duckdb.DuckDBPyConnection], int]) -> float:
    """Rows a second, commit included."""
    with TemporaryDirectory() as folder, duckdb.connect(str(Path(folder, "t.duckdb"))) as connection:
        connection.execute(f"CREATE TABLE t ({', '.join(f'c{n} {t}' for n, t in enumerate(TYPES))})")
        begun = time.perf_counter()
        connection.begin()
        count = way(connection)
        connection.commit()
        return count / (time.perf_counter() - begun)


if __name__ == "__main__":
    for way in (executemany, values, unnest, from_json):
        print(json.dumps({"way": way.__name__, "rows_per_second": round(measure(way))}))
