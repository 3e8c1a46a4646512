"""What is known of one actor over all documents: facts with their evidence added up, names, partners
(docs/decisions/0062-a-register-that-writes-itself.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Literal

import msgspec

from volteface.errors import NotStored
from volteface.store.decisions import Decision

Rows = Callable[[str, dict[str, object]], list[tuple[Any, ...]]]
FactField = Literal["country", "sector", "role"]
FIELDS: tuple[FactField, ...] = ("country", "sector", "role")

# What most documents of somebody's last year say is current: offices change, and a lone slip does not.
CURRENT_DAYS = 365
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

NAMES = """
SELECT name, count(DISTINCT document) FROM actors SEMI JOIN latest USING (document, coder)
WHERE list_contains($keys, key) GROUP BY name ORDER BY 2 DESC, 1"""

PARTNERS_OF = """
WITH mine AS (SELECT DISTINCT document, coder, event, side FROM known_participants
  SEMI JOIN latest USING (document, coder) WHERE list_contains($keys, key))
SELECT p.key, min(p.name) AS partner, min(p.country) AS country, p.side,
  count(DISTINCT (p.document, p.event)) AS events, count(DISTINCT p.document) AS documents
FROM mine JOIN known_participants p ON p.document = mine.document AND p.coder = mine.coder AND p.event = mine.event
  AND p.side <> mine.side
WHERE p.key IS NOT NULL AND NOT list_contains($keys, p.key) GROUP BY p.key, p.side
ORDER BY events DESC, documents DESC, p.key, p.side LIMIT $most"""

SEEN = """
SELECT count(DISTINCT document), min(published), max(published) FROM actors SEMI JOIN latest USING (document, coder)
JOIN records USING (document, coder) WHERE list_contains($keys, key)"""

COPIES = "SELECT document, original FROM copies"


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


def keys_of(rows: Rows, key: str) -> tuple[str, ...]:
    """The keys of the actor that has this one, the one that stands for all first: what decisions and names join.

    Raises `StoreError` if no document has the key.
    """
    joined: dict[str, str] = dict(rows("SELECT key, joined FROM actor_joins", {}))
    names: dict[str, str] = dict(rows("SELECT key, joined FROM same_names", {}))
    key = names.get(joined.get(key, key), joined.get(key, key))
    found = {key} | {k for k, to in names.items() if to == key}
    found |= {k for k, to in joined.items() if to in found}
    if not rows("SELECT 1 FROM actors WHERE list_contains($keys, key) LIMIT 1", {"keys": sorted(found)}):
        raise NotStored(f"no actor with the key {key!r}; `volteface actors NAME` shows keys")
    return (key, *sorted(found - {key}))


def named(rows: Rows, key: str) -> list[str]:
    """Keys of the same name, in whatever country."""
    sql = "SELECT DISTINCT key FROM actors WHERE key = $name OR key[4:] = '/' || $name ORDER BY 1"
    return [found for (found,) in rows(sql, {"name": key[4:] if key[3:4] == "/" else key})]


def profile(
    rows: Rows, keys: Sequence[str], evidence: Sequence[EvidenceRow], decided: Iterable[Decision]
) -> Profile:
    """The profile of the actor with these keys, of its evidence and of all decisions that hold."""
    parameters: dict[str, object] = {"keys": list(keys)}
    names = rows(NAMES, parameters)
    ((documents, first, last),) = rows(SEEN, parameters)
    own = tuple(d for d in decided if d.subject in keys or d.object in keys)
    facts = added_up(evidence, own, dict(rows(COPIES, {})))
    called = [d.value for d in own if d.field == "name"]
    partners = rows(PARTNERS_OF, {**parameters, "most": PARTNERS})
    return Profile(
        key=keys[0],
        name=called[-1] if called and called[-1] else names[0][0],
        keys=tuple(keys),
        names=tuple((name, count) for name, count in names),
        documents=documents,
        first=first,
        last=last,
        facts=facts,
        partners=tuple(Partner(*row) for row in partners),
        namesakes=tuple(k for k in named(rows, keys[0]) if k not in keys),
        decisions=own,
    )


def added_up(
    evidence: Sequence[EvidenceRow], decided: Collection[Decision], copies: dict[str, str]
) -> tuple[Fact, ...]:
    """Facts of all fields. `copies`: documents that reprint another, and which: they say nothing more."""
    days = [row.published for row in evidence if row.published]
    recent = max(days) - timedelta(CURRENT_DAYS) if days else date.max
    facts: list[Fact] = []
    for field in FIELDS:
        said: dict[str, list[EvidenceRow]] = defaultdict(list)
        for row in evidence:
            if (value := getattr(row, field)) is not None:
                said[value].append(row)
        newest = max((d for d in decided if d.field == field), key=lambda d: d.decision, default=None)
        if newest is not None and newest.value:
            said.setdefault(newest.value, [])
        ranked = []
        for value, all_rows in said.items():
            number = newest.decision if newest is not None and newest.value == value else None
            fact = _fact(field, value, number, all_rows, copies)
            now = {copies.get(r.document, r.document) for r in all_rows if (r.published or date.min) > recent}
            ranked.append(((number is None, -len(now), -fact.documents, not fact.register, value), fact))
        facts += [fact for _, fact in sorted(ranked, key=lambda pair: pair[0])]
    return tuple(facts)


def _fact(
    field: FactField, value: str, decision: int | None, rows: Sequence[EvidenceRow], copies: dict[str, str]
) -> Fact:
    told = [row for row in rows if row.kind != "holder"]
    days = [row.published for row in told if row.published]
    return Fact(
        field=field,
        value=value,
        decision=decision,
        documents=len({copies.get(row.document, row.document) for row in told}),
        first=min(days, default=None),
        last=max(days, default=None),
        example=told[-1] if told else None,
        register=len(told) < len(rows),
    )
