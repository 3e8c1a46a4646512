"""Who may ask, who may write, what a browser may do with the answer: before and around every page.

Without a token only this machine is answered, under its own names alone: a page of another site whose name was made to
point here (DNS rebinding) sends that name as Host. With a token everybody has to show it, in the header
`Authorization: Bearer TOKEN`, or once as `?token=TOKEN`, which leaves a cookie that other sites cannot make use of.

Whoever writes shows a token in any case, and a browser also that the form is one of these pages: it says where the
request comes from, and the form has a value that no other page knows.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from litestar.types import ASGIApp, Message, Receive, Send

COOKIE = "volteface_room"
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
)
HOST = re.compile(r"(?P<name>\[[0-9a-f:.]+\]|[^:\[\]]+)(?::[0-9]{1,5})?", re.IGNORECASE)
# More than any filter of a page needs, and than a query in SQL does.
LONGEST_QUERY = 4_000
LONGEST_SQL = 16_000
# More than any form of a page sends.
LONGEST_BODY, MOST_FIELDS = 16_000, 64
# Where forms are sent to.
WRITTEN = re.compile(r"/decisions(?:/undo)?$")
FORM = "application/x-www-form-urlencoded"
# The field of a form that shows whose it is, and where the application finds who asks.
FORM_TOKEN = "form"
VISITOR = "volteface"
Refusal = tuple[int, str, list[tuple[bytes, bytes]]]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. `may_write`: has shown the token; `writable`: whether anybody may; `token`: what a form has to send
    back; `fields`: what a form sent, checked."""

    may_write: bool = False
    writable: bool = False
    token: str = ""
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def first(self, name: str) -> str:
        """The first value of a field, empty where there is none."""
        return self.fields.get(name, ("",))[0]


def is_loopback(name: str) -> bool:
    """Whether a host, by name or number, is this machine for itself alone."""
    if name.lower() == "localhost":
        return True
    try:
        return ip_address(name.strip("[]")).is_loopback
    except ValueError:
        return False


