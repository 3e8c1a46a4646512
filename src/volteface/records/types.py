"""The record: what one coded document is.

Every class here is frozen and mirrors `docs/reference/record.md` name for name; `Record.to_json` is what
`volteface code` prints. Positions are Python character offsets into `document.text`, half open `[start, end)`.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

Span = tuple[int, int]

BlockKind = Literal["headline", "standfirst", "caption", "paragraph"]
DroppedKind = Literal["furniture", "repeat"]
DateBasis = Literal["given", "metadata", "inferred"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Precision = Literal["point", "city", "district", "province", "country"]
Form = Literal["direct", "indirect", "mixed"]
Stand = Literal["denies", "confirms"]
EvidenceKind = Literal["title", "apposition", "member", "role", "leads", "listed", "holder"]
Status = Literal["actual", "alleged", "future", "hypothetical", "negated", "historical"]


class Extent(msgspec.Struct, frozen=True):
    """A stretch of the document's text."""

    start: int
    end: int


class Block(msgspec.Struct, frozen=True):
    """A piece of the article, one paragraph or heading, in reading order; blocks do not overlap."""

    kind: BlockKind
    start: int
    end: int


class Dropped(msgspec.Struct, frozen=True):
    """Text of the page that is not the article: site furniture, or a repeat of a paragraph that is kept."""

    kind: DroppedKind
    text: str


class Published(msgspec.Struct, frozen=True):
    """The publication date (ISO). `latest` is the latest day it could be; equal to `date` unless inferred."""

    date: str
    basis: DateBasis
    latest: str


class Document(msgspec.Struct, frozen=True):
    """The article of one page: its own text and nothing else. `id` is the SHA-256 of `text`, in hex."""

    id: str
    source: str
    headline: str | None
    bylines: tuple[str, ...]
    publisher: str | None
    published: Published | None
    language: str
    text: str
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...] = ()

    @staticmethod
    def id_of(text: str) -> str:
        """The id of a document with this canonical text."""
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class Evidence(msgspec.Struct, frozen=True):
    """Words of the text that tell who an actor is, and what they tell: country, sector, role, each perhaps None."""

    start: int
    end: int
    kind: EvidenceKind
    country: str | None
    sector: str | None
    role: str | None


class Actor(msgspec.Struct, frozen=True):
    """Somebody who acts, is acted on, or speaks. `country`: ISO alpha-3 or a PLOVER non-state code.

    `key` joins an actor over documents, None for somebody without a name. `score`: how far this resolution is
    trusted, 0 to 1, an order and no probability.
    """

    id: str
    name: str
    country: str | None
    sector: str | None
    role: str | None
    wikidata: str | None
    mentions: tuple[Extent, ...]
    reasons: tuple[str, ...] = ()
    key: str | None = None
    score: float = 0.0
    evidence: tuple[Evidence, ...] = ()


class Place(msgspec.Struct, frozen=True):
    """A place named in the text and what it is in GeoNames; latitude and longitude in degrees, WGS 84.

    `precision` is None for what lies in no single country, a sea or the Sahel, and for places that are not known;
    `score` is the share, 0 to 1, that the place has among all of its name, `reasons` say why.
    """

    id: str
    text: str
    start: int
    end: int
    name: str
    country: str | None
    admin1: str | None
    geonames: int | None
    latitude: float | None
    longitude: float | None
    feature: str | None
    precision: Precision | None = None
    score: float = 0.0
    reasons: tuple[str, ...] = ()


class Time(msgspec.Struct, frozen=True):
    """A TIMEX3 expression: its type and its ISO value (`2015-11-24`, `2015-W47`, `P3D`, …)."""

    id: str
    text: str
    start: int
    end: int
    type: TimeType
    value: str


class Spans(msgspec.Struct, frozen=True):
    """One or several pieces of text that belong together."""

    spans: tuple[Span, ...]


class Principal(msgspec.Struct, frozen=True):
    """For whom a spokesman speaks; `actor` is the id of an `Actor`."""

    spans: tuple[Span, ...]
    actor: str | None = None


class Source(msgspec.Struct, frozen=True):
    """Who says it; `actor` is the id of an `Actor`, `named` is false for an unnamed official and the like.
    `principal`: for whom, where the source is called a spokesman or the like."""

    spans: tuple[Span, ...]
    actor: str | None = None
    named: bool = True
    principal: Principal | None = None


class Via(msgspec.Struct, frozen=True):
    """Who relays what the source says: agency, broadcaster, transcript; outermost last."""

    name: str
    spans: tuple[Span, ...]


class Answer(msgspec.Struct, frozen=True):
    """What a claim says of another source's claim on the same thing; `claim` is the other's id."""

    claim: str
    stand: Stand


class Attribution(msgspec.Struct, frozen=True):
    """One claim by one source: source, cue and content spans, the chain that relayed it, the claims it answers."""

    id: str
    source: Source
    cue: Spans
    content: Spans
    form: Form
    via: tuple[Via, ...] = ()
    answers: tuple[Answer, ...] = ()


class Participant(msgspec.Struct, frozen=True):
    """An actor or recipient of an event, as the text has it, whom it was resolved to, how surely (see `Actor`) and
    why."""

    text: str
    start: int
    end: int
    actor: str | None
    country: str | None
    sector: str | None
    score: float = 0.0
    reasons: tuple[str, ...] = ()


class Trigger(msgspec.Struct, frozen=True):
    """The word or words that carry the event."""

    text: str
    start: int
    end: int


class EventDate(msgspec.Struct, frozen=True):
    """First and last day (ISO) on which the event can have happened; `time` is the id of a `Time` or null."""

    start: str
    end: str
    time: str | None


class EventPlace(msgspec.Struct, frozen=True):
    """Where the event happened: the id of a `Place` and its main fields."""

    id: str
    text: str
    name: str
    country: str | None
    precision: Precision | None = None


class Event(msgspec.Struct, frozen=True):
    """Who did what to whom. `attributions`: ids, innermost first; empty means the publisher's own voice."""

    id: str
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    cameo: str
    quad: str
    score: float
    actors: tuple[Participant, ...]
    recipients: tuple[Participant, ...]
    trigger: Trigger
    sentence: Extent
    date: EventDate | None
    place: EventPlace | None
    killed: int | None
    injured: int | None
    status: Status
    attributions: tuple[str, ...]
    confidence: float


class Record(msgspec.Struct, frozen=True):
    """One coded document."""

    document: Document
    sentences: tuple[Extent, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    times: tuple[Time, ...]
    attributions: tuple[Attribution, ...]
    events: tuple[Event, ...]

    def to_json(self) -> str:
        """The record as one line of JSON."""
        return msgspec.json.encode(self).decode()

    def _repr_html_(self) -> str:
        """What a notebook shows: the article with everything found in it marked."""
        from volteface.records.html import to_html

        return to_html(self)

    @classmethod
    def from_json(cls, line: str | bytes) -> Record:
        """Read a record back from `to_json`. Raises `msgspec.ValidationError` if it is not one."""
        return msgspec.json.decode(line, type=cls)
