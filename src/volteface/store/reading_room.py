"""The questions of the reading room's pages: few rows each, picked first and filled in after, so that a page costs what
it shows and not what the database holds.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import msgspec

from volteface.records import Record
from volteface.store.among import current, names, within
from volteface.store.listing import Filters
from volteface.store.listing import events as events_question
from volteface.store.paths import told
from volteface.store.reports import ReportRow, first_reports, quoted, reported
from volteface.store.rows import restore
from volteface.store.standing import of_keys
from volteface.store.store import Store
from volteface.store.table import EventRow, Table
from volteface.store.words import NEWEST as NEWEST_FIRST

CHOSEN = "SELECT e.linked FROM linked_events e WHERE {where} ORDER BY {order}, e.linked LIMIT $limit OFFSET $offset"
NEWEST = "e.date_start DESC NULLS LAST, e.sources DESC"
OLDEST = "e.date_start NULLS LAST"
DEEDS = "SELECT DISTINCT linked FROM linked_participants WHERE side = $side AND key IN ({keys})"
# Of no more events than these the ids are written into the question.
FEW = 1_000

# Events and their parties: of one table after the other, as `reported` has reports.
FACTS = """
SELECT e.linked, e.type, e.mode, e.contexts, e.cameo, e.quad, e.score, e.status, e.contested, e.date_start, e.date_end,
  e.dated_by, e.place, e.place_country, e.killed_min, e.killed_max, e.injured_min, e.injured_max, e.documents,
  e.sources, e.first_report, e.last_report, e.confidence, e.asserted_by, e.denied_by
FROM linked_events e WHERE linked IN ({linked})"""
PARTIES = """
SELECT linked, side, name, country, sector, key FROM known_linked_participants WHERE linked IN ({linked})
ORDER BY linked, side, number"""

# Of the same group of copies: the original and all that reprint it.
ORIGINAL = "SELECT original FROM copies WHERE document = $document"
REPRINTS = "SELECT document FROM copies WHERE original = $original"
# Documents with reports of the same events, and of how many of them.
LINKED_IN = "SELECT event, linked FROM linked WHERE document = $document"
SHARED = """
SELECT document, count(DISTINCT linked) AS shared FROM linked WHERE {chosen} GROUP BY document"""
DOCUMENTS = """
WITH one AS MATERIALIZED (SELECT document, coder, headline, publisher, published, source FROM records WHERE {only}),
now AS MATERIALIZED (FROM latest WHERE {only})
SELECT document, headline, publisher, published, source FROM one SEMI JOIN now USING (document, coder)
ORDER BY published DESC NULLS LAST, document"""
NEWEST_DOCUMENTS = f"SELECT l.document FROM latest l ORDER BY {NEWEST_FIRST} LIMIT $limit OFFSET $offset"

DYADS = """
SELECT actor, recipient, count(*) AS acts, min(day), max(day) FROM acts
WHERE leads AND status = 'actual' AND actor <> recipient AND score IS NOT NULL
GROUP BY actor, recipient ORDER BY acts DESC, actor, recipient LIMIT $limit"""

# An address of this machine shows as the name of its file alone.
ADDRESS = r"""CASE WHEN regexp_matches(source, '^https?://') THEN source
  ELSE regexp_extract(source, '[^/\\]*$') END"""


class Party(msgspec.Struct, frozen=True):
    """Who stands on a side of an event, `actor` or `recipient`."""

    side: str
    name: str
    country: str | None
    sector: str | None
    key: str | None


class Happened(msgspec.Struct, frozen=True):
    """One linked event (see the table `linked_events`), its parties, and its first report that is no copy."""

    linked: str
    type: str
    mode: str | None
    contexts: list[str]
    cameo: str
    quad: str
    score: float
    status: str
    contested: bool
    date_start: date | None
    date_end: date | None
    dated_by: str | None
    place: str | None
    place_country: str | None
    killed_min: int | None
    killed_max: int | None
    injured_min: int | None
    injured_max: int | None
    documents: int
    sources: int
    first_report: date | None
    last_report: date | None
    confidence: float
    asserted_by: list[str]
    denied_by: list[str]
    parties: list[Party]
    document: str
    event: str
    publisher: str | None
    published: date | None
    sentence: str

    def side(self, side: str) -> list[Party]:
        """Those on one side."""
        return [party for party in self.parties if party.side == side]


class Joined(msgspec.Struct, frozen=True):
    """One report of a linked event, and why it was joined."""

    document: str
    event: str
    headline: str | None
    publisher: str | None
    published: date | None
    source: str
    copy_of: str | None
    score: float | None
    reasons: list[str]


class Neighbour(msgspec.Struct, frozen=True):
    """A document that stands near another: `original` of it or a copy, or with so many `shared` events."""

    document: str
    headline: str | None
    publisher: str | None
    published: date | None
    source: str
    original: bool
    shared: int


class Found(msgspec.Struct, frozen=True):
    """A document of a list; `text` is empty where nothing was looked for in it."""

    document: str
    headline: str | None
    publisher: str | None
    published: date | None
    source: str
    text: str


class Said(msgspec.Struct, frozen=True):
    """A quote of a list; `key` is the speaker's."""

    document: str
    attribution: str
    speaker: str
    key: str | None
    content: str
    form: str
    via: list[str]
    headline: str | None
    publisher: str | None
    published: date | None


