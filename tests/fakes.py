"""Records built by hand, and a coder that needs no model, for tests of what comes after coding."""

from __future__ import annotations

import os
import re
import signal
import time
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from volteface.errors import InputError
from volteface.records import (
    Actor,
    Attribution,
    Block,
    Document,
    Event,
    EventDate,
    EventPlace,
    Extent,
    Participant,
    Place,
    Published,
    Record,
    Source,
    Span,
    Spans,
    Time,
    Trigger,
    Via,
)

TEXT = (
    "Ruritania shells border town\n"
    "Ruritanian troops shelled Grenzau on Monday, killing two, the Sylvanian government said.\n"
    "“We will answer,” President Ada Moor told the Sylvan Post."
)


def find(text: str, words: str) -> Span:
    """Where the words stand."""
    start = text.index(words)
    return start, start + len(words)


def extent(text: str, words: str) -> Extent:
    """The same as an `Extent`."""
    return Extent(*find(text, words))


def blocks_of(text: str) -> tuple[Block, ...]:
    """A headline, then paragraphs, one a line."""
    ends = [-1, *(m.start() for m in re.finditer("\n", text)), len(text)]
    kinds = ["headline", *["paragraph"] * len(ends)]
    pairs = zip(kinds, pairwise(ends), strict=False)
    return tuple(Block(kind, a + 1, b) for kind, (a, b) in pairs)  # type: ignore[arg-type]


def record(text: str = TEXT, *, source: str = "news/page.html", published: str = "2031-03-04") -> Record:
    """One of everything. Texts that `TEXT` is part of keep its offsets."""

    def party(words: str, actor: str, country: str, sector: str) -> Participant:
        return Participant(words, *find(text, words), actor, country, sector)

    document = Document(
        id=Document.id_of(text),
        source=source,
        headline=text.partition("\n")[0],
        bylines=("Otto Falk",),
        publisher="The Grenzau Courier",
        published=Published(published, "given", published),
        language="en",
        text=text,
        blocks=blocks_of(text),
    )
    actors = (
        Actor(
            "A1", "Ruritania", "RUR", "MIL", None, None, (extent(text, "Ruritanian troops"),), ("demonym",)
        ),
        Actor(
            "A2", "Sylvania", "SYL", "GOV", "government", None, (extent(text, "the Sylvanian government"),)
        ),
        Actor("A3", "Ada Moor", "SYL", "GOV", "President", "Q42", (extent(text, "President Ada Moor"),)),
    )
    place = Place("P1", "Grenzau", *find(text, "Grenzau"), "Grenzau", "SYL", "West", 7, 48.5, 9.25, "PPL")
    attributions = (
        Attribution(
            "Q1",
            Source((find(text, "the Sylvanian government"),), "A2"),
            Spans((find(text, "said"),)),
            Spans((find(text, "Ruritanian troops shelled Grenzau on Monday, killing two"),)),
            "indirect",
        ),
        Attribution(
            "Q2",
            Source((find(text, "President Ada Moor"),), "A3"),
            Spans((find(text, "told"),)),
            Spans((find(text, "“We will answer,”"),)),
            "direct",
            (Via("Sylvan Post", (find(text, "Sylvan Post"),)),),
        ),
    )
    events = (
        Event(
            id="E1",
            type="ASSAULT",
            mode="heavy-weapons",
            contexts=("military", "territory"),
            cameo="194",
            quad="material conflict",
            score=-10.0,
            actors=(party("Ruritanian troops", "A1", "RUR", "MIL"),),
            recipients=(party("Grenzau", "A2", "SYL", "CVL"),),
            trigger=Trigger("shelled", *find(text, "shelled")),
            sentence=extent(text, text.split("\n")[1]),
            date=EventDate("2031-03-03", "2031-03-03", "T1"),
            place=EventPlace("P1", "Grenzau", "Grenzau", "SYL"),
            killed=2,
            injured=None,
            status="alleged",
            attributions=("Q1",),
            confidence=0.875,
        ),
        Event(
            id="E2",
            type="THREATEN",
            mode=None,
            contexts=(),
            cameo="130",
            quad="verbal conflict",
            score=-4.4,
            actors=(party("President Ada Moor", "A3", "SYL", "GOV"),),
            recipients=(),
            trigger=Trigger("answer", *find(text, "answer")),
            sentence=extent(text, text.split("\n")[2]),
            date=None,
            place=None,
            killed=None,
            injured=None,
            status="future",
            attributions=("Q2",),
            confidence=0.5,
        ),
    )
    return Record(
        document=document,
        sentences=tuple(Extent(b.start, b.end) for b in document.blocks),
        actors=actors,
        places=(place,),
        times=(Time("T1", "Monday", *find(text, "Monday"), "DATE", "2031-03-03"),),
        attributions=attributions,
        events=events,
    )


@dataclass
class FakeCoder:
    """Codes a page as `record` does, and misbehaves when the page says so. Not a model of the real one: it is
    there to try the store and the processes with."""

    version: str = "fake 1"
    seconds: float = 0.0

    def read(self, page: Any, *, published: str | None, repeats: Any) -> Record:
        """`TEXT` with the page's own words after it, without lines that repeat on other pages."""
        words = page.content.split()
        if "BAD" in words:
            raise InputError(page.path, "has no article")
        if "RAISE" in words:
            raise ValueError("a bug")
        if "CRASH" in words:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "SLEEP" in words:
            time.sleep(60)
        time.sleep(self.seconds)
        kept = page.content
        if page.kind == "copied":
            kept = "\n".join(line for line in kept.split("\n") if not repeats.furniture(line))
        return record(f"{TEXT}\n{kept}", source=page.source, published=published or "2031-03-04")


def fake_coder(version: str = "fake 1", seconds: float = 0.0) -> FakeCoder:
    """For `functools.partial`, which can be sent to another process."""
    return FakeCoder(version, seconds)
