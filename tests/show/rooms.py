"""A reading room over a small database of hand-made stories, one of them hostile, asked as a browser asks."""

from __future__ import annotations

import random
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

import anyio
import httpx
import msgspec
from litestar.types import ASGIApp

from tests.linked import reading
from volteface.linking import bring_up_to_date
from volteface.records import Actor, Block, EventPlace, Extent, Place, Record, Time
from volteface.store import Reading, Store

MARKUP = "<script>alert('x')</script><b onclick=\"y()\">{{ 7*7 }}</b> javascript:z()"
WORDS = [
    *("harbour", "minister", "treaty", "border", "river", "patrol", "engine", "winter", "customs", "market", "bridge"),
    *("railway", "lake", "quota", "pilot", "envoy", "barley", "timber", "miners", "village", "ferry", "depot"),
]  # fmt: skip

SHELLED = reading(
    "Troops of {Ruritania} [shelled] the border town of Grenzau in <Sylvania> at dawn, killing four customs men.\n"
    "The barracks at Grenzau burned until noon.",
    source="/home/ada/pages/shelled.html",
    publisher="Courier",
    killed=4,
)
FIRED = reading(
    "{Ruritania} [shelled] Grenzau, a town in <Sylvania> with large barracks; six customs men are dead.",
    source="https://ledger.example/fired",
    publisher="Ledger",
    published="2031-03-05",
    killed=6,
)
DENIED = reading(
    "{Ruritania} has not [shelled] Grenzau in <Sylvania>, its army says; barracks and customs men burned by accident.",
    source="C:\\pages\\denied.html",
    publisher="Tribune",
    published="2031-03-05",
    status="negated",
    by="Ruritania",
)


def hostile() -> Reading:
    """A story whose every text is markup or script."""
    one = reading(
        f"{{Ruritania}} [threatened] <Sylvania> with {MARKUP}.",
        source="javascript:alert(1)//x",
        publisher=MARKUP,
        type="THREATEN",
        quad="verbal conflict",
        score=-5.0,
        by="Ruritania",
    )
    record = one.record
    end = len(record.document.text)
    actor = Actor("A9", MARKUP, None, None, MARKUP, None, (Extent(0, 9),), key=f"XXX/{MARKUP}")
    place = Place("P1", "Ruritania", 0, 9, MARKUP, None, None, None, None, None, None)
    changed = msgspec.structs.replace(
        record,
        document=msgspec.structs.replace(
            record.document,
            headline=f"{MARKUP} \u202egnp.exe",
            bylines=(MARKUP,),
            blocks=(Block("caption", 0, end),),
        ),
        actors=(*record.actors, actor),
        places=(place,),
        times=(Time("T1", "Ruritania", 0, 9, "DATE", MARKUP),),
        sentences=(Extent(0, end),),
    )
    return _with(one, changed)


def _with(one: Reading, record: Record) -> Reading:
    return Reading(one.key, one.source, one.fingerprint, one.options, record)


def placed(
    one: Reading, name: str, country: str, geonames: int, latitude: float, longitude: float
) -> Reading:
    """The story with its events at a place, which its text need not name."""
    place = Place(
        "P1", one.record.document.text[:4], 0, 4, name, country, None, geonames, latitude, longitude, "PPL"
    )
    events = tuple(
        msgspec.structs.replace(event, place=EventPlace("P1", place.text, name, country))
        for event in one.record.events
    )
    return _with(one, msgspec.structs.replace(one.record, places=(place,), events=events))


def stream() -> list[Reading]:
    """Five months of support, five of quarrel, by Moldonia of Sylvania."""
    chance = random.Random(0)
    first = date(2030, 1, 7)
    stories = []
    for number in range(32):
        day = (first + timedelta(10 * number)).isoformat()
        kind = ("SUPPORT", "verbal cooperation", 5.0) if number < 16 else ("ACCUSE", "verbal conflict", -4.0)
        words = " ".join(chance.sample(WORDS, 9))
        stories.append(
            reading(
                f"{{Moldonia}} [spoke] of <Sylvania>: {words}.",
                source=f"https://courier.example/{number}",
                publisher="Courier",
                published=day,
                date=day,
                type=kind[0],
                quad=kind[1],
                score=kind[2],
            )
        )
    return stories


def long(words: int = 100_000) -> Reading:
    """An article of so many words, an event in each of its paragraphs."""
    chance = random.Random(1)
    lines = [
        f"{{Moldonia}} [warned] <Sylvania> of {' '.join(chance.choices(WORDS, k=96))}."
        for _ in range(words // 100)
    ]
    one = reading(
        "\n".join(lines), source="https://ledger.example/long", publisher="Ledger", published="2031-06-02"
    )
    text = one.record.document.text
    blocks, start = [], 0
    for line in text.split("\n"):
        blocks.append(Block("paragraph", start, start + len(line)))
        start += len(line) + 1
    sentences = tuple(Extent(block.start, block.end) for block in blocks)
    document = msgspec.structs.replace(one.record.document, headline="Long", blocks=tuple(blocks))
    return _with(one, msgspec.structs.replace(one.record, document=document, sentences=sentences))


def database(path: Path, *readings: Reading) -> Path:
    """A database of these stories, linked."""
    with Store.open(path) as store:
        store.add(readings, coder="c")
        bring_up_to_date(store)
    return path


def ask(app: ASGIApp, path: str, *, method: str = "GET", **headers: str) -> httpx.Response:
    """The answer to one request."""
    return _answer(app, path, method, None, headers)


def send(app: ASGIApp, path: str, form: Mapping[str, str | list[str]], **headers: str) -> httpx.Response:
    """The answer to a form."""
    return _answer(app, path, "POST", form, headers)


def _answer(
    app: ASGIApp,
    path: str,
    method: str,
    form: Mapping[str, str | list[str]] | None,
    headers: Mapping[str, str],
) -> httpx.Response:
    async def work() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)  # type: ignore[arg-type]
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8770") as client:
            return await client.request(method, path, headers=headers, data=form)

    return anyio.run(work)


@contextmanager
def serving(path: Path, *options: str) -> Iterator[str]:
    """A real `volteface serve` over a database: its address."""
    command = [sys.executable, "-m", "volteface", "serve", "--db", str(path), "--port", "0", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            found = re.match(r"(http://127\.0\.0\.1:\d+)/", process.stderr.readline())
            assert found
            yield found[1]
        finally:
            process.terminate()
