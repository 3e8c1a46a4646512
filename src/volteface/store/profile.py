"""What is known of one actor over all documents: facts with their evidence added up, names, partners
(docs/decisions/0062-a-register-that-writes-itself.md)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

import msgspec

from volteface.errors import NotStored
from volteface.store.decisions import Decision
from volteface.store.rows import restore
from volteface.store.standing import FIELDS, FactField, Rows, Seen, of_keys

PARTNERS = 10

EVIDENCE = """
SELECT a.key, a.name, e.kind, e.country, e.sector, e.role, e.text,
  substring(r.text, s.starts + 1, s.ends - s.starts) AS sentence,
  e.starts, e.ends, e.document, r.headline, r.publisher, r.source, r.published, e.coder
FROM evidence e JOIN latest l ON l.document = e.document AND l.coder = e.coder
JOIN records r ON r.document = e.document AND r.coder = e.coder
JOIN actors a ON a.document = e.document AND a.coder = e.coder AND a.actor = e.actor
LEFT JOIN sentences s ON s.document = e.document AND s.coder = e.coder AND s.starts <= e.starts AND e.starts < s.ends
WHERE list_contains($keys, e.key)
ORDER BY r.published NULLS LAST, r.source, e.document, e.starts, e.ends, e.kind, e.number"""

# The keys of an actor are written as parameters: only so are they looked up in an index, or narrow what is read.
KNOWN = "SELECT 1 FROM sightings WHERE key IN ({keys}) LIMIT 1"
# Keys of current documents that are the same but for the country.
SHARED = """
SELECT name, list(key ORDER BY key) FROM (
  SELECT key, CASE WHEN key[4:4] = '/' THEN key[5:] ELSE key END AS name
  FROM (SELECT DISTINCT key FROM sightings WHERE key IS NOT NULL))
GROUP BY name HAVING count(*) > 1"""

PARTNERS_OF = """
WITH met AS (
  SELECT recipient_key AS raw, recipient_name AS name, recipient_country AS country, 'recipient' AS side, document,
    event
  FROM meetings WHERE actor_key IN ({keys})
  UNION ALL
  SELECT actor_key, actor_name, actor_country, 'actor', document, event FROM meetings WHERE recipient_key IN ({keys}))
SELECT coalesce(j.joined, m.raw) AS key, min(coalesce(d.name, m.name)), min(coalesce(d.country, m.country)), m.side,
  count(DISTINCT hash(m.document, m.event)) AS events, count(DISTINCT hash(m.document)) AS documents
