"""`volteface links` and `contested`: the contract's form, every format, links that are made when they are missing."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.test_linking import EVERYTHING, LATER, SHELLED, reference
from volteface.cli import main
from volteface.store import Store


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Pages that were read and not linked."""
    path = tmp_path_factory.mktemp("links") / "news.duckdb"
    with Store.open(path) as store:
        store.add(EVERYTHING, coder="c")
    return str(path)


def run(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0, result.output
    return result


def listed(database: str, *arguments: str) -> list[dict[str, object]]:
    return [
        json.loads(line)
        for line in run("links", "--db", database, "--format", "jsonl", *arguments).output.splitlines()
    ]


def test_the_contract(database: str) -> None:
    """{"event", "mentions": [{"document": its source, "start", "end"}]}, every coded event once."""
    texts = {one.source: one.record.document.text for one in EVERYTHING}
    mentions = [m for row in listed(database) for m in row["mentions"]]  # type: ignore[attr-defined]
    assert sorted(m["document"] for m in mentions) == sorted(texts)
    assert all(texts[m["document"]][m["start"] : m["end"]] == m["trigger"] for m in mentions)


# (filters, linked events)
FILTERS = [
    ([], 3),
    (["--type", "assault"], 2),
    (["--actor", "MOL"], 1),
    (["--recipient", "Sylvania"], 3),
    (["--until", "2031-06-01"], 2),
    (["--since", "2031-06-01"], 1),
    (["--source", "tribune"], 1),
    (["--status", "negated"], 0),
    (["--limit", "1"], 1),
]


@pytest.mark.parametrize(("filters", "count"), FILTERS)
def test_filters(database: str, filters: list[str], count: int) -> None:
    assert len(listed(database, *filters)) == count


@pytest.mark.parametrize("command", ["links", "contested"])
def test_formats(database: str, tmp_path: Path, command: str) -> None:
    assert "RUR" in run(command, "--db", database).output
    assert "RUR" in run(command, "--db", database, "--format", "csv").output
    target = tmp_path / "links.parquet"
    run(command, "--db", database, "--format", "parquet", "--output", str(target))
    assert target.stat().st_size


def test_contested_says_who_asserts_and_who_denies(database: str) -> None:
    (line,) = run("contested", "--db", database, "--format", "jsonl").output.splitlines()
    row = json.loads(line)
    assert (row["asserted_by"], row["denied_by"]) == (["Courier", "Evening Star", "Ledger"], ["Ruritania"])
    assert [pair["denies"]["who"] for pair in row["pairs"]] == ["Ruritania"] * 3


def test_what_is_contested_as_a_picture(database: str, tmp_path: Path) -> None:
    picture = tmp_path / "contested.svg"
    run("contested", "--db", database, "--plot", str(picture))
    points = ET.parse(picture).getroot().findall(".//{*}g[@id='PathCollection_1']//{*}use")
    assert len(points) == 1


def test_a_decision_shows_in_the_next_listing(database: str) -> None:
    run("decide", "same-event", reference(SHELLED), reference(LATER), "--db", database)
    assert len(listed(database)) == 2
    run("decisions", "--undo", "1", "--db", database)
    assert len(listed(database)) == 3
