"""`/sql`: what may be asked and what may not, of which tables, within which limits; the real server under attack."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote

import duckdb
import pyarrow.parquet
import pytest

from tests.linked import reading
from tests.show import hostile, rooms
from volteface.errors import QueryRefused, TooManyQueries
from volteface.show.web import make_app
from volteface.store.asking.allowed import check, functions
from volteface.store.asking.desk import Bounds, Desk
from volteface.store.asking.views import connect

TABLES = ("events", "pages", "records", "decisions")
# Nobody publishes it but a file.
UNPUBLISHED = reading(
    "{Moldonia} [shelled] <Sylvania> at noon near the depot of the timber ferry.",
    source="/home/ada/secret/x.html",
)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("room")
    stories = rooms.SHELLED, rooms.FIRED, rooms.DENIED, UNPUBLISHED, rooms.hostile()
    return rooms.database(folder / "news.duckdb", *stories)


@pytest.fixture(scope="module")
def desk(path: Path) -> Desk:
    return Desk(path, Bounds(seconds=20))


@pytest.fixture(scope="module")
def parser() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


@pytest.mark.parametrize(("sql", "word"), hostile.REFUSED)
def test_what_is_refused_before_it_is_tried(parser: duckdb.DuckDBPyConnection, sql: str, word: str) -> None:
    with pytest.raises(QueryRefused, match=word or None):
        check(parser, sql, TABLES)


def test_a_hundred_thousand_parentheses(parser: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(QueryRefused, match="no more than"):
        check(parser, "SELECT " + "(" * 100_000 + "1" + ")" * 100_000, TABLES)


def test_functions_that_may_be_used_exist(parser: duckdb.DuckDBPyConnection) -> None:
    rows = parser.execute("SELECT DISTINCT lower(function_name) FROM duckdb_functions()").fetchall()
    syntax = {"coalesce", "grouping", "grouping_id", "extract", "ifnull", "<>", "~~~*", "->"}
    unknown = functions() - {name for (name,) in rows} - syntax
    assert unknown == set()


# Query, rows
ALLOWED = [
    ("SELECT type, count(*) AS n FROM events GROUP BY ALL ORDER BY n DESC, type",
     [["ASSAULT", "4"], ["THREATEN", "1"]]),
    ("FROM coders SELECT number -- and a comment", [["1"]]),
    ("VALUES (1, NULL), (2, 'x')", [["1", None], ["2", "x"]]),
    ("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < 3) SELECT max(n) FROM r;", [["3"]]),
    ("SELECT [x * 2 FOR x IN [1, 2]], {'a': 1}.a, 'a'.upper(), try_cast('x' AS INTEGER)", [["[2, 4]", "1", "A", None]]),
    ("SELECT list_transform([1], lambda x: x + 1), DATE '2031-03-04' + 1", [["[2]", "2031-03-05"]]),
    ("SELECT sum(n) OVER (ORDER BY n ROWS 1 PRECEDING) FROM range(3) t(n)", [["0"], ["1"], ["3"]]),
    ("SELECT e.type FROM events e JOIN participants p USING (document, coder, event) WHERE p.side = 'actor'"
     " AND regexp_matches(p.text, '^Mold') AND EXISTS (FROM latest WHERE document = e.document)", [["ASSAULT"]]),
    ("SELECT ';' UNION SELECT ';'", [[";"]]),
    ("SELECT column_name FROM (DESCRIBE decisions) LIMIT 1", [["decision"]]),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "rows"), ALLOWED)
def test_what_is_allowed(desk: Desk, sql: str, rows: list[list[str | None]]) -> None:
    assert desk.ask(sql, rows=10).rows == rows


def test_no_path_of_the_host(path: Path) -> None:
    with duckdb.connect(str(path), read_only=True) as raw:
        held = raw.execute("SELECT asserted_by FROM linked_events").fetchall()
    assert ["/home/ada/secret/x.html"] in [one for (one,) in held], "the test tests nothing"
    connection, names = connect(path, memory="1GB")
    with connection:
        assert {"records", "documents", "pages", "linked_events"} <= set(names)
        for name in names:
            text = repr(connection.execute(f'SELECT * FROM "{name}"').fetchall())
            for part in ("home/ada", "ada/", "C:\\\\", "secret", str(path.parent)):
                assert part not in text, name
        told = connection.execute("SELECT unnest(asserted_by) FROM linked_events").fetchall()
        sources = connection.execute("SELECT source FROM pages").fetchall()
    assert ("x.html",) in told
    page = rooms.ask(make_app(path), f"/documents/{UNPUBLISHED.record.document.id}").text
    event = re.search(r"/events/\w+", page)
    assert event
    assert "secret" not in page + rooms.ask(make_app(path), event[0]).text
    assert {("shelled.html",), ("denied.html",), ("x.html",), ("https://ledger.example/fired",)} <= set(
        sources
    )


def test_files_to_take_away(desk: Desk) -> None:
    sql = """SELECT n AS number, 'a"b' AS words, [n] AS list, DATE '2031-03-04' AS day, NULL::INTEGER AS nothing
      FROM range(3) t(n)"""
    lines = list(csv.DictReader(io.StringIO(desk.ask(sql, form="csv", rows=2).content.decode())))
    assert lines[1] == {"number": "1", "words": 'a"b', "list": "[1]", "day": "2031-03-04", "nothing": ""}
    answer = desk.ask(sql, form="jsonl", rows=2)
    assert [json.loads(line)["list"] for line in answer.content.splitlines()] == [[0], [1]]
    assert answer.more
    table = pyarrow.parquet.read_table(io.BytesIO(desk.ask(sql, form="parquet", rows=2).content))
    assert table.num_rows == 2
    assert str(table.schema.field("day").type) == "date32[day]"


# Query, form, bounds, word
LIMITED = [
    ("SELECT repeat('x', 1000) FROM range(9999)", "csv", Bounds(bytes=100_000), "larger than 0.1 MB"),
    ("SELECT hash(range) FROM range(30000)", "parquet", Bounds(bytes=100_000), "larger than 0.1 MB"),
    ("SELECT count(*) FROM range(999999) a, range(999999) b WHERE (a.range * b.range) % 7 = 9", "page",
     Bounds(seconds=1), "longer than 1 seconds"),
    ("SELECT len(list(hash(range))) FROM range(99999999)", "page", Bounds(memory=64), "more memory"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "form", "bounds", "word"), LIMITED)
def test_limits(path: Path, sql: str, form: str, bounds: Bounds, word: str) -> None:
    with pytest.raises(QueryRefused, match=word):
        Desk(path, bounds).ask(sql, form=form, rows=10**6)  # type: ignore[arg-type]


def test_a_page_of_rows_is_cut_where_it_is_full(desk: Desk) -> None:
    answer = desk.ask("SELECT repeat('x', 1000) FROM range(9999)", rows=500, most=10_000)
    assert answer.more
    assert 5 < answer.count == len(answer.rows) < 10
    wide = desk.ask("SELECT repeat('x', 9999)", rows=1).rows[0][0]
    assert wide is not None
    assert len(wide) < 2100


def test_some_at_a_time(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("volteface.store.asking.desk.PATIENCE", 0.1)
    desk = Desk(path, Bounds(seconds=3, at_once=1))
    long = "SELECT count(*) FROM range(99999999) a, range(99999999) b WHERE (a.range * b.range) % 7 = 9"
    with ThreadPoolExecutor(2) as several:
        two = [several.submit(desk.ask, long, rows=1) for _ in range(2)]
    assert {type(one.exception()) for one in two} == {QueryRefused, TooManyQueries}
    assert desk.ask("SELECT 1", rows=1).rows == [["1"]]


def test_the_page(path: Path) -> None:
    app = make_app(path)
    page = rooms.ask(app, "/sql").text
    assert "linked_events" in page
    assert "migrations" not in page
    asked = rooms.ask(app, f"/sql?q={quote('SELECT headline FROM records ORDER BY 1')}")
    assert "4 rows" in asked.text or "5 rows" in asked.text
    assert "<script>alert" not in asked.text
    wrong = rooms.ask(app, f"/sql?q={quote('SELECT nothing FROM events')}")
    assert (wrong.status_code, "not found" in wrong.text) == (400, True)
    other = rooms.ask(app, "/sql?q=SELECT+%27sesame%27||1", **{"Sec-Fetch-Site": "cross-site"})
    assert "sesame&#39;||1</textarea>" in other.text
    assert "sesame1" not in other.text
    assert rooms.ask(app, "/sql/result.csv?q=SELECT+1", **{"Sec-Fetch-Site": "cross-site"}).status_code == 400
    taken = rooms.ask(app, "/sql/result.csv?q=SELECT+1+AS+a")
    assert taken.content == b"a\r\n1\r\n"
    assert rooms.ask(app, "/sql/result.exe?q=SELECT+1").status_code == 404
    assert rooms.ask(app, "/sql?q=" + "x" * 5_001).status_code == 400
    assert rooms.ask(app, "/sql?q=" + "x" * 20_000).status_code == 414


# All that has to be tried, and some of each kind that is refused before.
ATTACK = [*hostile.BOMBS, *hostile.REFUSED[::9]]


def test_the_real_server_under_attack(path: Path, tmp_path: Path) -> None:
    before = path.read_bytes()
    command = [sys.executable, "-m", "volteface", "serve", "--db", str(path), "--port", "0", "--timeout", "1"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=tmp_path) as process:
        try:
            assert process.stderr is not None
            found = re.match(r"(http://127\.0\.0\.1:\d+)/", process.stderr.readline())
            assert found

            def attack(case: tuple[str, str]) -> str:
                status, text = ask(f"{found[1]}/sql?q={quote(case[0], safe='')}")
                assert status in (200, 400), (case[0][:80], status, text[-300:])
                if status == 200:
                    rows = re.search(r"<h2>([\d,]+) rows?", text)
                    assert rows, case[0][:80]
                    assert int(rows[1].replace(",", "")) <= 500
                    assert not case[1], case[0][:80]
                else:
                    said = re.search(r'role="alert">(.*)</p>', text)
                    assert said, case[0][:80]
                    assert re.search(case[1], unescape(said[1])), (case[0][:80], said[1])
                assert "/etc" not in text or "/etc" in case[0]
                assert str(path) not in text
                return case[0]

            with ThreadPoolExecutor(2) as several:
                assert len(list(several.map(attack, ATTACK))) == len(ATTACK)
            assert ask(f"{found[1]}/documents")[0] == 200
            assert "<h2>1 row" in ask(f"{found[1]}/sql?q=SELECT+1")[1]
        finally:
            process.terminate()
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def ask(url: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()
