"""The coding commands on the real pipeline, as a shell runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from volteface.records import Record

PAGE = (
    "Shells hit border village\n\n"
    "Turkey accused Syria of shelling a border village on Monday, the Turkish Foreign Ministry said.\n\n"
    "“We will answer every attack,” Turkish President Recep Tayyip Erdogan told reporters in Ankara.\n"
)


def volteface(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "volteface", *arguments]
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False)


@pytest.fixture
def pages(tmp_path: Path) -> list[str]:
    names = []
    for n in range(3):
        path = tmp_path / f"{n}.txt"
        path.write_text(PAGE.replace("Monday", ["Monday", "Tuesday", "Friday"][n]), encoding="utf-8")
        names.append(str(path))
    return names


def test_extract_goes_on_after_a_bad_page(pages: list[str], tmp_path: Path) -> None:
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    result = volteface("extract", pages[0], str(empty), str(tmp_path / "none.txt"), pages[1])
    sources = [json.loads(line)["document"]["source"] for line in result.stdout.splitlines()]
    assert (sources, result.returncode) == (pages[:2], 1)
    assert [str(empty), str(tmp_path / "none.txt")] == [
        line.split(": ")[1] for line in result.stderr.splitlines()
    ]


def test_a_reader_that_stops_reading_is_no_error_to_print(pages: list[str]) -> None:
    command = [sys.executable, "-m", "volteface", "extract", *pages * 200]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        os.read(process.stdout.fileno(), 10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.model
def test_code_is_the_same_on_any_number_of_processes(pages: list[str]) -> None:
    one, two = (volteface("code", "--published", "2031-03-04", "--workers", n, *pages) for n in ("1", "2"))
    assert one.stdout == two.stdout
    records = [Record.from_json(line) for line in one.stdout.splitlines()]
    assert [record.document.source for record in records] == pages
    assert all(record.events for record in records)


@pytest.mark.model
def test_what_is_read_is_listed_and_shown(pages: list[str], tmp_path: Path) -> None:
    database = str(tmp_path / "news.duckdb")
    assert volteface("read", *pages, "--db", database, "--published", "2031-03-04").returncode == 0
    listed = volteface("events", "--db", database, "--format", "jsonl", "--actor", "TUR").stdout.splitlines()
    assert listed
    shown = volteface("show", json.loads(listed[0])["document"][:10], "--db", database)
    assert "Turkey accused Syria" in " ".join(shown.stdout.split())


@pytest.mark.model
def test_single_steps(pages: list[str]) -> None:
    row = json.dumps({"id": 7, "text": "They met in Paris on Tuesday.", "dct": "2015-11-27"})
    places = volteface("geoparse", stdin=row + "\nnot json\n")
    assert json.loads(places.stdout)["places"][0]["country"] == "FRA"
    assert (places.returncode, "standard input, line 2: no JSON" in places.stderr) == (1, True)
    assert json.loads(volteface("timex", stdin=row).stdout)["times"][0]["value"] == "2015-11-24"
    said = json.loads(volteface("attribute", pages[0]).stdout)
    assert said["source"] == pages[0]
    assert len(said["attributions"]) >= 2


@pytest.mark.model
def test_doctor_finds_nothing_broken() -> None:
    result = volteface("doctor")
    assert "BROKEN" not in result.stdout
    assert result.returncode == 0
