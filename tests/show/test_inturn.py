"""Answers made in turn: so many at once, in the order of asking, and nobody waits for ever or for a slow reader."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import anyio
import pytest

from volteface.show.web.inturn import InTurn


class Making:
    """An application that is told when an answer is made, and remembers who began and how many were made at once."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.most = self.now = 0
        self.made: dict[str, anyio.Event] = {}

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        path = scope["path"]
        self.begun.append(path)
        self.now += 1
        self.most = max(self.most, self.now)
        await self.made.setdefault(path, anyio.Event()).wait()
        self.now -= 1
        if path == "/broken":
            raise ValueError
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"made", "more_body": False})


async def quick(_: Any) -> None:
    """A reader who takes what is sent."""


async def nothing() -> Any:
    """A reader who sends nothing more."""


async def ask(
    room: InTurn, path: str, method: str = "GET", send: Callable[[Any], Awaitable[None]] = quick
) -> None:
    try:
        await room({"type": "http", "method": method, "path": path}, nothing, send)
    except ValueError:
        assert path == "/broken"


def run(work: Callable[[], Awaitable[None]]) -> None:
    async def bounded() -> None:
        with anyio.fail_after(5):
            await work()

    anyio.run(bounded)


async def settle() -> None:
    for _ in range(10):
        await anyio.lowlevel.checkpoint()


def test_two_at_once_in_the_order_of_asking() -> None:
    async def work() -> None:
        app = Making()
        room = InTurn(app, at_once=2, patience=60)
        async with anyio.create_task_group() as readers:
            for number in range(6):
                readers.start_soon(ask, room, f"/{number}")
                await settle()
            assert app.begun == ["/0", "/1"]
            for number in (1, 0, 2, 3, 4, 5):
                app.made[f"/{number}"].set()
                await settle()
        assert app.begun == [f"/{number}" for number in range(6)]
        assert app.most == 2

    run(work)


@pytest.mark.parametrize("first", ["/broken", "/slow"])
def test_a_place_is_given_back_when_the_answer_is_made(first: str) -> None:
    """Whatever becomes of it: it may fail, or who asked may take long to read it."""

    async def work() -> None:
        app, never = Making(), anyio.Event()
        room = InTurn(app, at_once=1, patience=60)

        async def slow(message: Any) -> None:
            if message["type"] == "http.response.body":
                await never.wait()

        async with anyio.create_task_group() as readers:
            readers.start_soon(ask, room, first, "GET", slow)
            await settle()
            readers.start_soon(ask, room, "/next")
            await settle()
            assert app.begun == [first]
            app.made[first].set()
            await settle()
            assert app.begun == [first, "/next"]
            app.made["/next"].set()
            never.set()

    run(work)


def test_nobody_waits_longer_than_said() -> None:
    async def work() -> None:
        app = Making()
        room = InTurn(app, at_once=1, patience=0.01)
        async with anyio.create_task_group() as readers:
            for path in ("/stuck", "/a", "/b"):
                readers.start_soon(ask, room, path)
            while len(app.begun) < 3:
                await anyio.sleep(0.01)
            for made in app.made.values():
                made.set()
        assert app.most == 3

    run(work)


@pytest.mark.parametrize(
    ("path", "method"), [("/sql", "GET"), ("/static/room.css", "GET"), ("/decisions/1", "POST")]
)
def test_what_has_bounds_of_its_own_does_not_wait(path: str, method: str) -> None:
    async def work() -> None:
        app = Making()
        room = InTurn(app, at_once=1, patience=60)
        async with anyio.create_task_group() as readers:
            readers.start_soon(ask, room, "/first")
            await settle()
            readers.start_soon(ask, room, path, method)
            await settle()
            assert app.begun == ["/first", path]
            for made in app.made.values():
                made.set()

    run(work)
