"""The layer of links in the database: what it knows, what has changed, what is to be written.

`volteface.link` says what is a link, `volteface.linking` keeps the layer up to date; here are its tables alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import duckdb

from volteface.errors import StoreError
from volteface.link.types import Likeness, Mention, Party, Ref, Spot, Story
from volteface.store.rows import Row
from volteface.store.schema import first_line
from volteface.store.store import Store

VOICE = "coalesce(r.publisher, nullif(regexp_extract(r.source, '^https?://(?:www\\.)?([^/:]+)', 1), ''), r.source)"
STORIES = f"""
SELECT r.document, r.coder, {VOICE}, r.text, r.publisher, r.published
FROM records r SEMI JOIN link_documents USING (document, coder) WHERE r.document IN (SELECT unnest($ids)) ORDER BY 1"""

MENTIONS = """
SELECT e.document, e.event, e.type, e.quad, e.score, e.trigger, e.trigger_starts, e.trigger_ends,
  substring(r.text, e.sentence_starts + 1, e.sentence_ends - e.sentence_starts), e.sentence_starts, e.status, e.mode,
  e.contexts, e.cameo, e.date_start, e.date_end, e.killed, e.injured, e.confidence,
  p.name, p.country, p.admin1, p.geonames, p.latitude, p.longitude, p.feature
FROM events e SEMI JOIN link_documents USING (document, coder)
JOIN records r ON r.document = e.document AND r.coder = e.coder
LEFT JOIN places p ON p.document = e.document AND p.coder = e.coder AND p.place = e.place
WHERE e.document IN (SELECT unnest($ids)) ORDER BY e.document, e.trigger_starts, e.trigger_ends, e.event"""

PARTIES = """
SELECT p.document, p.event, p.side, coalesce(a.name, p.text), p.text, a.key,
  coalesce(p.country, a.country), coalesce(p.sector, a.sector)
FROM participants p SEMI JOIN link_documents USING (document, coder)
LEFT JOIN actors a ON a.document = p.document AND a.coder = p.coder AND a.actor = p.actor
WHERE p.document IN (SELECT unnest($ids)) ORDER BY p.document, p.event, p.side, p.number"""

VOICES = """
WITH claim AS (
  SELECT document, coder, event, unnest(attributions) AS attribution, generate_subscripts(attributions, 1) AS depth
  FROM events SEMI JOIN link_documents USING (document, coder) WHERE document IN (SELECT unnest($ids)))
SELECT c.document, c.event, 'asserts' AS stand, coalesce(a.name, q.source) AS name, c.depth AS depth
FROM claim c JOIN attributions q USING (document, coder, attribution)
LEFT JOIN actors a ON a.document = q.document AND a.coder = q.coder AND a.actor = q.actor
UNION ALL
SELECT c.document, c.event, 'denies', coalesce(a.name, q.source), 0
FROM claim c
JOIN answers n ON n.document = c.document AND n.coder = c.coder AND n.claim = c.attribution AND n.stand = 'denies'
JOIN attributions q ON q.document = n.document AND q.coder = n.coder AND q.attribution = n.attribution
LEFT JOIN actors a ON a.document = q.document AND a.coder = q.coder AND a.actor = q.actor
ORDER BY 1, 2, 3, 5, 4"""

# Documents that share a key of a kind in a slot, or whatever the slot where one of them has no date (-1).
SHARING = """
WITH mine AS (
  SELECT DISTINCT slot, key, document FROM link_keys WHERE kind = $kind AND document IN (SELECT unnest($ids))),
known AS (SELECT slot, key, document FROM link_keys WHERE kind = $kind),
met AS (
  SELECT m.document AS one, k.document AS other, key FROM mine m JOIN known k USING (key, slot)
  UNION ALL
  SELECT m.document, k.document, key FROM mine m JOIN known k USING (key) WHERE m.slot = -1 AND k.slot <> -1
  UNION ALL
  SELECT m.document, k.document, key FROM mine m JOIN known k USING (key) WHERE m.slot <> -1 AND k.slot = -1)
