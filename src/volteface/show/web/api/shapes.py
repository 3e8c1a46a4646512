"""What the API answers with, field by field: its OpenAPI document is made from these.

Names of lists are those of the commands (`store/table.py`, `store/acts.py`). Rows of lists come as the database has
them and are not made into these classes; tests hold them to it.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from volteface.codebook import plover
from volteface.records import Form, Precision, Status
from volteface.store.acts import QUADS, STATUSES
from volteface.store.profile import Partner
from volteface.store.standing import FactField

Id = Annotated[str, Meta(description="SHA-256 of the text, hex.")]
LinkedRef = Annotated[str, Meta(description="The linked event: /linked-events/{linked}.")]
Read = Annotated[
    str, Meta(description="Where it was read: an address of the web, else the name of the file.")
]
Score = Annotated[float, Meta(description="−10 (conflict) to 10 (cooperation).")]
Share = Annotated[float, Meta(description="0 to 1.")]
Country = Annotated[str | None, Meta(description="ISO 3166-1 alpha-3, or a code of PLOVER for other bodies.")]
Reported = Annotated[str | None, Meta(description="The document this one reprints.")]


class Document(msgspec.Struct, frozen=True):
    """An article."""

    document: Id
    headline: str | None
    bylines: list[str]
    publisher: str | None
    published: date | None
    published_basis: Annotated[str | None, Meta(description="given, metadata or inferred.")]
    published_latest: date | None
    source: Read
    language: str
    characters: int
    sentences: int
    events: int
    attributions: int
    copy_of: Reported


class Sentence(msgspec.Struct, frozen=True):
    """A sentence of an article; `start` and `end`: its characters; `events`: ids of those that it tells."""

    document: Id
    number: int
    start: int
    end: int
    text: str
    events: list[str]
    publisher: str | None
    published: date | None
    source: Read


class Event(msgspec.Struct, frozen=True):
    """An event as one document has it. Names have their countries beside them in the same order; `according_to`: the
    sources, innermost first, empty in the publisher's own voice; `via`: who relays."""

    document: Id
    event: str
    date_start: date | None
    date_end: date | None
    type: str
    mode: str | None
    contexts: list[str]
    status: Status
    actors: list[str]
    actor_countries: list[str | None]
    recipients: list[str]
    recipient_countries: list[str | None]
    place: str | None
    killed: int | None
    injured: int | None
    quad: str
    score: Score
    cameo: str
    confidence: Share
    according_to: list[str]
    via: list[str]
    denied_by: list[str]
    trigger: str
    sentence: str
    headline: str | None
    publisher: str | None
    source: Read
    published: date | None
    place_country: str | None
    place_precision: Precision | None
    linked: Annotated[
        str | None, Meta(description="The linked event; null if a person called this one wrong.")
    ]


class LinkedEvent(msgspec.Struct, frozen=True):
    """One occurrence, however many documents tell of it; `sources`: how many of them are independent."""

    linked: LinkedRef
    type: str
    mode: str | None
    contexts: list[str]
    cameo: str
    quad: str
    score: Score
    status: Status
    contested: bool
    date_start: date | None
    date_end: date | None
    dated_by: str | None
    actors: list[str]
    actor_countries: list[str | None]
    actor_keys: list[str | None]
    recipients: list[str]
    recipient_countries: list[str | None]
    recipient_keys: list[str | None]
    place: str | None
    place_country: str | None
    latitude: float | None
    longitude: float | None
    killed_min: int | None
    killed_max: int | None
    injured_min: int | None
    injured_max: int | None
    documents: int
    sources: int
    first_report: date | None
    last_report: date | None
    confidence: Share
    asserted_by: list[str]
    denied_by: list[str]


class Report(msgspec.Struct, frozen=True):
    """One report of an occurrence: the characters of its trigger, its sentence, and why it was joined."""

    document: Id
    event: str
    trigger: str
    start: int
    end: int
    sentence: str
    status: Status
    headline: str | None
    publisher: str | None
    published: date | None
    source: Read
    copy_of: Reported
    score: Annotated[
        float | None, Meta(description="Chance that it is the same as the report it is most like.")
    ]
    reasons: list[str]


class Occurrence(LinkedEvent, frozen=True, kw_only=True):
    """One occurrence and its reports, originals first."""

    reports: list[Report]


class Attribution(msgspec.Struct, frozen=True):
    """Who said what: `content` are the words; `key`: of the speaker, as /actors has it."""

    document: Id
    attribution: str
    speaker: str
    country: Country
    named: bool
    form: Form
    cue: str
    content: str
    via: list[str]
    headline: str | None
    publisher: str | None
    source: Read
    published: date | None
    speaks_for: str | None
    key: str | None


class Actor(msgspec.Struct, frozen=True):
    """Somebody over all documents: in how many, how often named, how often acting, acted on, speaking."""

    name: str
    country: Country
    sector: str | None
    role: str | None
    wikidata: str | None
    documents: int
    mentions: int
    acts: int
    receives: int
    speaks: int
    key: str


