"""Linked events as listings: what happened, told by how many, and what is contested."""

from __future__ import annotations

from typing import Any

import msgspec

from volteface.store.listing import Filters, Question, is_code, words
from volteface.store.store import Store
from volteface.store.table import Table

LINKED = """
WITH picked AS MATERIALIZED (
  SELECT e.linked FROM linked_events e WHERE {where} ORDER BY e.date_start NULLS LAST, e.linked{limit}),
party AS (
  SELECT linked, side, list(name ORDER BY number) AS names, list(country ORDER BY number) AS countries
  FROM known_linked_participants SEMI JOIN picked USING (linked) GROUP BY linked, side),
mention AS (
  SELECT l.linked, list(struct_pack(document := r.source, "start" := e.trigger_starts, "end" := e.trigger_ends,
      reference := concat(l.document, ':', e.trigger_starts, '-', e.trigger_ends), trigger := e.trigger,
      status := e.status,
      sentence := substring(r.text, e.sentence_starts + 1, e.sentence_ends - e.sentence_starts),
      publisher := r.publisher, published := r.published, copy_of := c.original, score := l.score,
      reasons := l.reasons)
      ORDER BY r.published NULLS LAST, l.document, e.trigger_starts, l.event) AS mentions
  FROM linked l SEMI JOIN picked USING (linked)
  JOIN events e ON e.document = l.document AND e.coder = l.coder AND e.event = l.event
  JOIN records r ON r.document = l.document AND r.coder = l.coder
  LEFT JOIN copies c ON c.document = l.document GROUP BY l.linked)
SELECT e.linked AS event, mention.mentions, e.date_start, e.date_end, e.dated_by, e.type, e.mode, e.contexts, e.status,
  e.contested, coalesce(subject.names, []) AS actors, coalesce(subject.countries, []) AS actor_countries,
  coalesce(object.names, []) AS recipients, coalesce(object.countries, []) AS recipient_countries,
  e.place, e.place_country, e.killed_min, e.killed_max, e.injured_min, e.injured_max, e.quad, e.score, e.cameo,
  e.documents, e.sources, e.first_report, e.last_report, e.confidence, e.asserted_by, e.denied_by
FROM linked_events e JOIN mention USING (linked)
LEFT JOIN party subject ON subject.linked = e.linked AND subject.side = 'actor'
LEFT JOIN party object ON object.linked = e.linked AND object.side = 'recipient'
ORDER BY e.date_start NULLS LAST, e.linked"""

PARTY_IS = "e.linked IN (SELECT linked FROM known_linked_participants WHERE side = '{side}' AND {match})"


class LinkRow(msgspec.Struct, frozen=True):
    """One linked event. `mentions`: its reports, each with where it stands, its sentence, and why it was joined; the
    other fields as in the table `linked_events`, names with their countries beside them in the same order."""

    event: str
    mentions: list[dict[str, Any]]
    date_start: Any
    date_end: Any
    dated_by: str | None
    type: str
    mode: str | None
    contexts: list[str]
    status: str
    contested: bool
    actors: list[str]
    actor_countries: list[str | None]
    recipients: list[str]
    recipient_countries: list[str | None]
    place: str | None
    place_country: str | None
    killed_min: int | None
    killed_max: int | None
    injured_min: int | None
    injured_max: int | None
    quad: str
    score: float
    cameo: str
    documents: int
    sources: int
    first_report: Any
    last_report: Any
    confidence: float
    asserted_by: list[str]
    denied_by: list[str]


def linked_events(store: Store, filters: Filters | None = None, *, contested: bool = False) -> Table[LinkRow]:
    """Linked events, oldest first; with `contested` only those that somebody asserts and somebody else denies.

    They are those of the last `linking.bring_up_to_date`. Of `filters`, `coder` and `name` mean nothing here.
    """
    return Table(store._connection, *_question(filters or Filters(), contested), LinkRow)


def _question(filters: Filters, contested: bool) -> Question:
    where, parameters = ["true"], dict[str, object]()
    if contested:
        where.append("e.contested")
    for side, wanted in (("actor", filters.actor), ("recipient", filters.recipient)):
        if wanted:
            parameters[side] = wanted if is_code(wanted) else words(wanted)
            match = f"${side} IN (country, sector)" if is_code(wanted) else f"regexp_matches(name, ${side})"
            where.append(PARTY_IS.format(side=side, match=match))
    for column, values in (("type", [t.upper() for t in filters.types]), ("status", list(filters.statuses))):
        if values:
            where.append(f"list_contains(${column}, e.{column})")
            parameters[column] = values
    if filters.since:
        where.append("e.date_end >= $since")
        parameters["since"] = filters.since
    if filters.until:
        where.append("e.date_start <= $until")
        parameters["until"] = filters.until
    if filters.source:
        where.append(
            "e.linked IN (SELECT l.linked FROM linked l JOIN records r USING (document, coder) "
            "WHERE contains(lower(r.source), $source) OR contains(lower(coalesce(r.publisher, '')), $source))"
        )
        parameters["source"] = filters.source.lower()
    limit = f"\nLIMIT {int(filters.limit)}" if filters.limit is not None else ""
    return LINKED.format(where=" AND ".join(where), limit=limit), parameters
