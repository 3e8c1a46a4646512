"""Lists of the API: what was read, what was coded in it, who is in it, and what is found in it by words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import QueryParameter

from volteface.records import Record
from volteface.show.web.api import asking as ask
from volteface.show.web.api import problems, shapes
from volteface.show.web.api.answers import accepted, answered, encoded, link, listed, reading, tabled
from volteface.show.web.api.asking import ROWS, cursor_of, cut_of, filters_of
from volteface.show.web.api.described import rows, whole
from volteface.show.web.pages.search import AROUND, excerpt, sited
from volteface.show.web.room import Room
from volteface.show.web.words import origin, shorten, unslug
from volteface.store import Filters, Store, held, searching, served
from volteface.store.front import PlaceRow
from volteface.store.paging import Cut, Place, Sequel
from volteface.store.profile import EvidenceRow, Fact
from volteface.store.reading_room import records

Asked = Request[Any, Any, Any]
# Reports of one linked event: those of the greatest affairs of a year are a few hundred.
REPORTS = 2_000


@get("/documents", operation_id="documents", summary="Articles", sync_to_thread=True, **rows(shapes.Document))
def documents(
    request: Asked,
    room: NamedDependency[Room],
    since: ask.Since = None,
    until: ask.Until = None,
    source: ask.Source = None,
    order: ask.Sorted = "oldest",
    limit: ask.Limit = ROWS,
    cursor: ask.Cursor = None,
    form: ask.Formed = None,
) -> Response[bytes]:
    """Articles as they are now, by day of publication."""
    filters, cut = (
        filters_of(since=since, until=until, source=source),
        cut_of(served.DOCUMENTS, limit, cursor, order),
    )
    with reading(room) as store:
        return listed(request, served.DOCUMENTS, served.documents(store, filters, cut), order, form)


@get(
    "/documents/{document:str}",
    operation_id="document",
    summary="One article",
    sync_to_thread=True,
    **whole(Record),
)
def document(request: Asked, room: NamedDependency[Room], document: ask.DocumentId) -> Response[bytes]:
    """An article and everything that was found in it: its record, as `volteface code` prints it."""
    with reading(room) as store:
        number = served.whole_id(store, document)
        record = records(store, [number]).get(number)
    if record is None:
        raise NotFoundException
    told = msgspec.structs.replace(record.document, source=origin(record.document.source))
    return answered(request, msgspec.structs.replace(record, document=told))


@get(
    "/sentences", operation_id="sentences", summary="Sentences", sync_to_thread=True, **rows(shapes.Sentence)
)
def sentences(
    request: Asked,
    room: NamedDependency[Room],
    document: ask.OfDocument = None,
    since: ask.Since = None,
    until: ask.Until = None,
    source: ask.Source = None,
    order: ask.Sorted = "oldest",
    limit: ask.Limit = ROWS,
    cursor: ask.Cursor = None,
    form: ask.Formed = None,
) -> Response[bytes]:
    """Sentences of articles, by day of publication."""
    filters, cut = (
        filters_of(since=since, until=until, source=source),
        cut_of(served.SENTENCES, limit, cursor, order),
    )
    with reading(room) as store:
        found = served.sentences(store, filters, cut, document=document)
        return listed(request, served.SENTENCES, found, order, form)


@get("/events", operation_id="events", summary="Coded events", sync_to_thread=True, **rows(shapes.Event))
def events(
    request: Asked,
    room: NamedDependency[Room],
    actor: ask.Actor = None,
    recipient: ask.Recipient = None,
    type: ask.Types = None,  # noqa: A002 - as the parameter is called
    status: ask.Statuses = None,
    document: ask.OfDocument = None,
    since: ask.Since = None,
    until: ask.Until = None,
    source: ask.Source = None,
    order: ask.Sorted = "oldest",
    limit: ask.Limit = ROWS,
    cursor: ask.Cursor = None,
    form: ask.Formed = None,
) -> Response[bytes]:
    """Events as single articles have them, by their day, or that of publication."""
    filters = filters_of(
        actor=actor, recipient=recipient, type=type, status=status, since=since, until=until, source=source
    )
    cut = cut_of(served.EVENTS_, limit, cursor, order)
    with reading(room) as store:
        found = served.events(store, filters, cut, document=document)
        return listed(request, served.EVENTS_, found, order, form)


@get("/linked-events", operation_id="linked-events", summary="Occurrences", sync_to_thread=True,
     **rows(shapes.LinkedEvent))  # fmt: skip
def linked_events(
    request: Asked,
    room: NamedDependency[Room],
    actor: ask.Actor = None,
    recipient: ask.Recipient = None,
    type: ask.Types = None,  # noqa: A002
    status: ask.Statuses = None,
    contested: ask.Contested = None,
    since: ask.Since = None,
    until: ask.Until = None,
    source: ask.Source = None,
    order: ask.Sorted = "oldest",
    limit: ask.Limit = ROWS,
    cursor: ask.Cursor = None,
    form: ask.Formed = None,
) -> Response[bytes]:
    """What happened, each once however many articles tell of it, by its day."""
    filters = filters_of(
        actor=actor, recipient=recipient, type=type, status=status, since=since, until=until, source=source
    )
    cut = cut_of(served.LINKED_EVENTS, limit, cursor, order)
    with reading(room) as store:
        found = served.linked(store, filters, cut, contested=contested)
        return listed(request, served.LINKED_EVENTS, found, order, form)


@get("/linked-events/{linked:str}", operation_id="linked-event", summary="One occurrence", sync_to_thread=True,
     **whole(shapes.Occurrence))  # fmt: skip
def linked_event(request: Asked, room: NamedDependency[Room], linked: ask.LinkedId) -> Response[bytes]:
    """One occurrence with its reports, originals first: which sentence tells it, and why it was joined."""
    with reading(room) as store:
        found = served.one_linked(store, linked)
        reports = served.reports_of(store, linked, limit=REPORTS)
    if found is None:
        raise NotFoundException
    return answered(request, {**found, "reports": reports})


@get("/attributions", operation_id="attributions", summary="Who said what", sync_to_thread=True,
     **rows(shapes.Attribution))  # fmt: skip
def attributions(
    request: Asked,
    room: NamedDependency[Room],
    actor: ask.Actor = None,
    document: ask.OfDocument = None,
    since: ask.Since = None,
    until: ask.Until = None,
    source: ask.Source = None,
    order: ask.Sorted = "oldest",
    limit: ask.Limit = ROWS,
    cursor: ask.Cursor = None,
    form: ask.Formed = None,
) -> Response[bytes]:
    """Claims and quotes with their sources, by day of publication; `actor` is who speaks."""
    filters = filters_of(actor=actor, since=since, until=until, source=source)
    cut = cut_of(served.ATTRIBUTIONS, limit, cursor, order)
    with reading(room) as store:
        found = served.attributions(store, filters, cut, document=document)
        return listed(request, served.ATTRIBUTIONS, found, order, form)


@get("/actors", operation_id="actors", summary="Actors", sync_to_thread=True, **rows(shapes.Actor))
def actors(
    request: Asked,
    room: NamedDependency[Room],
    name: ask.Name = None,
    since: ask.Since = None,
    until: ask.Until = None,
    source: ask.Source = None,
    limit: ask.Limit = ROWS,
    cursor: ask.Cursor = None,
    form: ask.Formed = None,
) -> Response[bytes]:
    """Who is reported on under a name of their own, those in most articles first."""
    filters = filters_of(name=name, since=since, until=until, source=source)
    cut = cut_of(served.ACTORS_, limit, cursor)
    with reading(room) as store:
        return listed(request, served.ACTORS_, served.actors(store, filters, cut), "oldest", form)


@get(
    "/actors/{key:str}",
    operation_id="actor",
    summary="One actor",
    sync_to_thread=True,
    **whole(shapes.Profile),
)
def actor(request: Asked, room: NamedDependency[Room], key: ask.Key) -> Response[bytes]:
    """What is known of an actor over all articles: each fact with the words that tell it, partners, decisions."""
    with reading(room) as store:
        profile = store.profile(unslug(key))
    told = msgspec.structs.asdict(profile)
    told |= {
        "names": [shapes.Name(*pair) for pair in profile.names],
        "facts": [_fact(fact) for fact in profile.facts],
        "decisions": [
            {name: getattr(each, name) for name in shapes.Decision.__struct_fields__}
            for each in profile.decisions
        ],
    }
    return answered(request, told)


def _fact(fact: Fact) -> shapes.Fact:
    told = msgspec.structs.asdict(fact)
    return shapes.Fact(**{**told, "example": _evidence(fact.example) if fact.example else None})


def _evidence(row: EvidenceRow) -> shapes.Evidence:
    return shapes.Evidence(
        kind=row.kind,
        text=row.text,
        sentence=row.sentence,
        start=row.starts,
        end=row.ends,
        document=row.document,
        headline=row.headline,
        publisher=row.publisher,
        source=origin(row.source),
        published=row.published,
    )


Kind = Annotated[
    Literal["documents", "attributions", "actors", "places"],
    QueryParameter(description="What is looked for. Places have no “since”, “until” or “source”."),
]
HIT = {name: "DATE" if name == "published" else "VARCHAR" for name in shapes.Hit.__struct_fields__}
SEQUELS = {
    "documents": replace(served.DOCUMENTS, name="search-documents"),
    "attributions": served.ATTRIBUTIONS,
    "actors": served.ACTORS_,
    "places": Sequel("search-places", {"rank": ("-n", "BIGINT"), "place": ("geonames", "BIGINT")}, "", ""),
}


@get("/search", operation_id="search", summary="Search", sync_to_thread=True, **rows(shapes.Hit))
def search(
    request: Asked,
    room: NamedDependency[Room],
    q: ask.Wanted,
    kind: Kind = "documents",
    since: ask.Since = None,
    until: ask.Until = None,
    source: ask.Source = None,
    limit: ask.Limit = ROWS,
    cursor: ask.Cursor = None,
    form: ask.Formed = None,
) -> Response[bytes]:
    """Articles or quotes that have all the words, the newest first, or actors or places of this name, those with most
    reports or events first. Places are those of all days and sources: they are refused with `since`, `until` or
    `source`."""
    order: Any = "oldest" if kind in ("actors", "places") else "newest"
    if kind == "places" and (since or until or source):
        raise problems.Asked("kind", "Places are those of all days and sources.")
    filters = filters_of(since=since, until=until, source=source, name=q if kind == "actors" else None)
    sequel = SEQUELS[kind]
    cut = cut_of(sequel, limit, cursor, order)
    with reading(room) as store:
        hits, last = _sited(room, store, q, cut) if kind == "places" else _hits(store, kind, q, filters, cut)
    after = cursor_of(sequel, order, last) if last else None
    if (form or accepted(request)) == "json":
        items = [dict(zip(HIT, hit, strict=True)) for hit in hits]
        return encoded({"items": items, "next": after}, link(request, after))
    table = held(HIT, hits)
    try:
        return tabled(request, table, after, form)
    finally:
        table.close()


def _hits(
    store: Store, kind: str, q: str, filters: Filters, cut: Cut
) -> tuple[list[tuple[Any, ...]], Place | None]:
    """Rows of what is found, and the place of the last if there are more."""
    if kind == "actors":
        found = served.actors(store, filters, cut)
        rows = list(found.table.dicts())
        return [
            ("actor", None, None, row["key"], row["name"], _role(row), None, None) for row in rows
        ], found.last
    hits: list[tuple[Any, ...]] = []
    if kind == "attributions":
        quotes, last = searching.quote_leaf(store, q, filters, cut)
        for one in quotes:
            text = shorten(one.content, 2 * AROUND)
            told = (one.key, one.speaker, text, one.publisher, one.published)
            hits.append(("attribution", one.document, one.attribution, *told))
        return hits, last
    articles, last = searching.article_leaf(store, q, filters, cut)
    for each in articles:
        text = "".join(run.text for run in excerpt(each.text, q))
        hits.append(
            ("document", each.document, None, None, each.headline, text, each.publisher, each.published)
        )
    return hits, last


def _sited(room: Room, store: Store, q: str, cut: Cut) -> tuple[list[tuple[Any, ...]], Place | None]:
    """The same of places."""
    rows = [row for row in sited(room, store, q) if not cut.after or (-row.events, row.geonames) > cut.after]
    shown = rows[: cut.limit]
    last = (-shown[-1].events, shown[-1].geonames) if len(rows) > cut.limit else None
    return [
        ("place", None, None, str(row.geonames), row.name, _where(row), None, None) for row in shown
    ], last


def _where(row: PlaceRow) -> str:
    return ", ".join(filter(None, (row.admin1, row.country)))


def _role(row: Mapping[str, Any]) -> str:
    return ", ".join(filter(None, (row["role"], row["sector"], row["country"])))
