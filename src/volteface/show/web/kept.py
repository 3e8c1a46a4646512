"""Answers kept as they went out, until the database changes: many readers ask for the same pages."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from pathlib import Path
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Send

from volteface.show.web.guard import visitor_of
from volteface.show.web.room import state_of

# Bytes of all that is kept, and of one answer that is.
MOST, LARGEST = 64_000_000, 1_000_000
# What an answer may depend on, besides its address and who asks.
TOLD = (b"accept", b"accept-encoding", b"cookie")
# Queries in SQL are asked only from a page of this server; files are told to be kept by browsers.
NEVER = ("/sql", "/static/")
Key = tuple[object, ...]
Answer = tuple[list[tuple[bytes, bytes]], bytes]


class Kept:
    """Stands before the application, behind the guard, itself an application of ASGI. `path`: the database; an answer
    holds as long as its file is the same."""

    def __init__(self, app: ASGIApp, path: Path, *, most: int = MOST, largest: int = LARGEST) -> None:
        self._app = app
        self._path = path
        self._most, self._largest = most, largest
        self._size = 0
        self._state: object = None
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._making: dict[Key, asyncio.Event] = {}

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer again what was answered, or pass on one request and keep its answer if it is a page. Who asks for what
        is being made waits for it."""
        key = self._key(scope)
        if key is None:
            await self._app(scope, receive, send)
            return
        if key not in self._answers and (made := self._making.get(key)) is not None:
            await made.wait()
        if (answer := self._answers.get(key)) is not None:
            self._answers.move_to_end(key)
            await _answer(send, answer)
            return
        made = self._making.setdefault(key, asyncio.Event())
        try:
            await self._make(key, scope, receive, send)
        finally:
            made.set()
            self._making.pop(key, None)

    async def _make(self, key: Key, scope: Any, receive: Receive, send: Send) -> None:
        headers: list[tuple[bytes, bytes]] | None = None
        parts: list[bytes] = []

        async def keeping(message: Message) -> None:
            nonlocal headers
            if message["type"] == "http.response.start":
                headers = list(message["headers"]) if message["status"] == 200 else None
            elif message["type"] == "http.response.body" and headers is not None:
                parts.append(message.get("body", b""))
                if sum(map(len, parts)) > self._largest:
                    headers = None
                    parts.clear()
                elif not message.get("more_body", False) and self._key(scope) == key:
                    self._keep(key, (headers, b"".join(parts)))
            await send(message)

        await self._app(scope, receive, keeping)

    def _key(self, scope: Any) -> Key | None:
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(NEVER):
            return None
        try:
            state = state_of(self._path)
        except OSError:
            return None
        told = [header for header in scope["headers"] if header[0].lower() in TOLD]
        return (state, visitor_of(scope).may_write, scope["path"], scope["query_string"], *told)

    def _keep(self, key: Key, answer: Answer) -> None:
        if key[0] != self._state:
            self._answers.clear()
            self._size, self._state = 0, key[0]
        if key in self._answers:
            self._drop(key)
        self._answers[key] = answer
        self._size += len(answer[1])
        while self._size > self._most:
            self._drop(next(iter(self._answers)))

    def _drop(self, key: Key) -> None:
        self._size -= len(self._answers.pop(key)[1])


async def _answer(send: Send, answer: Answer) -> None:
    headers, body = answer
    await send({"type": "http.response.start", "status": 200, "headers": list(headers)})
    await send({"type": "http.response.body", "body": body, "more_body": False})
