"""Answers made in the order of asking, a few at once.

Eight pages that share two processors all come when the last is made. One after the other, half of them come sooner and
none later (docs/decisions/0104-lookups.md). Questions in SQL have a line of their own (`store/asking/desk.py`).
"""

from __future__ import annotations

import asyncio
from typing import Any

from litestar.types import ASGIApp, Message, Receive, Send

from volteface.workers import processors

# Seconds that one waits for its turn; then it is made beside the others, which take long, or wait for the database.
PATIENCE = 1.0
# What costs next to nothing, or has bounds of its own.
ASIDE = ("/sql", "/static/")


class InTurn:
    """Stands before the application, itself an application of ASGI. `at_once`: answers that are made at once, by
    default as many as there are processors, and two at least; `patience`: seconds."""

    def __init__(self, app: ASGIApp, *, at_once: int | None = None, patience: float = PATIENCE) -> None:
        self._app = app
        self._places = asyncio.Semaphore(at_once or max(2, processors()))
        self._patience = patience

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Pass on one request when it is its turn. The turn ends when the answer is made: how long it takes to send is
        the reader's affair."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith(ASIDE):
            await self._app(scope, receive, send)
            return
        held = await self._wait()

        def end() -> None:
            nonlocal held
            if held:
                self._places.release()
            held = False

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.body":
                end()
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            end()

    async def _wait(self) -> bool:
        """Whether it has a place now, to be given back."""
        try:
            async with asyncio.timeout(self._patience):
                return await self._places.acquire()
        except TimeoutError:
            return False
