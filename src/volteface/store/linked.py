"""Linked events as listings: what happened, told by how many, and what is contested."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from volteface.store.among import names
from volteface.store.links import VOICE
from volteface.store.listing import EVERYTHING, Filters, Question, is_code, words
from volteface.store.store import Store
from volteface.store.table import Table

# `only`, `text` and `told` as in `listing.EVENTS`.
LINKED = """
WITH picked AS MATERIALIZED (
  SELECT e.linked FROM linked_events e WHERE {where} ORDER BY e.date_start NULLS LAST, e.linked{limit}),
one_event AS {kept} (SELECT document, coder, event, trigger, trigger_starts, trigger_ends, sentence_starts,
  sentence_ends, status FROM events WHERE {only}),
one_record AS {kept} (SELECT document, coder, publisher, published, source{column} FROM records WHERE {only}),
party AS (
  SELECT linked, side, list(name ORDER BY number) AS names, list(country ORDER BY number) AS countries
  FROM known_linked_participants SEMI JOIN picked USING (linked) GROUP BY linked, side),
mention AS (
  SELECT l.linked, list(struct_pack(document := r.source, "start" := e.trigger_starts, "end" := e.trigger_ends,
      reference := concat(l.document, ':', e.trigger_starts, '-', e.trigger_ends), trigger := e.trigger,
      status := e.status,
      sentence := substring({text}, e.sentence_starts + 1, e.sentence_ends - e.sentence_starts),
      publisher := r.publisher, published := r.published, copy_of := c.original, score := l.score,
      reasons := l.reasons)
      ORDER BY r.published NULLS LAST, l.document, e.trigger_starts, l.event) AS mentions
  FROM linked l SEMI JOIN picked USING (linked)
  JOIN one_event e ON e.document = l.document AND e.coder = l.coder AND e.event = l.event
  JOIN one_record r ON r.document = l.document AND r.coder = l.coder {told}
  LEFT JOIN copies c ON c.document = l.document GROUP BY l.linked)
SELECT e.linked AS event, mention.mentions, e.date_start, e.date_end, e.dated_by, e.type, e.mode, e.contexts, e.status,
  e.contested, coalesce(subject.names, []) AS actors, coalesce(subject.countries, []) AS actor_countries,
  coalesce(object.names, []) AS recipients, coalesce(object.countries, []) AS recipient_countries,
  e.place, e.place_country, e.killed_min, e.killed_max, e.injured_min, e.injured_max, e.quad, e.score, e.cameo,
  e.documents, e.sources, e.first_report, e.last_report, e.confidence, e.asserted_by, e.denied_by{more}
FROM linked_events e JOIN mention USING (linked){joined}
LEFT JOIN party subject ON subject.linked = e.linked AND subject.side = 'actor'
LEFT JOIN party object ON object.linked = e.linked AND object.side = 'recipient'
ORDER BY e.date_start NULLS LAST, e.linked"""

# Who asserts an event and who denies it, each with the first words of theirs that say so, copies last; and all pairs of
# one that asserts and another that denies. An event's status is what its innermost source makes of it.
PAIRS = f"""
WITH chosen AS (SELECT l.* FROM linked l SEMI JOIN (SELECT linked FROM linked_events WHERE contested) USING (linked)),
said AS (
  SELECT l.linked, if(e.status = 'negated', 'denies', 'asserts') AS stand, coalesce(a.name, q.source, {VOICE}) AS who,
    substring(r.text, e.sentence_starts + 1, e.sentence_ends - e.sentence_starts) AS says, l.document, l.coder,
    l.event, NULL AS attribution, e.trigger_starts
  FROM chosen l JOIN events e ON e.document = l.document AND e.coder = l.coder AND e.event = l.event
  JOIN records r ON r.document = l.document AND r.coder = l.coder
  LEFT JOIN attributions q ON q.document = l.document AND q.coder = l.coder AND q.attribution = e.attributions[1]
  LEFT JOIN actors a ON a.document = q.document AND a.coder = q.coder AND a.actor = q.actor
  WHERE e.status IN ('actual', 'alleged', 'historical', 'negated')
  UNION ALL
  SELECT l.linked, 'denies', coalesce(a.name, q.source), q.content, l.document, l.coder, l.event, q.attribution,
    e.trigger_starts
  FROM chosen l JOIN events e ON e.document = l.document AND e.coder = l.coder AND e.event = l.event
  JOIN answers n ON n.document = l.document AND n.coder = l.coder AND n.stand = 'denies'
    AND list_contains(e.attributions, n.claim)
  JOIN attributions q ON q.document = n.document AND q.coder = n.coder AND q.attribution = n.attribution
  LEFT JOIN actors a ON a.document = q.document AND a.coder = q.coder AND a.actor = q.actor),
