"""What an actor said and what others said of it, the newest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from volteface.store.among import names
from volteface.store.reading_room import Said
from volteface.store.rows import restore
from volteface.store.standing import NEWEST, Seen, of_keys
from volteface.store.store import Store

# The documents in which an actor speaks, or what is said mentions it, the newest first; then what they have, one table
# after the other, since an index serves no question that joins.
HEARD = """
SELECT document, any_value(coder) FROM sightings WHERE key IN ({keys}) AND {heard} > 0
GROUP BY document, published ORDER BY published DESC NULLS LAST, document LIMIT $limit OFFSET $offset"""
SAYING = "SELECT document, coder, attribution, actor, source, content, form, via FROM attributions q"
SPEAKERS = "SELECT document, coder, actor, key, name FROM actors"
HEADS = "SELECT document, coder, headline, publisher, published FROM records"
SPOKEN_OF = "SELECT document, coder, record FROM records"
# Documents that are looked at first for what others said.
HEARD_AT_ONCE = 24


def said_by(store: Store, stands: Seen, *, limit: int, offset: int = 0) -> list[Said]:
    """What an actor said, the newest first."""
    documents = _heard(store, stands.keys, "speaks", stands.speaks, offset + limit)
    ids = [document for document, _ in documents]
    speakers = of_documents(store, SPEAKERS, ids)
    own = {row[:3] for row in speakers if row[3] in stands.keys}
    said = sorted(
        (
            row
            for row in of_documents(store, SAYING, ids)
            if (*row[:2], row[3]) in own and row[:2] in documents
        ),
        key=lambda row: (ids.index(row[0]), number_of(row[2])),
    )
    return spoken(store, said[offset : offset + limit], speakers)


def said_about(store: Store, stands: Seen, *, limit: int, offset: int = 0) -> list[Said]:
    """What others said that names an actor, the newest first."""
    found: list[tuple[str, str, str]] = []
    start, size = 0, HEARD_AT_ONCE
    while len(found) < offset + limit:
        documents = _heard(store, stands.keys, "named", stands.named, size, start)
        ids = [document for document, _ in documents]
        blobs = {row[:2]: row[2] for row in of_documents(store, SPOKEN_OF, ids)}
        found += [(*one, quote) for one in documents for quote in _naming(blobs[one], set(stands.keys))]
        if len(documents) < size:
            break
        start, size = start + size, 2 * size
    wanted = found[offset : offset + limit]
    ids = list(dict.fromkeys(document for document, *_ in wanted))
    rows = {row[:3]: row for row in of_documents(store, SAYING, ids)}
    return spoken(store, [rows[one] for one in wanted])


def _heard(
    store: Store,
    keys: Sequence[str],
    how: str,
    newest: Sequence[tuple[str, str]],
    limit: int,
    offset: int = 0,
) -> Sequence[tuple[str, str]]:
    """Documents (id, coder) in which an actor `speaks`, or is `named`, the newest first; `newest`: the first of
    them."""
    if offset + limit <= len(newest) or len(newest) < NEWEST:
        return newest[offset : offset + limit]
    sql = HEARD.format(keys="{keys}", heard=how)
    return [
        (document, coder) for document, coder in store._rows(*of_keys(sql, keys, limit=limit, offset=offset))
    ]


def _naming(blob: bytes, keys: set[str]) -> list[str]:
    """The attributions of a record that mention an actor with one of these keys and are not its own, in order."""
    record = restore(blob)
    own = {actor.id: actor.mentions for actor in record.actors if actor.key in keys}
    mentions = [(m.start, m.end) for extents in own.values() for m in extents]
    found = [
        one.id
        for one in record.attributions
        if one.source.actor not in own
        and any(s <= start and end <= e for s, e in one.content.spans for start, end in mentions)
    ]
    return sorted(found, key=number_of)


def number_of(attribution: str) -> int:
    """What attributions of a document are in order of."""
    return int(attribution[1:]) if attribution[1:].isdigit() else 0


def spoken(
    store: Store, rows: Sequence[tuple[Any, ...]], speakers: Sequence[tuple[Any, ...]] | None = None
) -> list[Said]:
    """Rows of `SAYING` with who speaks, as decisions have it, and where. `speakers`: those of `SPEAKERS` of their
    documents, where they are known."""
    ids = list({row[0] for row in rows})
    heads = {row[:2]: row[2:] for row in of_documents(store, HEADS, ids)}
    known = of_documents(store, SPEAKERS, ids) if speakers is None else speakers
    called_here = {row[:3]: row[3:] for row in known}
    joins: dict[str, str] = dict(store._rows("SELECT key, joined FROM actor_joins", {}))
    called = dict(store._rows("SELECT key, name FROM decided_actors WHERE name IS NOT NULL", {}))
    quotes = []
    for document, coder, attribution, actor, source, content, form, via, *_ in rows:
        key, name = called_here.get((document, coder, actor), (None, None))
        key = joins.get(key, key)
        speaker = called.get(key) or name or source
        told = (document, attribution, speaker, key, content, form, via)
        quotes.append(Said(*told, *heads[document, coder]))
    return quotes


def of_documents(store: Store, sql: str, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    """The rows that a question without conditions has of these documents."""
    return store._rows(f"{sql} WHERE document IN ({names(ids)})", {}) if ids else []
