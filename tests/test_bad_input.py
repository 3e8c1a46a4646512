"""What people and crawlers feed a program, through the real commands: each gets a clear message that
names the file, the rest goes on, and what is stored stays as it is."""

from __future__ import annotations

import gzip
import json
import os
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import TEXT, record
from volteface.store import Reading, Store

GOOD = """\
Ruritania recalls ambassador

Norway recalled its ambassador from Chad on Monday after {} fishing boats were shelled near the border.

“We will not be silent,” Norwegian Foreign Minister Ragnhild Ostervik told reporters in Oslo.
"""
GERMAN = (
    "Die Regierung sagte am Montag, sie werde ihren Botschafter nicht zurückrufen, die Gespräche müssten "
    "aber weitergehen. Der Außenminister traf seinen Kollegen, und beide waren sich einig, wieder zu reden. "
)
# (name of the file, its bytes, what the message must say)
BAD: list[tuple[str, Callable[[], bytes], str]] = [
    ("empty.txt", lambda: b"", "is empty"),
    ("blank.html", lambda: b" \n\t\n", "is empty"),
    ("binary.txt", lambda: bytes(range(256)) * 40, "is a binary file"),
    ("picture.html", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 400, "is not a page but a PNG image"),
    ("encoding.txt", lambda: ("Правительство отозвало посла. " * 30).encode("cp1251"), ""),
    ("large.html", lambda: b"<p>" + b"news of the day " * 3_200_000, "is larger than 50 MB"),
    ("long.txt", lambda: b"word " * 200_001, "200,001 words, more than 200,000"),
    ("menu.html", lambda: b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article"),
    ("deutsch.txt", lambda: ("Der Botschafter bleibt\n\n" + GERMAN * 4).encode(), "is in German"),
    ("deep.html", lambda: b"<html><body>" + b"<div>" * 10_000 + b"<p>Deep.", "nested 10,0"),
    (
        "bomb.html.gz",
        lambda: gzip.compress(b"<p>news " * 8_000_000),
        "unpacks to more than 200 times its size",
    ),
    ("cut.txt.gz", lambda: gzip.compress(GOOD.encode() * 90)[:120], "gzip is damaged"),
    ("broken.json", lambda: b'{"text": "Norway rec', "is not valid JSON"),
    ("no-text.json", lambda: b'{"headline": "Nothing"}', "neither `text` nor `html`"),
]


def volteface(*arguments: str, before: Callable[[], None] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "volteface", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        preexec_fn=before,
        timeout=300,
    )


# Seconds each: once is enough.
HEAVY = ("large.html", "long.txt", "bomb.html.gz")


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Path of every bad file, and what must be said of it."""
    folder = tmp_path_factory.mktemp("bad")
    for name, content, _ in BAD:
        (folder / name).write_bytes(content())
    wanted = {str(folder / name): message for name, _, message in BAD}
    (folder / "dangling.html").symlink_to(folder / "nowhere.html")
    (folder / "lines.jsonl").write_text(
        json.dumps({"id": "first", "text": GOOD.format("seven")}) + "\n"
        '{"id": "second", "text": \n' + json.dumps({"id": "third", "text": GOOD.format("nine")}) + "\n"
    )
    (folder / "nothing").mkdir()
    return wanted | {
        str(folder / "dangling.html"): "no such file",
        str(folder / "missing.html"): "no such file",
        str(folder / "lines.jsonl") + ":2": "is not valid JSON",
        str(folder / "nothing"): "the folder holds no page",
    }


@pytest.fixture(scope="module")
def inputs(bad: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """A good page before, between and after the bad ones."""
    folder = tmp_path_factory.mktemp("good")
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(GOOD.format(name), encoding="utf-8")
    paths = [re.sub(r":2$", "", path) for path in bad]
    return [str(folder / "one.txt"), *paths, str(folder / "two.txt")]


def said(stderr: str) -> dict[str, list[str]]:
    """Messages by the file they name."""
    found: dict[str, list[str]] = {}
    for line in stderr.splitlines():
        named = re.match(r"volteface: (.*?): (.*)", line)
        if named:
            found.setdefault(named[1], []).append(named[2])
    return found


def check_messages(stderr: str, bad: dict[str, str]) -> None:
    messages = said(stderr)
    assert "Traceback" not in stderr
    assert set(messages) == set(bad)
    for path, wanted in bad.items():
        assert len(messages[path]) == 1, messages[path]
        assert wanted in messages[path][0]
        assert len(messages[path][0]) < 200


@pytest.mark.model
def test_code_says_what_is_wrong_and_goes_on(bad: dict[str, str], inputs: list[str]) -> None:
    result = volteface("code", *inputs)
    check_messages(result.stderr, bad)
    assert result.returncode == 1
    sources = [json.loads(line)["document"]["source"] for line in result.stdout.splitlines()]
    assert sources == [inputs[0], "first", "third", inputs[-1]]


@pytest.mark.model
def test_read_stores_the_good_pages_once(bad: dict[str, str], inputs: list[str], tmp_path: Path) -> None:
    database = tmp_path / "news.duckdb"
    light = [path for path in inputs if not path.endswith(HEAVY)]
    result = volteface("read", *light, "--db", str(database), "--workers", "1")
    messages = result.stderr[: result.stderr.rindex(f"{database}: ")]
    check_messages(messages, {path: say for path, say in bad.items() if not path.endswith(HEAVY)})
    assert result.returncode == 1
    assert "4 coded, 0 already there" in result.stderr
    with Store.open(database) as store:
        digest, counts = store.digest(), store.counts()
    assert counts["documents"] == 4
    page = tmp_path / "three.txt"
    page.write_text(GOOD.format("three") * 3)
    # nothing can be written any more
    full = volteface("read", str(page), "--db", str(database), "--workers", "1", before=limit_files_to(4096))
    assert full.returncode == 1
    assert str(database) in full.stderr
    assert "Traceback" not in full.stderr
    with Store.open(database) as store:
        assert (store.digest(), store.counts()) == (digest, counts)


def limit_files_to(size: int) -> Callable[[], None]:
    """For a process about to start: no file grows beyond this many bytes, as on a disk that is full."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_folder_without_permission(tmp_path: Path) -> None:
    folder = tmp_path / "closed"
    folder.mkdir()
    (folder / "page.txt").write_text(GOOD.format("one"))
    folder.chmod(0)
    try:
        result = volteface("extract", str(folder))
    finally:
        folder.chmod(0o700)
    assert result.returncode == 1
    assert said(result.stderr) == {str(folder): ["no permission to read it"]}


# ---- databases


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "news.duckdb"
    with Store.open(path) as store:
        store.add([Reading("id:a", "news/a.html", "f", "{}", record(TEXT))], coder="c")
    return path


HOLD = """
import sys, volteface.store
store = volteface.store.Store.open(sys.argv[1])
print("open", flush=True)
sys.stdin.read()
"""


def test_a_database_that_another_process_has_open(database: Path) -> None:
    holding = [sys.executable, "-c", HOLD, str(database)]
    with subprocess.Popen(holding, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdin
        assert holder.stdout.readline() == b"open\n"
        commands = on(database)
        results = [volteface(*arguments) for arguments in commands]
        holder.stdin.close()
    for arguments, result in zip(commands, results, strict=True):
        assert result.returncode == 1, arguments
        assert said(result.stderr).keys() == {str(database)}, result.stderr
        assert "in use" in result.stderr
    with Store.open(database) as store:
        assert store.counts()["documents"] == 1


def on(database: Path) -> list[list[str]]:
    """A command that writes and one that only looks."""
    page = database.with_name("page.txt")
    page.write_text(GOOD.format("one"))
    return [["read", str(page), "--db", str(database)], ["events", "--db", str(database)]]


def newer(path: Path) -> None:
    with Store.open(path) as store:
        store._connection.execute("INSERT INTO migrations VALUES ('9999_later')")


def no_database(path: Path) -> None:
    path.write_bytes(b"not a database " * 500)


@pytest.mark.parametrize(
    ("spoil", "message"), [(newer, "newer version of volteface"), (no_database, "not a DuckDB database")]
)
def test_a_database_that_is_none_of_ours_is_left_alone(
    database: Path, spoil: Callable[[Path], None], message: str
) -> None:
    spoil(database)
    before = database.read_bytes()
    for arguments in on(database):
        result = volteface(*arguments)
        assert result.returncode == 1
        assert said(result.stderr).keys() == {str(database)}, result.stderr
        assert message in result.stderr
    assert database.read_bytes() == before
