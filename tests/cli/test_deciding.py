"""`actors` with what is known of one, `decide`, `decisions`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.fakes import TEXT
from tests.store.test_decisions import keyed
from tests.store.test_profile import MINISTER, MOOR, told
from volteface.cli import main
from volteface.store import Reading, Store


def run(database: str, *arguments: str) -> Result:
    return CliRunner().invoke(main, [*arguments, "--db", database])


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "news.duckdb"
    records = [told(1, "2031-01-01", MOOR, MINISTER), keyed(f"{TEXT}\n2", "b", ("RUR", "SYL", None))]
    with Store.open(path) as store:
        store.add([Reading(r.document.source, r.document.source, "f", "{}", r) for r in records], coder="c")
    return str(path)


# Arguments of `actors`; what is shown: a profile ("is") or a list ("mentions")
SHOWN = [
    (["Ada Moor"], "mentions"),  # of one document she has no key: two rows
    (["sylvania"], "on the other side"),
    (["--key", MOOR], "known since"),
    ([MOOR], "mentions"),
    (["a"], "mentions"),
    ([], "mentions"),
]


@pytest.mark.parametrize(("arguments", "shown"), SHOWN)
def test_a_clear_name_shows_what_is_known(database: str, arguments: list[str], shown: str) -> None:
    result = run(database, "actors", *arguments)
    assert result.exit_code == 0, result.output
    assert shown in result.stdout


def test_a_profile_says_from_which_sentence(database: str) -> None:
    words = " ".join(run(database, "actors", "--key", MOOR).stdout.split())
    for part in (
        f"Ada Moor {MOOR} · 1 documents, 2031-01-01",
        "role Minister 2031-01-01 1 document",
        "We will answer",
    ):
        assert part in words


@pytest.mark.parametrize("form", ["jsonl", "csv", "parquet"])
def test_other_formats_have_a_row_for_each_piece_of_evidence(
    database: str, tmp_path: Path, form: str
) -> None:
    out = tmp_path / f"out.{form}"
    assert run(database, "actors", "--key", MOOR, "--format", form, "--output", str(out)).exit_code == 0
    if form == "jsonl":
        (row,) = map(json.loads, out.read_text().splitlines())
        assert (row["kind"], row["country"], row["role"], row["text"]) == (
            "title",
            "SYL",
            "Minister",
            "President",
        )
        assert row["text"] in row["sentence"]
    assert out.stat().st_size > 0


def test_decide_list_and_undo(database: str) -> None:
    assert (
        "decision 2;"
        in run(database, "decide", "actor", MOOR, "sector=GOV", "country=FRA", "--note", "x").stderr
    )
    assert run(database, "decide", "same-actor", MOOR, "RUR").exit_code == 0
    assert "the decision" not in run(database, "actors", "--key", MOOR).stdout
    rows = [json.loads(line) for line in run(database, "decisions", "--format", "jsonl").stdout.splitlines()]
    assert [(r["decision"], r["kind"], r["field"], r["value"], r["object"]) for r in rows] == [
        (1, "actor", "sector", "GOV", None),
        (2, "actor", "country", "FRA", None),
        (3, "same-actor", None, None, "RUR"),
    ]
    assert "country=FRA" in run(database, "decisions").stdout
    assert run(database, "decisions", "--undo", "3").exit_code == 0
    assert run(database, "decisions").stdout.count("actor") == 2
    assert "same-actor" in run(database, "decisions", "--all").stdout


# Arguments; exit code; what standard error says
WRONG = [
    (["decide", "actor", MOOR], 2, "needs FIELD=VALUE"),
    (["decide", "actor", MOOR, "country"], 2, "needs FIELD=VALUE"),
    (["decide", "same-actor", MOOR], 2, "needs two"),
    (["decide", "wrong-event", "ff:1-2", "ff:3-4"], 2, "needs one"),
    (["decide", "actor", "Moor", "country=FRA"], 1, f"there are '{MOOR}'"),
    (["decide", "actor", MOOR, "country=XXX"], 1, "no ISO alpha-3"),
    (["decide", "actor", MOOR, "colour=red"], 1, "no field 'colour'"),
    (["decide", "wrong-event", "ff:1-2"], 1, "start of no document"),
    (["decisions", "--undo", "7"], 1, "no decision 7"),
    (["actors", "--key", "nobody"], 1, "no actor with the key 'nobody'"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), WRONG)
def test_what_is_wrong_is_said(database: str, arguments: list[str], code: int, message: str) -> None:
    result = run(database, *arguments)
    assert result.exit_code == code
    assert message in result.stderr
