"""What is linked: stories, and the coded events they report."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date

from volteface.records import Status

# (document id, event id): one coded event of a current document.
Ref = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody on one side of an event. `key` joins an actor over documents, where there is one."""

    name: str
    text: str
    key: str | None = None
    country: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in the gazetteer; degrees, WGS 84."""

    name: str
    country: str | None = None
    admin1: str | None = None
    geonames: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    feature: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One coded event of a story.

    `start` and `end`: characters of the trigger; `sentence`: the words it stands in, from character `begins` on.
    `according_to`: sources, innermost first, empty in the publisher's own voice; `denied_by`: who denies it in the
    same story. `days`: first and last day on which it can have happened.
    """

    document: str
    event: str
    type: str
    quad: str
    score: float
    trigger: str
    start: int
    end: int
    sentence: str
    begins: int
    status: Status
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str = ""
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    days: tuple[date, date] | None = None
    spot: Spot | None = None
    killed: int | None = None
    injured: int | None = None
    according_to: tuple[str, ...] = ()
    denied_by: tuple[str, ...] = ()
    confidence: float = 1.0

    @property
    def ref(self) -> Ref:
        """What names it among current documents."""
        return self.document, self.event

    @property
    def reference(self) -> str:
        """What names it in decisions, whatever the coder calls it: `DOCUMENT:START-END`."""
        return f"{self.document}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A current document with its events, in the order of the text. `voice`: who speaks where no source is named."""

    document: str
    coder: str
    voice: str
    text: str
    publisher: str | None = None
    published: date | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two things are the same, 0 to 1, and why."""

    score: float
    reasons: tuple[str, ...]


def key_of(text: str) -> int:
    """64 bits of a text's BLAKE2b: the same in every process."""
    return int.from_bytes(hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest())
