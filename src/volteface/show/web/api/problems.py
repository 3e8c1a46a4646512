"""What is wrong, as `application/problem+json` (RFC 9457): never what the program says of it, which may name a file."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Message, Receive, Send

MEDIA = "application/problem+json"
UNDER = "/api/"
POLICY = b"content-security-policy"

# Parameters that handlers have under another name.
CALLED = {"form": "format"}
# What is told of an error where its cause says nothing that may be shown.
WORDS = {
    400: "A value in the address is not one that this can be asked.",
    401: "This needs the token: send it as “Authorization: Bearer TOKEN”.",
    403: "This may not be asked from where it was asked.",
    404: "There is no such address, or what it showed is not in the database any more.",
    405: "The API is for reading: GET and HEAD alone.",
    406: "This can be had as JSON, JSON Lines, CSV or Parquet, or as JSON alone where it is no list.",
    414: "The address is too long.",
    421: "This server answers to the names of its own machine alone, unless it is started with a token.",
    429: "Too many requests from one address. Wait as long as “Retry-After” says.",
    500: "The answer could not be made. Whoever runs the server finds why in its log.",
    503: "The database is being written. Ask again after “Retry-After” seconds.",
    504: "This takes longer to answer than a request may. Narrow it, by days or by actors.",
}


class Wrong(msgspec.Struct, frozen=True):
    """A parameter, and what is wrong with its value."""

    parameter: str
    reason: str


class Problem(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is wrong (RFC 9457). `type` is left out, since the status says all that a program can act on."""

    title: str
    status: int
    detail: str
    errors: tuple[Wrong, ...] = ()


class Asked(Exception):
    """Something that cannot be asked: each parameter with what is wrong with it."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(reason)
        self.errors = (Wrong(parameter, reason),)


def is_api(path: str) -> bool:
    """Whether problems at this address are told to a program."""
    return path.startswith(UNDER)


def problem(
    status: int,
    errors: Sequence[Wrong] = (),
    headers: dict[str, str] | None = None,
    words: str | None = None,
) -> Response[bytes]:
    """The answer that says what is wrong, in words of its status or in these."""
    return Response(body(status, errors, words), status_code=status, media_type=MEDIA, headers=headers or {})


def body(status: int, errors: Sequence[Wrong] = (), words: str | None = None) -> bytes:
    """The same as bytes."""
    words = words or WORDS.get(status) or WORDS[400 if status < 500 else 500]
    return msgspec.json.encode(Problem(_title(status), status, words, tuple(errors)))


def wrongs(error: Exception) -> tuple[Wrong, ...]:
    """What is wrong with which parameter, as far as an error tells it."""
    if isinstance(error, Asked):
        return error.errors
    extra = error.extra if isinstance(error, HTTPException) and error.status_code == 400 else None
    told = extra if isinstance(extra, list) else []
    return tuple(
        Wrong(CALLED.get(str(each["key"]), str(each["key"])), str(each.get("message", "")))
        for each in told
        if isinstance(each, dict) and "key" in each
    )


def _title(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


class Problems:
    """Stands around everything: errors under /api/ that were told in other words become problems, and nothing there
    can be written."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Pass on one request."""
        if scope["type"] != "http" or not is_api(scope["path"]):
            await self._app(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD"):
            await _refuse(send)
            return
        status = 0

        async def told(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                kind = dict(message["headers"]).get(b"content-type", b"")
                if message["status"] >= 400 and not kind.startswith(MEDIA.encode()):
                    status = message["status"]
                    kept = [
                        (n, v) for n, v in message["headers"] if not n.startswith(b"content-") or n == POLICY
                    ]
                    own = [
                        (b"content-type", MEDIA.encode()),
                        (b"content-length", str(len(body(status))).encode()),
                    ]
                    message["headers"] = [*own, *kept]
            elif status:
                if message.get("more_body"):
                    return
                message = {"type": "http.response.body", "body": body(status), "more_body": False}
            await send(message)

        await self._app(scope, receive, told)


async def _refuse(send: Send) -> None:
    content = body(405)
    headers = [
        (b"content-type", MEDIA.encode()),
        (b"allow", b"GET, HEAD"),
        (b"content-length", str(len(content)).encode()),
    ]
    await send({"type": "http.response.start", "status": 405, "headers": headers})
    await send({"type": "http.response.body", "body": content, "more_body": False})
