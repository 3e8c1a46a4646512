"""CSV, JSON Lines and Parquet read back to what was written."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest

from tests.fakes import TEXT, record
from volteface.errors import StoreError
from volteface.store import EventRow, Reading, Store, Table, write_csv, write_jsonl, write_parquet

HOSTILE = [
    'a "quoted", cell',
    "two\nlines",
    "=1+1",
    " spaces ",
    "",
    "\x1b[31mred\x9b",
    "\u202eesrever",
    "é 🕊",
]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store.open(tmp_path / "news.duckdb")
    readings = [
        Reading(f"id:{n}", words, str(n), "{}", record(f"{TEXT}\n{words}", source=words))
        for n, words in enumerate(HOSTILE)
    ]
    store.add(readings, coder="c")
    return store


@pytest.fixture
def table(store: Store) -> Table[EventRow]:
    return store.events()


def test_json_lines_read_back(table: Table[EventRow]) -> None:
    stream = io.StringIO()
    write_jsonl(table, stream)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 2 * len(HOSTILE)
    assert {json.loads(line)["source"] for line in lines} == set(HOSTILE)
    assert "\x9b" not in stream.getvalue()


def test_csv_reads_back(table: Table[EventRow]) -> None:
    stream = io.StringIO()
    write_csv(table, stream)
    rows = list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))
    assert {row["source"] for row in rows} == set(HOSTILE)
    assert [json.loads(row["actors"]) for row in rows] == [row.actors for row in table]


def test_csv_tells_null_from_empty(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "events.csv"
    with path.open("w", newline="") as stream:
        write_csv(store.events(), stream)
    read = "read_csv(?, all_varchar = true, allow_quoted_nulls = false)"
    sql = f"SELECT count(*) FILTER (source = ''), count(*) FILTER (mode IS NULL) FROM {read}"
    assert duckdb.execute(sql, [str(path)]).fetchall() == [(2, len(HOSTILE))]


def test_parquet_reads_back(table: Table[EventRow], tmp_path: Path) -> None:
    path = tmp_path / "it's.parquet"
    write_parquet(table, path)
    rows = duckdb.execute("SELECT * FROM read_parquet(?)", [str(path)]).fetchall()
    assert rows == list(table.tuples())


def test_parquet_that_cannot_be_written(table: Table[EventRow], tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none/x\.parquet"):
        write_parquet(table, tmp_path / "none" / "x.parquet")
