"""The API's OpenAPI document against a real server: schemathesis asks what it allows and what it does not, and holds
every answer to it. The same with 20,000 requests: `python -m benchmarks.fuzz_api`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.fuzz_api import DOCUMENT, SECONDS, fuzz
from tests.show import rooms

# Operations twice, as the document allows and not, so many times each.
EACH, OPERATIONS = 3, 14


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    path = tmp_path_factory.mktemp("fuzz") / "news.duckdb"
    rooms.database(path, rooms.SHELLED, rooms.FIRED, rooms.DENIED, rooms.hostile(), *rooms.stream())
    with rooms.serving(path, "--rate", "0") as address:
        yield address


def test_at_the_bounds(url: str, tmp_path: Path) -> None:
    """The examples of the document, every value at its bounds and beyond, methods that there are not. That a cursor is
    one cannot be told from the document."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", url + DOCUMENT]
    options = "--phases examples,coverage --checks all --exclude-checks positive_data_acceptance --seed 0"
    done = subprocess.run(
        [*command, *options.split(), "--request-timeout", str(SECONDS)],
        cwd=tmp_path, capture_output=True, text=True, timeout=900, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_at_random(url: str) -> None:
    statuses, wrong = fuzz(url, number=2 * EACH * OPERATIONS)
    assert wrong == []
    assert statuses.keys() <= {200, 400, 404, 414}
    assert statuses[200] > OPERATIONS
    assert statuses[400] > OPERATIONS