SELECT least(one, other), greatest(one, other) FROM met WHERE one <> other
GROUP BY ALL HAVING count(DISTINCT key) >= $shared ORDER BY ALL"""

FRESH = """
SELECT document, coder FROM latest JOIN records USING (document, coder) ANTI JOIN link_documents USING (document, coder)
ORDER BY published NULLS LAST, document"""
GONE = "SELECT document FROM link_documents ANTI JOIN latest USING (document, coder) ORDER BY ALL"
FIND = """
WITH asked AS (
  SELECT unnest($texts) AS text, unnest($documents) AS document, unnest($starts) AS starts, unnest($ends) AS ends)
SELECT a.text, e.type, e.document, e.event FROM events e SEMI JOIN latest USING (document, coder)
JOIN asked a ON starts_with(e.document, a.document) AND e.trigger_starts < a.ends AND a.starts < e.trigger_ends
ORDER BY a.text, e.document, e.trigger_starts, e.event"""

EDGES = """(SELECT document, event, other, other_event FROM link_pairs
  UNION ALL SELECT other, other_event, document, event FROM link_pairs)"""
COPY_EDGES = "(SELECT document, other FROM copy_pairs UNION ALL SELECT other, document FROM copy_pairs)"
REGION = f"""
WITH RECURSIVE region(document, event) AS (
  SELECT unnest($documents), unnest($events)
  UNION
  SELECT e.other, e.other_event FROM region r JOIN {EDGES} e ON e.document = r.document AND e.event = r.event)
SELECT DISTINCT document, event FROM region SEMI JOIN link_documents USING (document) ORDER BY ALL"""
COPY_REGION = f"""
WITH RECURSIVE region(document) AS (
  SELECT unnest($ids)
  UNION
  SELECT e.other FROM region r JOIN {COPY_EDGES} e ON e.document = r.document)
SELECT DISTINCT document FROM region SEMI JOIN link_documents USING (document) ORDER BY ALL"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's decision on events, as it holds for what is stored now. `other`: for wrong-event None."""

    decision: int
    kind: str
    one: Ref
    other: Ref | None = None