class Guard:
    """Stands before the application, itself one of ASGI. `token`: what everybody has to show, None: loopback alone;
    `writing`: what whoever writes has to show, where reading is free."""

    def __init__(self, app: ASGIApp, *, token: str | None = None, writing: str | None = None) -> None:
        self._app = app
        self._closed = token is not None
        self._token = token if token is not None else writing
        self._cookie = hashlib.sha256(f"volteface {self._token}".encode()).hexdigest()
        self._form = hmac.new((self._token or "").encode(), b"volteface form", hashlib.sha256).hexdigest()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Answer or pass on one request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope, headers)
        shown = self._shown(scope, headers)
        visitor = Visitor(shown, self._token is not None, self._form if shown else "")
        if refusal is None and scope["method"] == "POST":
            refusal, visitor = await self._posted(scope, headers, visitor, receive)
        if refusal is not None:
            status, words, extra = refusal
            await _answer(send, status, words, extra)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *HEADERS]
            await send(message)

        # A page for HEAD is that for GET; the server leaves out its body.
        scope["method"] = "POST" if scope["method"] == "POST" else "GET"
        scope[VISITOR] = visitor
        await self._app(scope, receive, guarded)

    def _refusal(self, scope: Any, headers: Mapping[bytes, str]) -> Refusal | None:
        if scope["method"] not in ("GET", "HEAD") and (
            scope["method"] != "POST" or not WRITTEN.search(scope["path"])
        ):
            return 405, "This reading room is for reading: GET alone.", [(b"allow", b"GET, HEAD")]
        if len(scope["query_string"]) > (LONGEST_SQL if scope["path"].startswith("/sql") else LONGEST_QUERY):
            return 414, "This address is too long.", []
        if not self._closed:
            host = HOST.fullmatch(headers.get(b"host", ""))
            if host is None or not is_loopback(host["name"]):
                return 421, "This reading room answers to the names of its own machine alone.", []
            return self._entry(scope) if self._token is not None else None
        if self._shown(scope, headers):
            return None
        return self._entry(scope) or (
            401,
            "This reading room asks for its token: add ?token=… to the address.",
            [],
        )

    def _shown(self, scope: Any, headers: Mapping[bytes, str]) -> bool:
        return self._token is not None and (self._borne(headers) or self._kept(scope, headers))

    def _borne(self, headers: Mapping[bytes, str]) -> bool:
        kind, _, given = headers.get(b"authorization", "").partition(" ")
        return kind.lower() == "bearer" and _same(given.strip(), self._token or "")

    def _kept(self, scope: Any, headers: Mapping[bytes, str]) -> bool:
        try:
            cookie = SimpleCookie(headers.get(b"cookie", "")).get(cookie_name(scope))
        except CookieError:
            return False
        return cookie is not None and _same(cookie.value, self._cookie)

    def _entry(self, scope: Any) -> Refusal | None:
        """With the token in the address: the same address without it, and a cookie."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        given = [value for name, value in query if name == "token"]
        if not given or scope["method"] == "POST":
            return None
        if not any(_same(value, self._token or "") for value in given):
            return 401, "This is not the token of this reading room: a new one is printed at each start.", []
        rest = urlencode([(name, value) for name, value in query if name != "token"])
        # One slash at the beginning: two would lead to another host.
        path = "/" + quote(scope["path"].lstrip("/\\"), safe="/~")
        location = path + (f"?{rest}" if rest else "")
        cookie = f"{cookie_name(scope)}={self._cookie}; Path=/; HttpOnly; SameSite=Strict"
        return 303, "Come in.", [(b"location", location.encode()), (b"set-cookie", cookie.encode())]

    async def _posted(
        self, scope: Any, headers: Mapping[bytes, str], visitor: Visitor, receive: Receive
    ) -> tuple[Refusal | None, Visitor]:
        """Whether a form may be sent, and what it has."""
        if not visitor.may_write:
            words = (
                "Only who has the token may write: open the address with it that `volteface serve` printed."
            )
            return (401 if visitor.writable else 403, words, []), visitor
        if not self._borne(headers) and not _from_here(headers):
            return (403, "This form was not sent from a page of this reading room.", []), visitor
        if headers.get(b"content-type", "").partition(";")[0].strip().lower() != FORM:
            return (415, "Only a form can be sent.", []), visitor
        body = await _body(headers, receive)
        if body is None:
            return (413, "This form is too large.", [(b"connection", b"close")]), visitor
        try:
            pairs = parse_qsl(
                body.decode("ascii"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
            )
        except ValueError:
            return (400, "This form cannot be read.", []), visitor
        fields: dict[str, tuple[str, ...]] = {}
        for name, value in pairs:
            fields[name] = (*fields.get(name, ()), value)
        if not self._borne(headers) and not _same(fields.get(FORM_TOKEN, ("",))[0], self._form):
            words = "This form is of an earlier start of the reading room: go back, load its page again, send it again."
            return (403, words, []), visitor
        return None, Visitor(True, True, self._form, fields)


def visitor_of(scope: Any) -> Visitor:
    """Who asks, as the guard found out."""
    visitor = scope.get(VISITOR, Visitor())
    assert isinstance(visitor, Visitor)
    return visitor


def cookie_name(scope: Any) -> str:
    """One for each port: cookies do not tell ports apart, and one machine may have several rooms."""
    return f"{COOKIE}_{(scope.get('server') or ('', 0))[1] or 80}"


def asked_here(scope: Any) -> bool:
    """Whether no other site made the browser ask this; scripts and old browsers do not say."""
    said = next((value for name, value in scope["headers"] if name.lower() == b"sec-fetch-site"), b"none")
    return said in (b"same-origin", b"none")


def _from_here(headers: Mapping[bytes, str]) -> bool:
    """Whether a browser says that the request comes from a page of this very server; one that says nothing is not
    believed."""
    site = headers.get(b"sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    try:
        origin = urlsplit(headers.get(b"origin", ""))
    except ValueError:
        return False
    return bool(origin.netloc) and origin.netloc.lower() == headers.get(b"host", "").lower()


async def _body(headers: Mapping[bytes, str], receive: Receive) -> bytes | None:
    """What was sent, None if it is too long."""
    said = headers.get(b"content-length", "0")
    if not said.isdigit() or int(said[:9]) > LONGEST_BODY:
        return None
    parts: list[bytes] = []
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None  # it broke off
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
        if sum(map(len, parts)) > LONGEST_BODY:
            return None
    return b"".join(parts)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


async def _answer(send: Send, status: int, words: str, headers: list[tuple[bytes, bytes]]) -> None:
    body = words.encode() + b"\n"
    own = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": [*own, *headers, *HEADERS]})
    await send({"type": "http.response.body", "body": body, "more_body": False})
