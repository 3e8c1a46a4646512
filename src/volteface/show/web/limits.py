"""How fast one address may ask: a bucket of tokens for each, filled at a steady rate, of which a request takes one.

Litestar's own limit counts in fixed windows, sees only what reaches a handler (so no guessing of tokens), and believes
the header X-Forwarded-For, which anybody can set.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from math import ceil
from typing import Any

from litestar.types import ASGIApp, Receive, Send

# Requests a second: more than a reader sends, and than two cores can make for a script; what is kept could be had
# faster.
RATE = 100
# Seconds' worth of requests that may come at once after a silence.
BURST = 10
# Addresses that are remembered; who has not been heard of for longest goes first.
ADDRESSES = 10_000
# One household has so many addresses of IPv6 that it could come from another each time.
PREFIX = 64
WORDS = b"Too many requests from this address; ask again a little later.\n"


class Limits:
    """Stands before everything, itself an application of ASGI. `rate`: requests a second."""

    def __init__(self, app: ASGIApp, *, rate: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._app = app
        self._rate = rate
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Any, receive: Receive, send: Send) -> None:
        """Pass on one request, or say how long to wait."""
        if scope["type"] == "http" and (wait := self._wait(_address(scope.get("client")))):
            headers = [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-length", str(len(WORDS)).encode()),
                (b"retry-after", str(wait).encode()),
            ]
            await send({"type": "http.response.start", "status": 429, "headers": headers})
            await send({"type": "http.response.body", "body": WORDS, "more_body": False})
            return
        await self._app(scope, receive, send)

    def _wait(self, address: str) -> int:
        """Seconds until the address may ask again, 0 if it may now."""
        now, most = self._clock(), float(self._rate * BURST)
        tokens, last = self._buckets.pop(address, (most, now))
        tokens = min(most, tokens + (now - last) * self._rate)
        allowed = tokens >= 1
        self._buckets[address] = (tokens - 1 if allowed else tokens, now)
        if len(self._buckets) > ADDRESSES:
            self._buckets.popitem(last=False)
        return 0 if allowed else ceil((1 - tokens) / self._rate)


def _address(client: tuple[str, int] | None) -> str:
    """Who asks: an address of IPv4, or the network of one of IPv6."""
    if client is None:
        return ""
    try:
        address = ip_address(client[0].partition("%")[0])
    except ValueError:
        return client[0]
    if address.version == 4:
        return str(address)
    return str(address.ipv4_mapped or ip_network((address, PREFIX), strict=False))