class Links:
    """The tables of links of an open `Store`. What is read inside `change` includes what was written in it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        return self._store._connection

    @contextmanager
    def change(self) -> Iterator[None]:
        """All of what is written in here, or none. Raises `StoreError` if it cannot be written."""
        try:
            self._connection.begin()
            yield
            self._connection.commit()
        except duckdb.Error as error:
            self._store._roll_back()
            raise StoreError(
                f"{self._store.path}: no links of this batch are stored: {first_line(error)}"
            ) from error
        except BaseException:
            self._store._roll_back()
            raise

    # What there is

    def linker(self) -> str | None:
        """The version of what made the links, None before the first."""
        rows = self._rows("SELECT linker FROM link_state")
        return str(rows[0][0]) if rows else None

    def news(self) -> tuple[list[tuple[str, str]], list[str]]:
        """Documents, each with its coder, whose links are missing, in the order of publication, and documents that
        are known but not current any more. One that was coded again is both."""
        return self._rows(FRESH), [d for (d,) in self._rows(GONE)]

    def stories(self, documents: Collection[str]) -> dict[str, Story]:
        """Current documents with their events, by id."""
        ids = {"ids": sorted(documents)}
        parties: dict[tuple[str, str, str], list[Party]] = defaultdict(list)
        for document, event, side, *party in self._rows(PARTIES, ids):
            parties[document, event, side].append(Party(*party))
        voices: dict[tuple[str, str, str], list[str]] = defaultdict(list)
        for document, event, stand, name, _ in self._rows(VOICES, ids):
            voices[document, event, stand].append(name)
        mentions: dict[str, list[Mention]] = defaultdict(list)
        for row in self._rows(MENTIONS, ids):
            mentions[row[0]].append(_mention(row, parties, voices))
        return {
            row[0]: Story(
                document=row[0],
                coder=row[1],
                voice=row[2],
                text=row[3],
                publisher=row[4],
                published=row[5],
                mentions=tuple(mentions[row[0]]),
            )
            for row in self._rows(STORIES, ids)
        }

    def sharing(self, kind: str, documents: Collection[str], *, shared: int) -> list[tuple[str, str]]:
        """Pairs of documents that share at least so many keys of a kind, one of them among `documents`."""
        return self._rows(SHARING, {"kind": kind, "ids": sorted(documents), "shared": shared})

    def find(self, references: Iterable[str]) -> dict[str, list[tuple[str, Ref]]]:
        """The current events, with their types, that each reference `DOCUMENT:START-END` means, by overlap with their
        triggers; the
        document may be the start of its id. References that are none, or mean nothing now, are left out."""
        wanted = {text: parts for text in references if (parts := _parts(text)) is not None}
        if not wanted:
            return {}
        documents, starts, ends = (list(column) for column in zip(*wanted.values(), strict=True))
        found: dict[str, list[tuple[str, Ref]]] = defaultdict(list)
        rows = self._rows(
            FIND, {"texts": list(wanted), "documents": documents, "starts": starts, "ends": ends}
        )
        for text, type_, document, event in rows:
            found[text].append((type_, (document, event)))
        return dict(found)

    def verdicts(self) -> list[Verdict]:
        """Decisions as they were last applied."""
        rows = self._rows("SELECT * FROM link_decisions ORDER BY ALL")
        return [
            Verdict(number, kind, (d, e), (o, oe) if o is not None else None)
            for number, kind, d, e, o, oe in rows
        ]

    def region(self, events: Collection[Ref]) -> list[Ref]:
        """These events and all that pairs connect with them, as far as their documents are known."""
        documents, names = [d for d, _ in sorted(events)], [e for _, e in sorted(events)]
        return self._rows(REGION, {"documents": documents, "events": names}) if events else []

    def pairs(self, events: Collection[Ref]) -> dict[tuple[Ref, Ref], Likeness]:
        """The stored pairs of which the first is among these events."""
        sql = """SELECT document, event, other, other_event, score, reasons FROM link_pairs WHERE (document, event) IN
          (SELECT unnest($documents), unnest($events)) ORDER BY ALL"""
        rows = self._rows(sql, {"documents": [d for d, _ in events], "events": [e for _, e in events]})
        return {((d, e), (o, oe)): Likeness(score, tuple(reasons)) for d, e, o, oe, score, reasons in rows}

    def copy_region(self, documents: Collection[str]) -> list[str]:
        """These documents and all that pairs of copies connect with them, as far as they are known."""
        return [d for (d,) in self._rows(COPY_REGION, {"ids": sorted(documents)})]

    def copy_pairs(self, documents: Collection[str]) -> dict[tuple[str, str], Likeness]:
        """The stored pairs of copies of which the first is among these documents."""
        sql = "SELECT * FROM copy_pairs WHERE document IN (SELECT unnest($ids)) ORDER BY ALL"
        rows = self._rows(sql, {"ids": sorted(documents)})
        return {(a, b): Likeness(score, tuple(reasons)) for a, b, score, reasons in rows}

    def originals(self, documents: Collection[str]) -> dict[str, str]:
        """The original of each of these documents that is a copy."""
        sql = "SELECT document, original FROM copies WHERE document IN (SELECT unnest($ids)) ORDER BY ALL"
        return dict(self._rows(sql, {"ids": sorted(documents)}))

    # What is written

    def start_over(self, linker: str) -> None:
        """Empty the layer, to be made again by this linker."""
        for table in TABLES:
            self._connection.execute(f"DELETE FROM {table}")
        self._store._insert("link_state", [(linker,)])

    def forget(self, documents: Collection[str]) -> tuple[list[Ref], list[str]]:
        """Remove documents; returns the events and the documents that pairs connected with them."""
        if not documents:
            return [], []
        ids = {"ids": sorted(documents)}
        events = self._rows(
            f"SELECT DISTINCT other, other_event FROM {EDGES} WHERE document IN (SELECT unnest($ids)) ORDER BY ALL",
            ids,
        )
        others = self._rows(
            f"SELECT DISTINCT other FROM {COPY_EDGES} WHERE document IN (SELECT unnest($ids)) ORDER BY ALL",
            ids,
        )
        for table in ("link_documents", "link_keys", "copy_pairs", "copies", "link_pairs"):
            self._connection.execute(f"DELETE FROM {table} WHERE document IN (SELECT unnest($ids))", ids)
        for table in ("copy_pairs", "link_pairs"):
            self._connection.execute(f"DELETE FROM {table} WHERE other IN (SELECT unnest($ids))", ids)
        self._unlink("linked.document IN (SELECT unnest($ids))", ids)
        return events, [d for (d,) in others]

    def know(self, documents: Iterable[tuple[str, str]]) -> None:
        """Make documents known: (document, coder)."""
        self._store._insert("link_documents", list(documents))

    def add_keys(self, keys: Iterable[tuple[str, int, int, str]]) -> None:
        """Store what documents are found by: (kind, slot, key, document)."""
        self._store._insert("link_keys", list(keys))

    def add_pairs(self, pairs: Mapping[tuple[Ref, Ref], Likeness]) -> None:
        """Store pairs of events, the lesser first."""
        rows: list[Row] = [(*a, *b, like.score, list(like.reasons)) for (a, b), like in pairs.items()]
        self._store._insert("link_pairs", rows)

    def add_copy_pairs(self, pairs: Mapping[tuple[str, str], Likeness]) -> None:
        """Store pairs of copies, the lesser id first."""
        rows: list[Row] = [(a, b, like.score, list(like.reasons)) for (a, b), like in pairs.items()]
        self._store._insert("copy_pairs", rows)

    def replace_copies(self, documents: Collection[str], rows: Sequence[Row]) -> None:
        """Store which of these documents are copies: (document, original, score, reasons)."""
        self._store._delete("copies", [(d,) for d in documents], 1)
        self._store._insert("copies", rows)

    def replace_verdicts(self, verdicts: Iterable[Verdict]) -> None:
        """Store which decisions are applied."""
        self._connection.execute("DELETE FROM link_decisions")
        rows: list[Row] = [(v.decision, v.kind, *v.one, *(v.other or (None, None))) for v in verdicts]
        self._store._insert("link_decisions", rows)

    def replace_linked(self, events: Collection[Ref], rows: Mapping[str, Sequence[Row]]) -> None:
        """Store what became of these events: rows of `linked`, `linked_events` and `linked_participants`, in place of
        the linked events they were in, all of whose other reports must be among them."""
        documents, names = [d for d, _ in events], [e for _, e in events]
        which = "(linked.document, linked.event) IN (SELECT unnest($documents), unnest($events))"
        self._unlink(which, {"documents": documents, "events": names})
        for table in ("linked", "linked_events", "linked_participants"):
            self._store._insert(table, rows.get(table, []))

    def _unlink(self, which: str, parameters: Mapping[str, object]) -> None:
        old = [
            linked
            for (linked,) in self._rows(
                f"SELECT DISTINCT linked FROM linked WHERE {which} ORDER BY ALL", parameters
            )
        ]
        if old:
            for table in ("linked_events", "linked_participants"):
                self._store._delete(table, [(linked,) for linked in old], 1)
            self._connection.execute(f"DELETE FROM linked WHERE {which}", parameters)

    def _rows(self, sql: str, parameters: Mapping[str, object] | None = None) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, parameters or {}).fetchall()
        except duckdb.Error as error:
            raise StoreError(f"{self._store.path}: {first_line(error)}") from error


TABLES = (
    "link_state",
    "link_documents",
    "link_keys",
    "copy_pairs",
    "copies",
    "link_pairs",
    "link_decisions",
    "linked",
    "linked_events",
    "linked_participants",
)


def _mention(
    row: Sequence[Any],
    parties: Mapping[tuple[str, str, str], list[Party]],
    voices: Mapping[tuple[str, str, str], list[str]],
) -> Mention:
    ref = row[0], row[1]
    first, last = row[14], row[15]
    return Mention(
        document=row[0],
        event=row[1],
        type=row[2],
        quad=row[3],
        score=row[4],
        trigger=row[5],
        start=row[6],
        end=row[7],
        sentence=row[8],
        begins=row[9],
        status=row[10],
        mode=row[11],
        contexts=tuple(row[12]),
        cameo=row[13],
        actors=tuple(parties.get((*ref, "actor"), ())),
        recipients=tuple(parties.get((*ref, "recipient"), ())),
        days=None if first is None else (first, last or first),
        killed=row[16],
        injured=row[17],
        confidence=row[18],
        spot=Spot(*row[19:]) if row[19] is not None else None,
        according_to=tuple(voices.get((*ref, "asserts"), ())),
        denied_by=tuple(voices.get((*ref, "denies"), ())),
    )


def _parts(reference: str) -> tuple[str, int, int] | None:
    document, _, span = reference.rpartition(":")
    start, _, end = span.partition("-")
    return (
        (document.lower(), int(start), int(end)) if document and start.isdigit() and end.isdigit() else None
    )
