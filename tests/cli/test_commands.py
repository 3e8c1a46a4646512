"""The commands on a database, and what every command has in common."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.fakes import TEXT, record
from volteface.cli import main
from volteface.cli.coding import _print
from volteface.cli.database import EVENT_CELLS
from volteface.cli.output import _write_text
from volteface.errors import InputError
from volteface.store import Filters, Reading, Store, query

ROOT = Path(__file__).parents[2]
COMMANDS = sorted(main.commands)


def run(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


@pytest.fixture
def database(tmp_path: Path) -> str:
    path = tmp_path / "news.duckdb"
    with Store.open(path) as store:
        pages = [("news/a.html", TEXT), ("news/b.html", TEXT + "\nLater.")]
        store.add([Reading(f"id:{s}", s, s, "{}", record(t, source=s)) for s, t in pages], coder="c")
    return str(path)


# (arguments, what must be on standard output)
LISTINGS = [
    (["events"], ["ASSAULT", "alleged", "Ruritania"]),
    (["events", "--actor", "SYL", "--type", "threaten"], ["THREATEN", "Ada Moor"]),
    (["quotes", "--actor", "Moor"], ["Ada Moor [SYL]", "We will answer"]),
    (["actors", "Moor"], ["President"]),
    (["query", "SELECT count(*) AS documents FROM documents"], ["documents", "2"]),
    (["show", "news/a.html"], ["Ruritania shells border town", "ASSAULT/heavy-weapons"]),
]


@pytest.mark.parametrize(("arguments", "wanted"), LISTINGS)
def test_listings(database: str, arguments: list[str], wanted: list[str]) -> None:
    result = run(*arguments, "--db", database)
    assert result.exit_code == 0, result.output
    words = " ".join(result.stdout.split())
    for part in wanted:
        assert part in words


# Rows there are, asked for, and a terminal is given; what it is told of the rest
TERMINALS = [(4, None, 3, "… and 1 more; --limit 4"), (4, 4, 4, ""), (4, 2, 2, ""), (2, None, 2, "")]


@pytest.mark.parametrize(("there", "limit", "given", "rest"), TERMINALS)
def test_a_terminal_is_given_so_many_rows(
    tmp_path: Path, there: int, limit: int | None, given: int, rest: str
) -> None:
    with Store.open(tmp_path / "n.duckdb") as store:
        for n in range(there // 2):
            store.add([Reading(str(n), "n", "f", "{}", record(f"{TEXT}\n{n}"))], coder="c")
        table = store.events(Filters(limit=limit))
        stream = io.StringIO()
        _write_text(table, "table", stream, EVENT_CELLS, terminal=False, most=None if limit else 3)
    assert len(re.findall("ASSAULT|THREATEN", stream.getvalue())) == given
    assert (rest in stream.getvalue()) if rest else "more" not in stream.getvalue()


@pytest.mark.parametrize("verb", ["events", "quotes", "actors"])
def test_formats(database: str, tmp_path: Path, verb: str) -> None:
    lines = run(verb, "--db", database, "--format", "jsonl").stdout.splitlines()
    rows = [json.loads(line) for line in lines]
    assert rows
    with_header = run(verb, "--db", database, "--format", "csv").stdout.splitlines()
    assert with_header[0].split(",") == list(rows[0])
    for form in ("csv", "jsonl", "parquet", "table"):
        out = tmp_path / f"out.{form}"
        assert run(verb, "--db", database, "--format", form, "--output", str(out)).exit_code == 0
        assert out.stat().st_size > 0
        assert not Path(f"{out}.part").exists()


# (arguments, exit code, what standard error must say)
WRONG = [
    (["events", "--format", "parquet"], 2, "needs --output"),
    (["events", "--status", "perhaps"], 2, "perhaps"),
    (["events", "--since", "yesterday"], 2, "is not a day like"),
    (["query", "DROP TABLE events"], 1, "only a single SELECT"),
    (["query", "SELECT nothing"], 1, "nothing"),
    (["show", "nowhere"], 1, "no document 'nowhere'"),
    (["events", "--output", "/nowhere/x.csv", "--format", "csv"], 1, "/nowhere/x.csv: cannot be written"),
]


@pytest.mark.parametrize(("arguments", "code", "message"), WRONG)
def test_what_is_wrong_is_said(database: str, arguments: list[str], code: int, message: str) -> None:
    result = run(*arguments, "--db", database)
    assert (result.exit_code, result.stdout) == (code, "")
    assert message in result.stderr


def test_no_database_is_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "none.duckdb"
    result = run("events", "--db", str(path))
    assert result.exit_code == 1
    assert f"{path}: no such database" in result.stderr
    assert not path.exists()


def test_errors_follow_the_lines_and_set_the_exit_code(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    with pytest.raises(SystemExit) as ended:
        _print(iter(["{}", InputError("a\x1b[2J.html", "is empty"), '{"é": 1}']))
    out, err = capfdbinary.readouterr()
    assert ended.value.code == 1
    assert out.decode() == '{}\n{"é": 1}\n'
    assert err == b"volteface: a[2J.html: is empty\n"


@pytest.mark.parametrize("name", COMMANDS)
def test_help_has_an_example(name: str) -> None:
    text = run(name, "--help").output
    assert "Example:" in text
    assert f"volteface {name}" in text.partition("Example:")[2]


def test_the_reference_has_every_command_and_option() -> None:
    reference = (ROOT / "docs" / "reference" / "cli.md").read_text()
    for name in COMMANDS:
        section = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", reference, re.M | re.S)
        assert section, f"docs/reference/cli.md has no section on {name}"
        for option in main.commands[name].params:
            for flag in option.opts:
                assert not flag.startswith("--") or re.search(f"[` ]{flag}", section[1]), f"{name} {flag}"


def test_the_schema_is_documented_as_it_is(tmp_path: Path) -> None:
    with Store.open(tmp_path / "news.duckdb") as store:
        described = store.schema()
    assert described in (ROOT / "docs" / "reference" / "schema.md").read_text()
    assert "None" not in described


def test_the_queries_of_the_documentation_run(database: str) -> None:
    for page in sorted((ROOT / "docs").rglob("*.md")):
        for sql in re.findall(r"^```sql\n(.*?)^```", page.read_text(), re.M | re.S):
            assert query(database, sql).columns, page
