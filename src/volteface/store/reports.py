"""What lies behind acts of `reports`: the sentences that tell of them, one row a report."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from volteface.store.among import TEXTS, documents_of, names, texts
from volteface.store.store import Store
from volteface.store.table import Table

# An original stands before its copies.
REPORTS = f"""
WITH told AS ({TEXTS})
SELECT l.linked AS act, l.document, l.event, r.source, r.headline, r.publisher, r.published,
  substring(told.text, e.sentence_starts + 1, e.sentence_ends - e.sentence_starts) AS sentence, e.status,
  e.trigger_starts, c.original AS copy_of, e.confidence
FROM linked l JOIN events e ON e.document = l.document AND e.coder = l.coder AND e.event = l.event
JOIN records r ON r.document = l.document AND r.coder = l.coder
JOIN told ON told.document = l.document LEFT JOIN copies c ON c.document = l.document
WHERE l.linked IN ({{acts}}) AND e.document IN ({{documents}}) AND r.document IN ({{documents}})
ORDER BY l.linked, c.original IS NOT NULL, r.published NULLS LAST, l.document, e.trigger_starts, l.event"""

ANCHORS = """
WITH report AS MATERIALIZED (SELECT linked, document, coder, event FROM linked WHERE linked IN ({linked})),
coded AS MATERIALIZED (
  SELECT document, coder, event, trigger_starts, trigger_ends FROM events WHERE document IN ({documents}))
SELECT linked, concat(document, ':', trigger_starts, '-', trigger_ends), min(event)
FROM report JOIN coded USING (document, coder, event) GROUP BY ALL"""


class ReportRow(msgspec.Struct, frozen=True):
    """One report of an act. `copy_of`: the document it reprints, null if it reprints none. `event`: its id in the
    document, which is an anchor of the reading room's page of it."""

    act: str
    document: str
    event: str
    source: str
    headline: str | None
    publisher: str | None
    published: Any
    sentence: str
    status: str
    trigger_starts: int
    copy_of: str | None
    confidence: float


def reports(store: Store, acts: Collection[str]) -> Table[ReportRow]:
    """The reports of these acts, originals first; acts that were imported have none."""
    documents = documents_of(store, acts)
    sql = REPORTS.format(acts=names(acts), documents=names(documents))
    return Table(store._connection, sql, texts(store, documents), ReportRow)


def anchors(store: Store, linked: Collection[str]) -> dict[tuple[str, str], str]:
    """The id in its document of each report of these linked events, by the event and `DOCUMENT:START-END`."""
    sql = ANCHORS.format(linked=names(linked), documents=names(documents_of(store, linked)))
    return {(event, reference): anchor for event, reference, anchor in store._rows(sql, {})}
