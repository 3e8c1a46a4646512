"""What pages ask of the database round a decision on events or actors: what can be chosen, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from volteface.store.decisions import COLUMNS, REFERENCE, Decision, sent
from volteface.store.reading_room import Happened, happened
from volteface.store.store import Store

# Days before and after an event on which another report of it may put it.
DAYS = 3
# Reports of an event that are decided on at once.
MOST_REPORTS = 60

REPORTS = """
SELECT l.document || ':' || e.trigger_starts || '-' || e.trigger_ends, coalesce(c.original, l.document)
FROM linked l JOIN events e ON e.document = l.document AND e.coder = l.coder AND e.event = l.event
JOIN records r ON r.document = l.document AND r.coder = l.coder LEFT JOIN copies c ON c.document = l.document
WHERE l.linked = $linked
ORDER BY c.original IS NOT NULL, r.published NULLS LAST, l.document, e.trigger_starts, l.event LIMIT $most"""

# First those of which a report was compared with a report of this event, then those near in time with the same parties.
ALIKE = f"""
WITH me AS (SELECT linked, type, coalesce(date_start, first_report) AS first,
    coalesce(date_end, date_start, first_report) AS last FROM linked_events WHERE linked = $linked),
own AS (SELECT document, event FROM linked SEMI JOIN me USING (linked)),
compared AS (
  SELECT other AS document, other_event AS event, score FROM link_pairs SEMI JOIN own USING (document, event)
  UNION ALL SELECT document, event, score FROM link_pairs
    WHERE (other, other_event) IN (SELECT document, event FROM own)),
near AS (
  SELECT e.linked, e.type = me.type AS same FROM me, linked_events e
  WHERE coalesce(e.date_start, e.first_report) <= me.last + {DAYS}
    AND coalesce(e.date_end, e.date_start, e.first_report) >= me.first - {DAYS}),
parties AS (SELECT DISTINCT unnest([key, country]) AS who FROM known_linked_participants SEMI JOIN me USING (linked)),
shared AS (
  SELECT linked, count(DISTINCT who) AS shared FROM (
    SELECT linked, unnest([key, country]) AS who FROM known_linked_participants SEMI JOIN near USING (linked))
  SEMI JOIN parties USING (who) GROUP BY linked),
found AS (
  SELECT linked, 1 + max(compared.score) AS rank FROM compared JOIN linked USING (document, event) GROUP BY linked
  UNION ALL SELECT linked, (same::INTEGER + least(shared, 4) / 5) / 2 FROM near JOIN shared USING (linked))
SELECT linked FROM found ANTI JOIN me USING (linked) GROUP BY linked ORDER BY max(rank) DESC, linked LIMIT $limit"""

# What references DOCUMENT:START-END mean: words of the document, and where the event is that stands there now.
MEANT = """
WITH asked AS (
  SELECT unnest($texts) AS text, unnest($documents) AS document, unnest($starts) AS starts, unnest($ends) AS ends)
SELECT a.text, r.document, substring(r.text, a.starts + 1, a.ends - a.starts), r.headline, r.publisher, r.source,
  (SELECT min(l.linked) FROM linked l JOIN events e
      ON e.document = l.document AND e.coder = l.coder AND e.event = l.event
    WHERE l.document = a.document AND e.trigger_starts < a.ends AND a.starts < e.trigger_ends)
FROM asked a JOIN latest n ON n.document = a.document
JOIN records r ON r.document = n.document AND r.coder = n.coder"""

NEWEST = f"SELECT {COLUMNS} FROM decisions ORDER BY decision DESC LIMIT $limit OFFSET $offset"
THESE = f"SELECT {COLUMNS} FROM decisions WHERE decision IN (SELECT unnest($numbers)) ORDER BY decision"


class Meant(msgspec.Struct, frozen=True):
    """What a decision on an event names: the trigger and its document, and the linked event that has it now, if any."""

    document: str
    trigger: str
    headline: str | None
    publisher: str | None
    source: str
    linked: str | None


def reports(store: Store, linked: str) -> list[tuple[str, str]]:
    """Each report of a linked event by its reference `DOCUMENT:START-END`, with the document that it copies or itself;
    one more than can be decided on at once, if there are."""
    return store._rows(REPORTS, {"linked": linked, "most": MOST_REPORTS + 1})


def alike(store: Store, linked: str, *, limit: int) -> list[Happened]:
    """Events that may be this one, the likeliest first."""
    ids = [found for (found,) in store._rows(ALIKE, {"linked": linked, "limit": limit})]
    by_id = {row.linked: row for row in happened(store, ids)}
    return [by_id[found] for found in ids if found in by_id]


def meant(store: Store, references: Sequence[str]) -> dict[str, Meant]:
    """What these references mean, as far as their documents are current."""
    parts = {text: match for text in references if (match := REFERENCE.fullmatch(text)) and match[2]}
    if not parts:
        return {}
    parameters: dict[str, object] = {
        "texts": list(parts),
        "documents": [match[1].lower() for match in parts.values()],
        "starts": [int(match[2]) for match in parts.values()],
        "ends": [int(match[3]) for match in parts.values()],
    }
    rows: list[tuple[Any, ...]] = store._rows(MEANT, parameters)
    return {text: Meant(*rest) for text, *rest in rows}


def newest(store: Store, *, limit: int, offset: int = 0) -> list[Decision]:
    """Decisions, also those undone, the newest first."""
    return [Decision(*row) for row in store._rows(NEWEST, {"limit": limit, "offset": offset})]


def these(store: Store, numbers: Sequence[int]) -> list[Decision]:
    """The decisions with these numbers, as far as there are."""
    return [Decision(*row) for row in store._rows(THESE, {"numbers": list(numbers)})] if numbers else []


def sent_before(store: Store, form: str) -> list[int]:
    """The numbers of the decisions that this form made, none if it was not sent before."""
    return sent(store._rows, form)