FROM met m LEFT JOIN actor_joins j ON j.key = m.raw LEFT JOIN decided_actors d ON d.key = coalesce(j.joined, m.raw)
WHERE coalesce(j.joined, m.raw) NOT IN ({keys}) GROUP BY 1, m.side
ORDER BY events DESC, documents DESC, 1, m.side LIMIT $most"""

# One after the other: an index serves no question that joins.
PIECES = """
SELECT rowid, document, coder, actor, kind, country, sector, role, text, starts, ends FROM evidence
WHERE rowid IN ({places})"""
OF_DOCUMENTS = {
    "record": "SELECT document, coder, headline, publisher, source, published, record FROM records",
    "actor": "SELECT document, coder, actor, key, name FROM actors",
    "sentence": "SELECT document, coder, starts, ends FROM sentences",
}


class EvidenceRow(msgspec.Struct, frozen=True):
    """A piece of evidence: words (`text`, characters `starts` to `ends`) of a document that tell country, sector or
    role of the actor called `name` there."""

    key: str
    name: str
    kind: str
    country: str | None
    sector: str | None
    role: str | None
    text: str
    sentence: str | None
    starts: int
    ends: int
    document: str
    headline: str | None
    publisher: str | None
    source: str
    published: date | None
    coder: str


class Fact(msgspec.Struct, frozen=True):
    """A value of a field and how it is known: the decision that says so; how many independent documents do, from
    which day to which, and the evidence of the latest; whether the bundled register does."""

    field: FactField
    value: str
    decision: int | None
    documents: int
    first: date | None
    last: date | None
    example: EvidenceRow | None
    register: bool


class Partner(msgspec.Struct, frozen=True):
    """Who stands on the other side of its events, as `actor` or `recipient`, and in how many."""

    key: str
    name: str
    country: str | None
    side: str
    events: int
    documents: int


class Profile(msgspec.Struct, frozen=True):
    """What is known of one actor. `facts`: by field, the current best first, what contradicts it after it. `keys`:
    all that are taken for this actor. `namesakes`: keys of the same name in another country."""

    key: str
    name: str
    keys: tuple[str, ...]
    names: tuple[tuple[str, int], ...]
    documents: int
    first: date | None
    last: date | None
    facts: tuple[Fact, ...]
    partners: tuple[Partner, ...]
    namesakes: tuple[str, ...]
    decisions: tuple[Decision, ...]

    def best(self, field: FactField) -> str | None:
        """What is taken to be true now."""
        return next((fact.value for fact in self.facts if fact.field == field), None)


class Names(msgspec.Struct, frozen=True):
    """Names that several actors of current documents have. `same`: keys without a country, each with the one with a
    country that it stands for; `shared`: all keys of a name."""

    same: dict[str, str]
    shared: dict[str, list[str]]


def names_of(rows: Rows) -> Names:
    """Names that several actors have."""
    return Names(dict(rows("SELECT key, joined FROM same_names", {})), dict(rows(SHARED, {})))


def keys_of(rows: Rows, key: str, same: Mapping[str, str]) -> tuple[str, ...]:
    """The keys of the actor that has this one, the one that stands for all first: what decisions and names join.
    `same`: as in `Names`.

    Raises `StoreError` if no document has the key.
    """
    joined: dict[str, str] = dict(rows("SELECT key, joined FROM actor_joins", {}))
    key = same.get(joined.get(key, key), joined.get(key, key))
    found = {key} | {k for k, to in same.items() if to == key}
    found |= {k for k, to in joined.items() if to in found}
    if not rows(*of_keys(KNOWN, sorted(found))):
        raise NotStored(f"no actor with the key {key!r}; `volteface actors NAME` shows keys")
    return (key, *sorted(found - {key}))


def profile(rows: Rows, stands: Seen, decided: Iterable[Decision], names: Names) -> Profile:
    """The profile of an actor of whom it is known where it stands, of all decisions that hold."""
    keys = stands.keys
    own = tuple(d for d in decided if d.subject in keys or d.object in keys)
    called = [d.value for d in own if d.field == "name"]
    partners = rows(*of_keys(PARTNERS_OF, keys, most=PARTNERS))
    name = keys[0][4:] if keys[0][3:4] == "/" else keys[0]
    return Profile(
        key=keys[0],
        name=called[-1] if called and called[-1] else stands.names[0][0],
        keys=keys,
        names=stands.names,
        documents=stands.documents,
        first=stands.first,
        last=stands.last,
        facts=facts(rows, stands, own),
        partners=tuple(Partner(*row) for row in partners),
        namesakes=tuple(key for key in names.shared.get(name, ()) if key not in keys),
        decisions=own,
    )


def facts(rows: Rows, stands: Seen, decided: Collection[Decision]) -> tuple[Fact, ...]:
    """Facts of all fields, of each the current best first: what was decided, then what most documents of the last year
    tell."""
    examples = _examples(rows, [place for *_, place, _, _ in stands.told if place is not None])
    found: list[tuple[tuple[Any, ...], Fact]] = []
    for number, field in enumerate(FIELDS):
        newest = max((d for d in decided if d.field == field), key=lambda d: d.decision, default=None)
        values = {row[1]: row[2:] for row in stands.told if row[0] == field}
        if newest is not None and newest.value:
            values.setdefault(newest.value, (0, None, None, None, False, 0))
        for value, (documents, first, last, place, register, now) in values.items():
            decision = newest.decision if newest is not None and newest.value == value else None
            register = bool(register)
            fact = Fact(field, value, decision, documents, first, last, examples.get(place), register)
            found.append(((number, decision is None, -now, -documents, not register, value), fact))
    return tuple(fact for _, fact in sorted(found, key=lambda pair: pair[0]))


def _examples(rows: Rows, places: Collection[int]) -> dict[int, EvidenceRow]:
    """Pieces of evidence by their place in the table, each with its sentence."""
    if not places:
        return {}
    pieces = rows(PIECES.format(places=", ".join(map(str, sorted(set(places))))), {})
    ids = ", ".join(f"'{document}'" for document in sorted({piece[1] for piece in pieces}))
    record, actor, sentence = (rows(f"{sql} WHERE document IN ({ids})", {}) for sql in OF_DOCUMENTS.values())
    records = {row[:2]: row[2:] for row in record}
    actors = {row[:3]: row[3:] for row in actor}
    found = {}
    for place, document, coder, one, *told, starts, ends in pieces:
        *origin, data = records[document, coder]
        inside = (
            restore(data).document.text[first:last]
            for d, c, first, last in sentence
            if (d, c) == (document, coder) and first <= starts < last
        )
        words = (next(inside, None), starts, ends)
        row: tuple[Any, ...] = (*actors[document, coder, one], *told, *words, document, *origin, coder)
        found[place] = EvidenceRow(*row)
    return found