def _happened(store: Store, where: str, order: str, parameters: dict[str, object]) -> list[Happened]:
    return _told(store, _chosen(store, where, order, parameters))


def _chosen(store: Store, where: str, order: str, parameters: dict[str, object]) -> list[str]:
    return [linked for (linked,) in store._rows(CHOSEN.format(where=where, order=order), parameters)]


def _told(store: Store, chosen: Sequence[str]) -> list[Happened]:
    """What is shown of these linked events, as far as there are reports of them."""
    reports = first_reports(store, chosen)
    return [_happening(*told, reports[told[0][0]]) for told in _facts(store, chosen) if told[0][0] in reports]


def _facts(store: Store, chosen: Sequence[str]) -> list[tuple[tuple[Any, ...], list[Party]]]:
    """Of these linked events the row of `FACTS`, and their parties."""
    if not chosen:
        return []
    only = names(chosen)
    facts = {row[0]: row for row in store._rows(FACTS.format(linked=only), {})}
    parties: dict[str, list[Party]] = {}
    for linked, *party in store._rows(PARTIES.format(linked=only), {}):
        parties.setdefault(linked, []).append(Party(*party))
    return [(facts[one], parties.get(one, [])) for one in chosen if one in facts]


def _happening(facts: tuple[Any, ...], parties: list[Party], report: ReportRow) -> Happened:
    place = (report.document, report.event, report.publisher, report.published, report.sentence)
    one = Happened(*(*facts, parties, *place))
    voices = {"asserted_by": [*map(told, one.asserted_by)], "denied_by": [*map(told, one.denied_by)]}
    return msgspec.structs.replace(one, **voices)


def latest(store: Store, *, contested: bool = False, limit: int, offset: int = 0) -> list[Happened]:
    """What happened last, of several on a day the most told first; or of that, what is contested."""
    where = "e.contested" if contested else "e.status = 'actual'"
    where += " AND e.dated_by IS NOT NULL"
    return _happened(store, where, NEWEST, {"limit": limit, "offset": offset})


def happened_where(
    store: Store, where: str, parameters: dict[str, object], *, limit: int, offset: int = 0
) -> list[Happened]:
    """Linked events that meet a condition on `linked_events e`, the newest first."""
    return _happened(store, where, NEWEST, {**parameters, "limit": limit, "offset": offset})


def happening(
    store: Store, linked: str, *, limit: int, offset: int = 0
) -> tuple[Happened, list[Joined]] | None:
    """The linked event with this id and of its reports so many, originals first; None if there is none."""
    events, rows = _facts(store, [linked]), reported(store, [linked])
    if not events or not rows:
        return None
    return _happening(*events[0], *quoted(store, rows[:1])), [
        Joined(
            row.document,
            row.event,
            row.headline,
            row.publisher,
            row.published,
            row.source,
            row.copy_of,
            row.score,
            row.reasons,
        )
        for row in rows[offset : offset + limit]
    ]


def happened(store: Store, ids: Sequence[str]) -> list[Happened]:
    """The linked events with these ids, as far as there are, oldest first."""
    where = "e.linked IN (SELECT unnest($ids::VARCHAR[]))"
    return _happened(store, where, OLDEST, {"ids": list(ids), "limit": len(ids), "offset": 0})


def deeds(
    store: Store, keys: Sequence[str], *, limit: int, offset: int = 0
) -> tuple[list[Happened], list[Happened]]:
    """Events in which an actor acts, and those in which it is acted on, the newest first."""
    did, suffered = (_of_side(store, keys, side, limit, offset) for side in ("actor", "recipient"))
    rows = {row.linked: row for row in _told(store, [*did, *suffered])}
    return [rows[one] for one in did if one in rows], [rows[one] for one in suffered if one in rows]


