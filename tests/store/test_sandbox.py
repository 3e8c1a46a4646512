"""`volteface query` reaches the database and nothing else."""

from __future__ import annotations

from pathlib import Path

import pyarrow
import pytest

from tests.fakes import record
from volteface.errors import StoreError
from volteface.store import Reading, Store, query


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("query") / "news.duckdb"
    with Store.open(path) as store:
        store.add([Reading("a", "a", "f", "{}", record())], coder="c")
    return path


# (SQL, rows)
ALLOWED = [
    ("SELECT type FROM events ORDER BY type", [("ASSAULT",), ("THREATEN",)]),
    ("SELECT type FROM events ORDER BY type -- and a comment", [("ASSAULT",), ("THREATEN",)]),
    ("SELECT ';' AS a, 'x' AS a;", [(";", "x")]),
    ("WITH e AS (SELECT * FROM events) SELECT count(*) FROM e", [(2,)]),
    ("FROM coders SELECT number", [(1,)]),
    ("VALUES (1), (2)", [(1,), (2,)]),
]


@pytest.mark.parametrize(("sql", "rows"), ALLOWED)
def test_what_is_allowed(path: Path, sql: str, rows: list[tuple[object]]) -> None:
    assert list(query(path, sql).tuples()) == rows


@pytest.mark.parametrize("sql", ["SHOW TABLES", "DESCRIBE events", "SUMMARIZE events"])
def test_looking_around_is_allowed(path: Path, sql: str) -> None:
    assert list(query(path, sql))


FORBIDDEN = [
    "DELETE FROM events",
    "UPDATE events SET type = 'X'",
    "DROP TABLE events",
    "CREATE TABLE t (a INTEGER)",
    "CREATE TEMP TABLE t (a INTEGER)",
    "SELECT 1; SELECT 2",
    "SELECT 1) TO 'x.csv'; --",
    "",
    "nonsense",
    "COPY events TO 'stolen.csv'",
    "EXPORT DATABASE 'stolen'",
    "ATTACH 'other.duckdb'",
    "ATTACH ':memory:' AS m",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET enable_external_access = true",
    "RESET memory_limit",
    "PRAGMA database_list",
    "CALL pragma_version()",
    "CHECKPOINT",
    "SELECT * FROM read_text('/etc/hosts')",
    "SELECT * FROM '/etc/hosts'",
    "SELECT * FROM read_csv('/etc/hosts')",
    "SELECT * FROM read_csv('https://example.org/x.csv')",
    "SELECT * FROM glob('/*')",
    "SELECT * FROM sniff_csv('/etc/hosts')",
    "SELECT * FROM query('COPY events TO ''stolen.csv''')",
    "SELECT * FROM outside",
]


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_what_is_forbidden(path: Path, sql: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outside = pyarrow.table({"secret": [1]})  # a Python variable must not be a table
    assert outside.num_rows == 1
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StoreError):
        list(query(path, sql))
    assert list(tmp_path.iterdir()) == []


def test_time_is_bounded(path: Path) -> None:
    with pytest.raises(StoreError, match="took longer than"):
        query(
            path,
            "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range * b.range % 7 = 9",
            seconds=0.3,
        )


def test_memory_is_bounded(path: Path) -> None:
    with pytest.raises(StoreError, match="needs more than 50MB of memory"):
        query(path, "SELECT range AS r FROM range(100000000) ORDER BY hash(range)", rows=10**9, memory="50MB")


def test_rows_are_bounded(path: Path) -> None:
    assert len(list(query(path, "SELECT * FROM range(1000)", rows=10))) == 10


def test_the_database_is_unchanged(path: Path) -> None:
    before = path.read_bytes()
    list(query(path, "SELECT * FROM events"))
    assert path.read_bytes() == before