class Evidence(msgspec.Struct, frozen=True):
    """Words of a document (characters `start` to `end`) that tell who somebody is."""

    kind: str
    text: str
    sentence: str | None
    start: int
    end: int
    document: Id
    headline: str | None
    publisher: str | None
    source: Read
    published: date | None


class Fact(msgspec.Struct, frozen=True):
    """A value of a field, and how it is known: by which decision, how many independent documents, the register."""

    field: FactField
    value: str
    decision: int | None
    documents: int
    first: date | None
    last: date | None
    example: Evidence | None
    register: bool


class Name(msgspec.Struct, frozen=True):
    """A name, and how many documents use it."""

    name: str
    documents: int


class Decision(msgspec.Struct, frozen=True):
    """What a person decided of an actor, and when (UTC)."""

    decision: int
    kind: str
    subject: str
    object: str | None
    field: str | None
    value: str | None
    note: str | None
    made: datetime


class Profile(msgspec.Struct, frozen=True):
    """What is known of one actor. `facts`: by field, the current best first, what contradicts it after it; `keys`: all
    that are taken for this actor; `namesakes`: keys of the same name in another country."""

    key: str
    name: str
    keys: list[str]
    names: list[Name]
    documents: int
    first: date | None
    last: date | None
    facts: list[Fact]
    partners: list[Partner]
    namesakes: list[str]
    decisions: list[Decision]


class Dyad(msgspec.Struct, frozen=True):
    """Two countries, or other bodies, of which one acts on the other."""

    actor: str
    recipient: str
    events: int
    first: date
    last: date
    score_mean: float | None
    contested: int


# One day, week or month of a dyad, the columns of `volteface dyad`.
Period = msgspec.defstruct(
    "Period",
    [
        ("period", date),
        ("events", int),
        *((type_.lower(), int) for type_ in plover().types),
        ("untyped", int),
        *((quad.replace(" ", "_"), int) for quad in QUADS),
        ("verbal", int),
        ("material", int),
        ("scored", int),
        ("score_sum", float),
        ("score_mean", float | None),
        ("score_variance", float | None),
        ("contested", int),
        *((status, int) for status in STATUSES),
        ("kept_out", int),
        ("kept_out_share", float | None),
        ("documents", int),
        ("imported", int),
    ],
    frozen=True,
    namespace={
        "__doc__": "What one did to the other in a day, week or month, which begins with `period`: events by type and "
        "quad, their scores, those of each status, and for coverage documents published and events imported."
    },
)


class Carrier(msgspec.Struct, frozen=True):
    """An act that carries a turn, with the report that tells it best; an imported one has none."""

    act: str
    day: date
    day_end: date
    type: str | None
    mode: str | None
    score: float | None
    sentence: str | None
    document: str | None
    publisher: str | None
    published: date | None
    source: str | None


class Turn(msgspec.Struct, frozen=True):
    """A change of course: from `day` on (between `earliest` and `latest`, nine times in ten) the mean score is `after`
    instead of `before`. `sure`: one minus the chance that a course without change would show one as strong."""

    day: date
    earliest: date
    latest: date
    direction: Literal["cooperation", "conflict"]
    before: float
    after: float
    sure: Share
    sentences_before: list[Carrier]
    sentences_after: list[Carrier]


class Point(msgspec.Struct, frozen=True):
    """The position on a day, with the band that holds it nine times in ten."""

    day: date
    position: Score
    low: float
    high: float


class Course(msgspec.Struct, frozen=True):
    """The course of one toward another: `events` it is drawn on, `apart` those whose status does not count, by
    status; `spread`: the standard deviation of one event round the position."""

    actor: str
    recipient: str
    events: int
    apart: dict[str, int]
    spread: float
    points: list[Point]
    turns: list[Turn]


class Member(msgspec.Struct, frozen=True):
    """Where an actor stands: its bloc, if any, its pull to it (−1 to 1), and how near its pull toward another comes."""

    actor: str
    bloc: int | None
    pull: float
    toward: int | None
    between: Share


class Edge(msgspec.Struct, frozen=True):
    """Two actors, with the weights of cooperation and conflict between them and how many acts they come of."""

    one: str
    other: str
    cooperation: float
    conflict: float
    acts: int


class Moved(msgspec.Struct, frozen=True):
    """An actor that stood elsewhere in the window before."""

    actor: str
    move: Literal["joined", "left", "moved"]
    before: int | None
    after: int | None


class Window(msgspec.Struct, frozen=True):
    """Who stands with whom in a window of time. Blocs keep their numbers from one window to the next."""

    since: date
    until: date
    modularity: float
    blocs: dict[str, list[str]]
    members: list[Member]
    edges: list[Edge]
    moves: list[Moved]


class Hit(msgspec.Struct, frozen=True):
    """What was found, with the text round the words: an article, what somebody said there, an actor by its key, or a
    place by its GeoNames id."""

    kind: Literal["document", "attribution", "actor", "place"]
    document: str | None
    attribution: str | None
    key: str | None
    title: str | None
    text: str
    publisher: str | None
    published: date | None