def _of_side(store: Store, keys: Sequence[str], side: str, limit: int, offset: int) -> list[str]:
    chosen, parameters = of_keys(DEEDS, keys, side=side)
    found = [linked for (linked,) in store._rows(f"{chosen} LIMIT {FEW + 1}", parameters)]
    if not found:
        return []
    if len(found) <= FEW:
        chosen, parameters = names(found), {}
    given = {**parameters, "limit": limit, "offset": offset}
    return _chosen(store, f"e.linked IN ({chosen})", NEWEST, given)


def links_of(store: Store, document: str) -> dict[str, tuple[str, int, int, bool]]:
    """For each event of a document, its linked event, and of that: documents, independent sources, contested."""
    told = dict(store._rows(LINKED_IN, {"document": document}))
    only, given = within(set(told.values()), "linked")
    sql = f"SELECT linked, documents, sources, contested FROM linked_events WHERE {only}"
    known = {row[0]: row for row in store._rows(sql, given)}
    return {event: known[linked] for event, linked in told.items() if linked in known}


def actor_keys(store: Store, document: str) -> dict[str, str]:
    """The key of each actor of a document that has one, as decisions have it."""
    sql = f"SELECT actor, key, coder FROM known_actors WHERE document IN ({names([document])}) AND key IS NOT NULL"
    now = current(store, [document])
    return {actor: key for actor, key, coder in store._rows(sql, {}) if (document, coder) in now}


def records(store: Store, ids: Sequence[str]) -> dict[str, Record]:
    """The records of current documents, by their whole ids; without those that there are not."""
    now = current(store, ids)
    sql = f"SELECT document, coder, record FROM records WHERE document IN ({names(ids)})"
    return {
        document: restore(blob) for document, coder, blob in store._rows(sql, {}) if (document, coder) in now
    }


def copies(store: Store, document: str, *, limit: int) -> list[Neighbour]:
    """The document that this one reprints, and those that reprint the same."""
    told = store._rows(ORIGINAL, {"document": document})
    original = told[0][0] if told else document
    found = {original, *(one for (one,) in store._rows(REPRINTS, {"original": original}))} - {document}
    rows = [Neighbour(*(*row, row[0] == original, 0)) for row in _documents(store, found)]
    return sorted(rows, key=lambda row: (not row.original, *_oldest(row)))[:limit]


def others(store: Store, document: str, *, without: Sequence[str], limit: int) -> list[Neighbour]:
    """Other documents with reports of the same events, those with most first."""
    mine = {linked for _, linked in store._rows(LINKED_IN, {"document": document})}
    chosen, parameters = within(mine, "linked")
    told = dict(store._rows(SHARED.format(chosen=chosen), parameters))
    near = _documents(store, told.keys() - {document, *without})
    rows = [Neighbour(*(*row, False, told[row[0]])) for row in near]
    return sorted(rows, key=lambda row: (-row.shared, *_oldest(row)))[:limit]


def _documents(store: Store, ids: Collection[str]) -> list[tuple[Any, ...]]:
    """Of these documents those that are current, the newest first."""
    only, parameters = within(ids, "document")
    return store._rows(DOCUMENTS.format(only=only), parameters) if ids else []


def _oldest(row: Neighbour) -> tuple[bool, date, str]:
    return row.published is None, row.published or date.max, row.document


def documents(store: Store, *, limit: int, offset: int = 0) -> list[Found]:
    """Current documents, the newest first."""
    shown = [one for (one,) in store._rows(NEWEST_DOCUMENTS, {"limit": limit, "offset": offset})]
    return [Found(*(*row, "")) for row in _documents(store, shown)]


def busiest(store: Store, *, limit: int) -> list[tuple[str, str, int, date, date]]:
    """Pairs of actors with most acts: who, toward whom, how many, from when to when."""
    return [(a, b, n, first, last) for a, b, n, first, last in store._rows(DYADS, {"limit": limit})]


def days(store: Store) -> tuple[date, date] | None:
    """The first and the last day on which a current document was published."""
    sql = "SELECT min(published), max(published) FROM records SEMI JOIN latest USING (document, coder)"
    ((first, last),) = store._rows(sql, {})
    return (first, last) if first else None


def event_table(store: Store, filters: Filters) -> Table[EventRow]:
    """`Store.events` without paths of the machine that the pages were read on."""
    sql, parameters = events_question(filters)
    return Table(
        store._connection, f"SELECT * REPLACE ({ADDRESS} AS source) FROM ({sql})", parameters, EventRow
    )
