"""Courses, coalitions and the week, from records in a database to what commands print."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.linked import reading
from volteface.cli import main
from volteface.courses import coalitions, follow, name_of, week
from volteface.linking import bring_up_to_date
from volteface.store import ActFilter, Reading, Store

FIRST = date(2031, 1, 6)
TURN = 20
BETWEEN = ActFilter(actor="RUR", recipient="SYL")
PRAISE = {"type": "SUPPORT", "quad": "verbal cooperation", "score": 5.0, "cameo": "050"}
LEFT = {"type": "RETREAT", "quad": "material cooperation", "score": 6.5, "cameo": "087"}
BLAME = {"type": "ACCUSE", "quad": "verbal conflict", "score": -3.5, "cameo": "110"}
# Far enough apart that no two of their stories are taken for one.
STEP = timedelta(12)
THINGS = [
    "bridges", "canals", "harvests", "radar", "timber", "vaccines", "railways", "archives", "glaciers",
    "orchards", "mines", "schools", "lighthouses", "tariffs", "wolves", "pensions", "satellites",
    "cheese", "tunnels", "museums", "rivers", "stadiums", "pipelines", "bakeries", "passports",
    "forests", "dams", "choirs", "ferries", "hospitals", "cranes", "deserts", "elections", "islands",
    "kilns", "libraries", "markets", "nurseries", "observatories", "ports",
]  # fmt: skip


def stories() -> list[Reading]:
    """Forty stories: twenty in which Ruritania praises Sylvania, twenty in which it blames it."""
    made = []
    for number, thing in enumerate(THINGS):
        day = (FIRST + number * STEP).isoformat()
        verb, fields = ("praised", PRAISE) if number < TURN else ("blamed", BLAME)
        text = f"{{Ruritania}} [{verb}] <Sylvania> for its {thing}."
        made.append(reading(text, source=f"https://news.example/{thing}", published=day, date=day, **fields))
    return made


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("courses") / "news.duckdb"
    day = FIRST.isoformat()
    others = [
        reading("{Moldonia} [aided] <Sylvania>.", source="a", published=day, date=day, **PRAISE),
        reading("{Sylvania} [left its camps in] <Moldonia> at dawn.", source="b", published=day, date=day, **LEFT),
        reading(
            "{Moldonia} [shelled] <Ruritania>.",
            source="c", published=day, date=day, by="Moldonia", denied="Ruritania",
        ),
    ]  # fmt: skip
    with Store.open(path) as store:
        store.add([*stories(), *others], coder="c")
        bring_up_to_date(store)
    return path


def run(database: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--db", str(database)])


def rows(printed: Result) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(printed.stdout)))


def test_a_course_and_what_carries_it(database: Path) -> None:
    with Store.open(database, read_only=True) as store:
        found = follow(store, BETWEEN)
    (turn,) = found.turns
    assert abs(turn.change.day - (FIRST + TURN * STEP)) <= STEP
    assert (turn.change.before, turn.change.after) == (5.0, -3.5)
    for side, verb in ((turn.before, "praised"), (turn.after, "blamed")):
        assert len(side) == 3
        assert all(told.report and verb in told.report.sentence for told in side)
        assert all(abs(told.act.day - turn.change.day) <= 4 * STEP for told in side)
    assert len(found.acts) == len(THINGS)
    assert sum(found.coverage.values()) >= len(THINGS)


def test_course_as_a_command(database: Path, tmp_path: Path) -> None:
    plot = tmp_path / "a.svg"
    printed = run(database, "course", "RUR", "SYL", "--format", "csv", "--plot", str(plot))
    assert printed.exit_code == 0, printed.stderr
    assert "40 events on 40 days" in printed.stderr
    assert "1 change of course" in printed.stderr
    assert [row["side"] for row in rows(printed)] == ["before"] * 3 + ["after"] * 3
    assert all(row["source"].startswith("https://news.example/") and row["document"] for row in rows(printed))
    assert plot.stat().st_size > 5_000
    (change,) = rows(run(database, "course", "RUR", "SYL", "--rows", "changes", "--format", "csv"))
    assert change["direction"] == "conflict"
    curve = rows(run(database, "course", "RUR", "SYL", "--rows", "curve", "--format", "csv"))
    assert len(curve) == 39 * 12 + 1
    assert sum(int(row["events"]) for row in curve) == 40
    assert sum(int(row["documents"]) for row in curve) >= 40
    parquet = tmp_path / "a.parquet"
    assert (
        run(database, "course", "RUR", "SYL", "--format", "parquet", "--output", str(parquet)).exit_code == 0
    )
    assert parquet.stat().st_size > 0


def test_nothing_between_two(database: Path) -> None:
    printed = run(database, "course", "RUR", "Atlantis")
    assert printed.exit_code == 0
    assert "RUR toward Atlantis: no events" in printed.stderr


def test_coalitions(database: Path, tmp_path: Path) -> None:
    until = FIRST + TURN * STEP
    with Store.open(database, read_only=True) as store:
        (early,) = coalitions(store, ActFilter(until=until - timedelta(1)))
        (late,) = coalitions(store, ActFilter(since=until))
    assert early.blocs == {1: ("RUR", "SYL")}
    assert late.blocs == {}
    plot = tmp_path / "a.png"
    printed = run(
        database, "coalitions", "--window", "240", "--rows", "moves", "--format", "csv", "--plot", str(plot)
    )
    assert {(row["actor"], row["move"]) for row in rows(printed)} == {("RUR", "left"), ("SYL", "left")}
    assert plot.stat().st_size > 5_000
    ties = rows(run(database, "coalitions", "--rows", "ties", "--format", "csv"))
    assert ("RUR", "SYL", "40") in [(row["one"], row["other"], row["acts"]) for row in ties]


def test_the_week_of_the_first_day(database: Path) -> None:
    with Store.open(database, read_only=True) as store:
        found = week(store, FIRST + timedelta(3))
    assert (found.since, found.until) == (FIRST, FIRST + timedelta(6))
    assert {line.links[0].sentence for line in found.happened} == {
        "Ruritania praised Sylvania for its bridges.",
        "Moldonia aided Sylvania.",
        "Sylvania left its camps in Moldonia at dawn.",
    }
    (line,) = found.contested
    assert line.denied_by == ("Ruritania",)
    assert found.turned == ()


def test_a_change_stands_in_one_week(database: Path) -> None:
    with Store.open(database, read_only=True) as store:
        weeks = [week(store, FIRST + TURN * STEP + timedelta(weeks=number)) for number in range(3, 8)]
    told = [(each.since, line) for each in weeks for line in each.turned]
    ((_, line),) = told
    assert (line.actor, line.recipient, line.change.direction) == ("RUR", "SYL", "conflict")
    assert line.before
    assert line.after


@pytest.mark.parametrize(("form", "words"), [("html", "<h1"), ("md", "# The week"), ("rss", "<rss version")])
def test_digest_as_a_command(database: Path, tmp_path: Path, form: str, words: str) -> None:
    printed = run(database, "digest", "--week", FIRST.isoformat(), "--format", form)
    assert printed.exit_code == 0
    assert words in printed.stdout
    assert "https://news.example/bridges" in printed.stdout
    written = tmp_path / "week"
    assert (
        run(database, "digest", "--week", FIRST.isoformat(), "--format", form, "-o", str(written)).stdout
        == ""
    )
    assert written.read_text(encoding="utf-8") == printed.stdout
    failed = run(database, "digest", "--week", FIRST.isoformat(), "-o", str(tmp_path / "none" / "week"))
    assert (failed.exit_code, "cannot be written" in failed.stderr) == (1, True)


@pytest.mark.parametrize(
    ("wanted", "name"), [("FRA", "France"), ("FRA:MIL", "France MIL"), ("IGO", "IGO"), ("Moor", "Moor")]
)
def test_names(wanted: str, name: str) -> None:
    assert name_of(wanted) == name
