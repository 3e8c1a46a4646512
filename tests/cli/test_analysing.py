"""Dyads and timelines from the command line: tables, files and pictures."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.fakes import record
from tests.imports.files import row, write
from volteface.cli import main
from volteface.store import Reading, Store


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("acts")
    with Store.open(folder / "news.duckdb") as store:
        store.add([Reading("id:a", "a", "a", "{}", record())], coder="c")
        rows = [
            row(
                "icews",
                **{"Event ID": str(n), "Event Date": f"2031-03-{3 + 7 * n:02}", "Intensity": str(5 - 6 * n)},
            )
            for n in range(3)
        ]
        list(store.import_files([write(folder / "events.tab", "icews", rows)]))
    return str(folder / "news.duckdb")


def run(database: str, *arguments: str) -> Result:
    result = CliRunner().invoke(main, [*arguments, "--db", database], catch_exceptions=False)
    assert result.exit_code == 0, result.stderr
    return result


def test_a_dyad_by_week(database: str) -> None:
    result = run(database, "dyad", "Russia", "TUR", "--by", "week")
    assert "2031-03-10" in result.stdout
    assert "1 CONSULT" in result.stdout
    assert result.stderr == (
        "Russia toward TUR: 3 events: 3 of cooperation, 0 of conflict; mean score -1.0; "
        "seen: 1 documents, 3 imported events of anybody\n"
    )


def test_what_is_kept_out_is_told(database: str) -> None:
    result = run(database, "dyad", "RUR", "SYL", "--by", "month")
    assert "1 alleged" in result.stdout
    assert "0 events" in result.stderr
    assert "kept out: 1 alleged" in result.stderr
    counted = run(database, "dyad", "RUR:MIL", "SYL", "--by", "month", "--status", "alleged")
    assert "1 events: 0 of cooperation, 1 of conflict" in counted.stderr


@pytest.mark.parametrize("form", ["csv", "jsonl", "parquet"])
def test_files(database: str, tmp_path: Path, form: str) -> None:
    path = tmp_path / f"out.{form}"
    run(database, "dyad", "RUS", "TUR", "--format", form, "--output", str(path))
    if form == "csv":
        rows = list(csv.DictReader(path.open(encoding="utf-8")))
        assert (len(rows), rows[0]["events"], rows[0]["period"]) == (15, "1", "2031-03-03")
    elif form == "jsonl":
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        assert [line["imported"] for line in lines] == ([1] + [0] * 6) * 2 + [1]
    else:
        assert path.read_bytes()[:4] == b"PAR1"


def test_all_dyads(database: str) -> None:
    result = run(database, "dyads", "--format", "jsonl")
    lines = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(line["a"], line["b"], line["events"]) for line in lines] == [
        ("RUR", "SYL", 0),
        ("RUS", "TUR", 3),
    ]


def test_a_timeline_has_the_sentences(database: str) -> None:
    result = run(
        database, "timeline", "SYL", "--status", "alleged", "--status", "future", "--format", "jsonl"
    )
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert first["sentence"].startswith("Ruritanian troops shelled Grenzau")
    assert (first["actor_countries"], first["recipient_countries"]) == (["RUR"], ["SYL"])
    assert (second["type"], second["recipients"], second["publisher"]) == (
        "THREATEN",
        [],
        "The Grenzau Courier",
    )
    between = run(database, "timeline", "RUR", "SYL")
    assert between.stderr == "kept out: 1 alleged; --status counts them\n"


PICTURES = [
    (["dyad", "RUS", "TUR", "--by", "week"], "svg"),
    (["dyad", "RUS", "FRA"], "png"),
    (["timeline", "RUS"], "svg"),
]


@pytest.mark.parametrize(("command", "form"), PICTURES)
def test_pictures(database: str, tmp_path: Path, command: list[str], form: str) -> None:
    files = [tmp_path / f"{n}.{form}" for n in range(2)]
    for path in files:
        run(database, *command, "--plot", str(path))
    assert files[0].read_bytes() == files[1].read_bytes()
    assert len(files[0].read_bytes()) > 2_000


def test_another_picture_is_refused(database: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(
        main, ["timeline", "RUS", "--plot", str(tmp_path / "x.gif"), "--db", database]
    )
    assert result.exit_code == 1
    assert "a picture is .svg or .png" in result.stderr
