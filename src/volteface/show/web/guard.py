"""Who may ask, what a browser may do with the answer: before and around every page.

Without a token only this machine is answered, under its own names alone: a page of another site whose name was made to
point here (DNS rebinding) sends that name as Host. With a token everybody has to show it, in the header
`Authorization: Bearer TOKEN`, or once as `?token=TOKEN`, which leaves a cookie that other sites cannot make use of.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from litestar.types import ASGIApp, Message, Receive, Send

COOKIE = "volteface_room"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^:\[\]]+)(?::[0-9]{1,5})?", re.IGNORECASE)
# More than any filter of a page needs.
LONGEST_QUERY = 4_000


def is_loopback(name: str) -> bool:
    """Whether a host, by name or number, is this machine for itself alone."""
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


class Guard:
    """Stands before the application, itself one of ASGI; `token` None: loopback alone."""

    def __init__(self, app: ASGIApp, *, token: str | None = None) -> None:
        self._app = app
        self._token = token
        self._cookie = hashlib.sha256(f"volteface {token}".encode()).hexdigest()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer or pass on one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is not None:
            status, words, headers = refusal
            await _answer(send, status, words, headers)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        # A page for HEAD is that for GET; the server leaves out its body.
        scope["method"] = "GET"
        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Any) -> tuple[int, str, list[tuple[bytes, bytes]]] | None:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        if scope["method"] not in ("GET", "HEAD"):
            return 405, "This reading room is for reading: GET alone.", [(b"allow", b"GET, HEAD")]
        if len(scope["query_string"]) > LONGEST_QUERY:
            return 414, "This address is too long.", []
        if self._token is None:
            host = HOST.fullmatch(headers.get(b"host", ""))
            if host is None or not is_loopback(host["name"]):
                return 421, "This reading room answers to the names of its own machine alone.", []
            return None
        if self._shown(headers):
            return None
        return self._entry(scope) or (
            401,
            "This reading room asks for its token: add ?token=… to the address.",
            [],
        )

    def _shown(self, headers: dict[bytes, str]) -> bool:
        kind, _, given = headers.get(b"authorization", "").partition(" ")
        if kind.lower() == "bearer" and _same(given.strip(), self._token or ""):
            return True
        try:
            cookie = SimpleCookie(headers.get(b"cookie", "")).get(COOKIE)
        except CookieError:
            return False
        return cookie is not None and _same(cookie.value, self._cookie)

    def _entry(self, scope: Any) -> tuple[int, str, list[tuple[bytes, bytes]]] | None:
        """With the token in the address: the same address without it, and a cookie."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        if not any(name == "token" and _same(value, self._token or "") for name, value in query):
            return None
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        # One slash at the beginning: two would lead to another host.
        path = "/" + quote(scope["path"].lstrip("/\\"), safe="/~")
        location = path + (f"?{rest}" if rest else "")
        cookie = f"{COOKIE}={self._cookie}; Path=/; HttpOnly; SameSite=Strict"
        return 303, "Come in.", [(b"location", location.encode()), (b"set-cookie", cookie.encode())]


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


async def _answer(send: Send, status: int, words: str, headers: list[tuple[bytes, bytes]]) -> None:
    body = words.encode() + b"\n"
    own = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*own, *headers, *HEADERS]})
    await send({"type": "http.response.body", "body": body, "more_body": False})
