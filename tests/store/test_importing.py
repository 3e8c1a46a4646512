"""Files of event data become acts: all of them, once, wholly or not at all."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.imports.files import row, write
from volteface.cli import main
from volteface.errors import StoreError
from volteface.imports import FORMATS, lines
from volteface.store import ActFilter, Store, importing

ORIGINS = sorted(FORMATS)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(tmp_path / "news.duckdb")


def rows(store: Store, sql: str) -> list[tuple[object, ...]]:
    return store._rows(sql, {})


@pytest.mark.parametrize("origin", ORIGINS)
@pytest.mark.parametrize("told", [True, False])
def test_a_row_is_an_act(store: Store, tmp_path: Path, origin: str, told: bool) -> None:
    path = write(tmp_path / "f", origin, [row(origin)])
    (one,) = store.import_files([path], origin=origin if told else None)
    assert (one.origin, one.rows, one.acts, one.problems) == (origin, 1, 1, [])
    (act,) = store.acts()
    assert act.act == f"{origin}:{'20310303-1' if origin == 'polecat' else '1'}"
    assert (act.day, act.dated_by, act.status) == (date(2031, 3, 3), "event", "actual")
    assert (act.actor, act.actor_sector, act.recipient, act.recipient_key) == ("RUS", "COP", "TUR", "TUR")
    assert (act.type, act.mode, act.quad) == ("CONSULT", "visit", "verbal cooperation")
    assert act.score == (4.0 if origin == "polecat" else 1.9)
    assert (act.documents, act.sources) == ((5, 2) if origin == "gdelt" else (1, 1))
    wanted = [(one.id, 2 if FORMATS[origin].header else 1)]
    assert rows(store, "SELECT import, line FROM acts") == wanted
    assert sum(r["events"] for r in store.series(ActFilter(actor="RUS", recipient="TUR"))) == 1


def test_counts_and_sums_are_those_of_the_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LOT", 10_000)  # many lots
    intensities = [-10, 8.3, 0.1, 0.2, 3.4, -0.4, 0]
    file = [
        row(
            "icews",
            **{
                "Event ID": str(n),
                "Intensity": str(intensities[n % 7]),
                "Event Date": f"2031-03-{1 + n % 28:02}",
            },
        )
        for n in range(2_800)
    ]
    list(store.import_files([write(tmp_path / "f", "icews", file)]))
    found = rows(store, "SELECT count(*), sum(score::DECIMAL(9, 1))::VARCHAR, min(line), max(line) FROM acts")
    assert found == [(2_800, f"{400 * sum(intensities):.1f}", 2, 2_801)]
    days = list(store.series(ActFilter(actor="RUS")))
    assert [row["events"] for row in days] == [100] * 28
    assert sum(row["score_sum"] for row in days) == pytest.approx(400 * sum(intensities))


def test_nothing_is_doubled(store: Store, tmp_path: Path) -> None:
    first = write(tmp_path / "a", "gdelt", [row("gdelt", GLOBALEVENTID=n) for n in "12"])
    again = tmp_path / "b.gz"
    again.write_bytes(gzip.compress(first.read_bytes(), mtime=0))
    more = write(tmp_path / "c", "gdelt", [row("gdelt", GLOBALEVENTID=n) for n in "2334"])
    other = write(tmp_path / "d", "icews", [row("icews")])
    found = list(store.import_files([first, first, again, more, other]))
    assert [r.before for r in found] == [True, False, False, False, False]
    assert (sum(r.rows for r in found), sum(r.acts for r in found), sum(r.known for r in found)) == (9, 5, 4)
    before = store.digest()
    assert [r.before for r in store.import_files([first, again, more, other])] == [True] * 4
    assert store.digest() == before
    assert rows(store, "SELECT count(*), count(DISTINCT act) FROM acts") == [(5, 5)]


def test_the_order_of_files_does_not_matter_for_what_is_known(store: Store, tmp_path: Path) -> None:
    paths = [
        write(tmp_path / name, "gdelt", [row("gdelt", GLOBALEVENTID=name), row("gdelt", GLOBALEVENTID="9")])
        for name in "12"
    ]
    digests = set()
    for n, order in enumerate((paths, paths[::-1])):
        with Store.open(tmp_path / f"{n}.duckdb") as one:
            list(one.import_files(order))
            digests.add(one.digest())
    assert len(digests) == 1


BAD = [
    ("gdelt", row("gdelt", GLOBALEVENTID="2") + "\tmore", "62 columns; gdelt has 61"),
    ("gdelt", "short\trow", "2 columns; gdelt has 61"),
    ("gdelt", row("gdelt", GLOBALEVENTID=""), "no GLOBALEVENTID"),
    ("gdelt", row("gdelt", SQLDATE="20310231"), "SQLDATE '20310231' is no day"),
    ("gdelt", row("gdelt", GoldsteinScale="warm"), "GoldsteinScale 'warm' is no score"),
    ("gdelt", row("gdelt", GoldsteinScale="inf"), "GoldsteinScale 'inf' is no score"),
    ("icews", row("icews", **{"Event Date": "2031-3-1x"}), "Event Date '2031-3-1x' is no day"),
    ("polecat", row("polecat", **{"Event Date": "NA"}), "Event Date 'NA' is no day"),
]


@pytest.mark.parametrize(("origin", "line", "problem"), BAD)
def test_malformed_rows_are_named_and_the_rest_goes_on(
    store: Store, tmp_path: Path, origin: str, line: str, problem: str
) -> None:
    ids = [row(origin, **{FORMATS[origin].id: f"id{n}"}) for n in range(2)]
    path = write(tmp_path / "f", origin, [ids[0], line, ids[1]])
    (one,) = store.import_files([path])
    number = 3 if FORMATS[origin].header else 2
    assert one.problems == [f"{path}: line {number}: {problem}"]
    assert (one.rows, one.acts, one.malformed) == (3, 2, 1)


def test_odd_cells(store: Store, tmp_path: Path) -> None:
    odd = {"Source Name": 'Ada "the Hawk', "Target Name": '"Bo ""B"" Lund"', "Intensity": "NA"}
    list(store.import_files([write(tmp_path / "f", "icews", [row("icews", **odd), ""])]))
    (act,) = store.acts()
    assert (act.actor_name, act.recipient_name, act.score) == ('Ada "the Hawk', 'Bo "B" Lund', None)


WRONG = [
    ("a\tb\n", "has 2 columns, so it is none of the formats known"),
    ("", "is empty"),
    ("\t".join(f"c{n}" for n in range(20)) + "\n", "column 1 is 'c0'; of icews it is 'Event ID'"),
]


@pytest.mark.parametrize(("text", "problem"), WRONG)
def test_another_file_is_refused_and_the_rest_goes_on(
    store: Store, tmp_path: Path, text: str, problem: str
) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text(text, encoding="utf-8")
    good = write(tmp_path / "good", "icews", [row("icews")])
    found = list(store.import_files([wrong, tmp_path / "missing", good]))
    assert [each.stored for each in found] == [False, False, True]
    assert problem in found[0].problems[0]
    assert "cannot be read" in found[1].problems[0]


def test_a_file_that_breaks_off_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lines, "LOT", 1_000)
    text = "".join(f"{row('gdelt', GLOBALEVENTID=str(n), Actor1Name=f'N{n * 7919}')}\n" for n in range(500))
    path = tmp_path / "f.gz"
    path.write_bytes(gzip.compress(text.encode())[:-20])
    (one,) = store.import_files([path])
    assert not one.stored
    assert "is damaged" in one.problems[0]
    assert rows(store, "SELECT (SELECT count(*) FROM acts), (SELECT count(*) FROM imports)") == [(0, 0)]
    (good,) = store.import_files([write(tmp_path / "g", "gdelt", [row("gdelt")])])
    assert good.acts == 1
    assert store.acts().count() == 1


def test_small_files_are_stored_together(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "BATCH", 3)
    paths = [
        write(tmp_path / str(n), "gdelt", [row("gdelt", GLOBALEVENTID=f"{n}{m}") for m in range(2)])
        for n in range(3)
    ]
    found = []
    for each in store.import_files(paths):
        found.append((each.acts, store.acts().count()))
    assert found == [(2, 4), (2, 4), (2, 6)]


def test_a_database_that_cannot_be_written(tmp_path: Path) -> None:
    path = write(tmp_path / "f", "icews", [row("icews")])
    Store.open(tmp_path / "news.duckdb").close()
    with Store.open(tmp_path / "news.duckdb", read_only=True) as store, pytest.raises(StoreError):
        list(store.import_files([path]))


def test_killed_in_the_middle(tmp_path: Path) -> None:
    text = "".join(f"{row('gdelt', GLOBALEVENTID=str(n))}\n" for n in range(200_000))
    (tmp_path / "f").write_text(text, encoding="utf-8")
    database = tmp_path / "news.duckdb"
    command = [sys.executable, "-m", "volteface", "import", str(tmp_path / "f"), "--db", str(database)]
    for seconds in (1.5, 3.0):
        process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(seconds)
        process.kill()
        process.wait()
        if database.exists():
            with Store.open(database) as store:
                count, imports = rows(
                    store, "SELECT (SELECT count(*) FROM acts), (SELECT count(*) FROM imports)"
                )[0]
                assert (count, imports) in {(0, 0), (200_000, 1)}
    assert subprocess.run(command, check=False).returncode == 0
    with Store.open(database) as store:
        assert rows(store, "SELECT count(*), count(DISTINCT act) FROM acts") == [(200_000, 200_000)]


def test_the_command(tmp_path: Path) -> None:
    good = write(tmp_path / "good", "icews", [row("icews")])
    bad = write(tmp_path / "bad", "gdelt", [row("gdelt"), "x"])
    database = str(tmp_path / "news.duckdb")
    first = CliRunner().invoke(main, ["import", str(good), "--db", database])
    assert (first.exit_code, first.stdout) == (0, "")
    assert f"{good}: icews, 1 acts" in first.stderr
    second = CliRunner().invoke(main, ["import", str(good), str(bad), "--db", database, "--format", "gdelt"])
    assert second.exit_code == 1
    assert f"{good}: imported before" in second.stderr
    assert f"{bad}: line 2: 1 columns" in second.stderr
    assert f"{bad}: gdelt, 1 acts, 1 malformed" in second.stderr
