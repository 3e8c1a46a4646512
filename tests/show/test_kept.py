"""Answers that are kept: the same while the database is, of the same visitor, and never too many."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from litestar.types import ASGIApp, Receive, Send

from tests.show import rooms
from volteface.show.web.kept import Kept


class Counting:
    """An application that says how often it was asked."""

    def __init__(self, status: int = 200, size: int = 1) -> None:
        self.asked = 0
        self._status, self._size = status, size

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        self.asked += 1
        await send({"type": "http.response.start", "status": self._status, "headers": []})
        for _ in range(self._size):
            await send({"type": "http.response.body", "body": b"x" * 10, "more_body": True})
        await send({"type": "http.response.body", "body": str(self.asked).encode(), "more_body": False})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "news.duckdb"
    file.write_bytes(b"one")
    return file


def kept(app: Counting, path: Path, **bounds: int) -> ASGIApp:
    return Kept(app, path, **bounds)


@pytest.mark.parametrize(
    ("second", "asked"),
    [
        (("/", {}), 1),
        (("/?a=1", {}), 2),
        (("/", {"Accept": "text/csv"}), 2),
        (("/", {"Cookie": "who=Ada"}), 2),
        (("/", {"User-Agent": "another"}), 1),
    ],
)
def test_the_same_question_is_answered_once(
    path: Path, second: tuple[str, dict[str, str]], asked: int
) -> None:
    app = Counting()
    room = kept(app, path)
    one, other = rooms.ask(room, "/"), rooms.ask(room, second[0], **second[1])
    assert app.asked == asked
    assert (one.text == other.text) == (asked == 1)


def test_until_the_database_changes(path: Path) -> None:
    app = Counting()
    room = kept(app, path)
    rooms.ask(room, "/")
    path.write_bytes(b"another")
    assert rooms.ask(room, "/").text.endswith("2")
    path.unlink()
    assert rooms.ask(room, "/").text.endswith("3")


@pytest.mark.parametrize(
    ("app", "address", "method", "bounds"),
    [
        (Counting(status=404), "/", "GET", {}),
        (Counting(), "/sql?q=SELECT+1", "GET", {}),
        (Counting(), "/", "POST", {}),
        (Counting(size=10), "/", "GET", {"largest": 100}),
        (Counting(size=10), "/", "GET", {"most": 100}),
    ],
)
def test_what_is_not_kept(
    path: Path, app: Counting, address: str, method: str, bounds: dict[str, int]
) -> None:
    room = kept(app, path, **bounds)
    for _ in range(2):
        rooms.ask(room, address, method=method)
    assert app.asked == 2


def test_the_oldest_go_first(path: Path) -> None:
    app = Counting(size=4)
    room = kept(app, path, most=100)
    for address in ("/a", "/b", "/a", "/c", "/a", "/b"):
        rooms.ask(room, address)
    assert app.asked == 4
