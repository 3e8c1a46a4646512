"""The question behind `Store.timeline`: acts one by one, each with the sentence that first told of it."""

from __future__ import annotations

from typing import Any

import msgspec

from volteface.store.acts import ActFilter, conditions
from volteface.store.listing import EVERYTHING, Question

# An act, of all its rows; who is on both sides of something mutual stands among the actors.
ONE = """
  SELECT act, any_value(origin) AS origin, any_value(day) AS day, any_value(day_end) AS day_end,
    any_value(dated_by) AS dated_by, any_value(type) AS type, any_value(mode) AS mode, any_value(cameo) AS cameo,
    any_value(quad) AS quad, any_value(score) AS score, any_value(status) AS status,
    any_value(contested) AS contested, any_value(documents) AS documents, any_value(sources) AS sources,
    list_sort(list(DISTINCT struct_pack(name := actor_name, country := actor))
      FILTER (actor_name IS NOT NULL OR actor IS NOT NULL)) AS subjects,
    list_sort(list(DISTINCT struct_pack(name := recipient_name, country := recipient))
      FILTER (recipient_name IS NOT NULL OR recipient IS NOT NULL)) AS objects
  FROM {acts} GROUP BY act"""
TOLD_OF = """o.day, o.day_end, o.dated_by, o.type, o.mode, o.status, o.contested,
  [s.name FOR s IN coalesce(o.subjects, [])] AS actors,
  [s.country FOR s IN coalesce(o.subjects, [])] AS actor_countries,
  [s.name FOR s IN coalesce(o.objects, []) IF NOT list_contains(coalesce(o.subjects, []), s)] AS recipients,
  [s.country FOR s IN coalesce(o.objects, []) IF NOT list_contains(coalesce(o.subjects, []), s)]
    AS recipient_countries,
  o.quad, o.score, o.cameo, o.documents, o.sources"""

# Of the reports of an act the first that is no copy. `only`, `text`, `kept` and so on as in `listing.EVENTS`.
TIMELINE = """
WITH chosen AS (SELECT DISTINCT act FROM acts WHERE {where}),
one_report AS {kept} (SELECT linked, document, coder, event FROM linked),
one_event AS {kept} (
  SELECT document, coder, event, trigger_starts, sentence_starts, sentence_ends FROM events WHERE {only}),
one_record AS {kept} (SELECT document, coder, publisher, published, source{column} FROM records WHERE {only}),
one_copy AS {kept} (SELECT document FROM copies WHERE {only}),
one AS (
{one}),
report AS (
  SELECT l.linked AS act, r.publisher, r.published, r.document, r.source,
    substring({text}, e.sentence_starts + 1, e.sentence_ends - e.sentence_starts) AS sentence
  FROM one_report l SEMI JOIN chosen ON chosen.act = l.linked
  JOIN one_event e ON e.document = l.document AND e.coder = l.coder AND e.event = l.event
  JOIN one_record r ON r.document = l.document AND r.coder = l.coder {told}
  LEFT JOIN one_copy c ON c.document = l.document
  QUALIFY row_number() OVER (PARTITION BY l.linked
    ORDER BY c.document IS NOT NULL, r.published NULLS LAST, l.document, e.trigger_starts, l.event) = 1)
SELECT {told_of}, r.sentence, r.publisher, r.published, r.document, r.source,
  o.act, o.origin
FROM one o LEFT JOIN report r USING (act)
ORDER BY o.day NULLS LAST, o.act{limit}"""

STATUSES = "SELECT status, count(DISTINCT act) FROM acts WHERE {where} GROUP BY status"


class TimelineRow(msgspec.Struct, frozen=True):
    """One act: who did what to whom, and what its first report that is no copy says, which an imported act has not.
    Names have their countries beside them in the same order."""

    day: Any
    day_end: Any
    dated_by: str | None
    type: str | None
    mode: str | None
    status: str
    contested: bool
    actors: list[str]
    actor_countries: list[str | None]
    recipients: list[str]
    recipient_countries: list[str | None]
    quad: str | None
    score: float | None
    cameo: str | None
    documents: int
    sources: int
    sentence: str | None
    publisher: str | None
    published: Any
    document: str | None
    source: str | None
    act: str
    origin: str


def timeline(filters: ActFilter) -> Question:
    """Acts of the statuses that count, oldest first."""
    where, parameters = conditions(filters)
    if filters.statuses:
        where.append("list_contains($statuses, status)")
        parameters["statuses"] = list(filters.statuses)
    limit = f"\nLIMIT {int(filters.limit)}" if filters.limit is not None else ""
    met = " AND ".join(where)
    one = ONE.format(acts="acts SEMI JOIN chosen USING (act)")
    return TIMELINE.format(where=met, limit=limit, one=one, told_of=TOLD_OF, **EVERYTHING), parameters


def statuses(filters: ActFilter) -> Question:
    """How many acts there are of each status, whether it counts or not."""
    where, parameters = conditions(filters)
    return STATUSES.format(where=" AND ".join(where)), parameters
