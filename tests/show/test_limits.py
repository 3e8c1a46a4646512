"""How fast one address may ask."""

from __future__ import annotations

from typing import Any

import anyio
import pytest

from volteface.show.web.limits import ADDRESSES, BURST, Limits

RATE = 2


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


async def welcome(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def ask(limits: Limits, client: str | None) -> tuple[int, dict[bytes, bytes]]:
    """The status and headers of an answer to a request from an address."""
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError

    scope: Any = {"type": "http", "client": (client, 1) if client else None}
    anyio.run(limits, scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"])


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def limits(clock: Clock) -> Limits:
    return Limits(welcome, rate=RATE, clock=clock)


def test_a_burst_then_a_steady_rate(limits: Limits, clock: Clock) -> None:
    assert [ask(limits, "10.0.0.1")[0] for _ in range(RATE * BURST + 1)] == [200] * RATE * BURST + [429]
    assert ask(limits, "10.0.0.1")[1][b"retry-after"] == b"1"
    clock.now += 1
    assert [ask(limits, "10.0.0.1")[0] for _ in range(RATE + 1)] == [200] * RATE + [429]
    clock.now += 1_000
    assert [ask(limits, "10.0.0.1")[0] for _ in range(RATE * BURST + 1)] == [200] * RATE * BURST + [429]


# Two addresses, whether one uses up what the other may send.
PAIRS = [
    ("10.0.0.1", "10.0.0.2", False),
    ("2001:db8::1", "2001:db8::ffff:1", True),
    ("2001:db8::1", "2001:db8:0:1::1", False),
    ("::ffff:10.0.0.1", "10.0.0.1", True),
    ("fe80::1%eth0", "fe80::2", True),
    (None, "10.0.0.1", False),
    ("a socket", "a socket", True),
]


@pytest.mark.parametrize(("one", "other", "same"), PAIRS)
def test_who_counts_as_one(limits: Limits, one: str | None, other: str, same: bool) -> None:
    for _ in range(RATE * BURST):
        ask(limits, one)
    assert ask(limits, other)[0] == (429 if same else 200)


def test_what_is_remembered_is_bounded(limits: Limits) -> None:
    for number in range(ADDRESSES + 5):
        limits._wait(str(number))
    assert len(limits._buckets) == ADDRESSES