claim AS (
  SELECT s.linked, s.stand, s.who, struct_pack(who := s.who, says := s.says, document := r.source, event := s.event,
    attribution := s.attribution, publisher := r.publisher, published := r.published) AS told
  FROM said s JOIN records r ON r.document = s.document AND r.coder = s.coder
  LEFT JOIN copies c ON c.document = s.document
  QUALIFY row_number() OVER (PARTITION BY s.linked, s.stand, s.who ORDER BY c.document IS NOT NULL,
    r.published NULLS LAST, s.document, s.trigger_starts, s.event, s.attribution NULLS FIRST) = 1)
SELECT a.linked, list(struct_pack(asserts := a.told, denies := d.told) ORDER BY a.who, d.who) AS pairs
FROM claim a JOIN claim d ON d.linked = a.linked AND a.stand = 'asserts' AND d.stand = 'denies' AND a.who <> d.who
GROUP BY a.linked"""

# What there is to choose by and to tell in a line; and sides of few events: a question for each, which costs less than
# one that joins them.
BRIEFLY = """
SELECT e.linked, e.date_start, e.date_end, e.type, e.mode, e.status, e.contested, e.documents, e.sources, e.score,
  e.asserted_by, e.denied_by
FROM linked_events e WHERE {where}"""
SIDES = """
SELECT linked, side, name, country FROM known_linked_participants WHERE linked IN ({linked})
ORDER BY linked, side, number"""

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


class BriefRow(msgspec.Struct, frozen=True):
    """One linked event without what has to be looked up for it: fields as in `LinkRow`."""

    event: str
    date_start: Any
    date_end: Any
    type: str
    mode: str | None
    status: str
    contested: bool
    documents: int
    sources: int
    score: float
    asserted_by: list[str]
    denied_by: list[str]


class Sides(msgspec.Struct, frozen=True):
    """Who acts in a linked event and who is acted on, each with a name and a country, if it is known."""

    actors: list[tuple[str, str | None]]
    recipients: list[tuple[str, str | None]]


class ContestedRow(LinkRow, frozen=True):
    """One linked event that is contested. `pairs`: claims that cannot both hold, each as {asserts, denies}: `who`, what
    they say (`says`: the sentence, or the content of the `attribution` that denies), and where it stands."""

    pairs: list[dict[str, Any]]


def linked_events(store: Store, filters: Filters | None = None) -> Table[LinkRow]:
    """Linked events, oldest first.

    They are those of the last `linking.bring_up_to_date`. Of `filters`, `coder` and `name` mean nothing here.
    """
    return Table(store._connection, *_question(filters or Filters()), LinkRow)


def briefly(store: Store, filters: Filters) -> list[BriefRow]:
    """The same in few words and no order, to choose from; `filters.limit` means nothing here."""
    where, parameters = conditions(filters, None)
    rows = store._rows(BRIEFLY.format(where=" AND ".join(where)), parameters)
    return [BriefRow(*row) for row in rows]


def sides(store: Store, ids: Collection[str]) -> dict[str, Sides]:
    """Who stands on the sides of the linked events with these ids."""
    found = {one: Sides([], []) for one in ids}
    for linked, side, *party in store._rows(SIDES.format(linked=names(ids)), {}) if ids else ():
        getattr(found[linked], f"{side}s").append(tuple(party))
    return found


def contested_events(store: Store, filters: Filters | None = None) -> Table[ContestedRow]:
    """Linked events that somebody asserts and somebody else denies, oldest first, otherwise as `linked_events`."""
    return Table(store._connection, *_question(filters or Filters(), contested=True), ContestedRow)


def _question(filters: Filters, *, contested: bool = False) -> Question:
    where, parameters = conditions(filters, contested or None)
    limit = f"\nLIMIT {int(filters.limit)}" if filters.limit is not None else ""
    more = ",\n  coalesce(pair.pairs, []) AS pairs" if contested else ""
    joined = f"\nLEFT JOIN ({PAIRS}) pair USING (linked)" if contested else ""
    met = " AND ".join(where)
    return LINKED.format(where=met, limit=limit, more=more, joined=joined, **EVERYTHING), parameters


def conditions(filters: Filters, contested: bool | None) -> tuple[list[str], dict[str, object]]:
    """What linked events (`e`) have to meet, and its parameters; `contested`: those that are, that are not, or None."""
    where, parameters = ["true"], dict[str, object]()
    if contested is not None:
        where.append("e.contested" if contested else "NOT e.contested")
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
    return where, parameters
