"""What lies behind acts of `reports`: the sentences that tell of them, one row a report."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec

from volteface.store.among import TEXTS, documents_of, names, records_of, text_of, texts, within
from volteface.store.store import Store
from volteface.store.table import Table

# The reports of linked events. What is looked up is named in the question, and each table is asked by itself
# (MATERIALIZED): so its index is used, and within a join it would not be.
TOLD = """
one_report AS MATERIALIZED (SELECT linked, document, coder, event, score, reasons FROM linked
  WHERE linked IN ({chosen})),
one_event AS MATERIALIZED (
  SELECT document, coder, event, trigger_starts, sentence_starts, sentence_ends, status, confidence FROM events
  WHERE {only}),
one_record AS MATERIALIZED (SELECT document, coder, headline, publisher, published, source FROM records
  WHERE {only}),
one_copy AS MATERIALIZED (SELECT document, original FROM copies WHERE {only}),
told AS (SELECT * FROM one_report l JOIN one_event e USING (document, coder, event)
  JOIN one_record r USING (document, coder) LEFT JOIN one_copy c USING (document))"""
# An original stands before its copies.
FIRST = f"""
WITH {TOLD}
SELECT linked, document, event, publisher, published, source, sentence_starts, sentence_ends FROM told
QUALIFY row_number() OVER (PARTITION BY linked
  ORDER BY original IS NOT NULL, published NULLS LAST, document, trigger_starts, event) = 1"""
REPORTS = f"""
WITH shown AS MATERIALIZED ({TEXTS}), {TOLD}
SELECT linked AS act, document, event, source, headline, publisher, published,
  substring(text, sentence_starts + 1, sentence_ends - sentence_starts) AS sentence, status, trigger_starts,
  original AS copy_of, confidence
FROM told JOIN shown USING (document)
ORDER BY linked, original IS NOT NULL, published NULLS LAST, document, trigger_starts, event"""


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


class FirstReport(msgspec.Struct, frozen=True):
    """The first report of an act, and its sentence. `event`: as in `ReportRow`."""

    document: str
    event: str
    publisher: str | None
    published: Any
    source: str
    sentence: str


def first_reports(store: Store, linked: Collection[str]) -> dict[str, FirstReport]:
    """For each of these linked events the report that told it first, of those that reprint no other."""
    only, parameters = within(documents_of(store, linked), "document")
    rows = store._rows(FIRST.format(chosen=names(linked), only=only), parameters) if linked else []
    text = {document: text_of(blob) for document, blob in records_of(store, {row[1] for row in rows})}
    return {act: FirstReport(*(*told, text[told[0]][start:end])) for act, *told, start, end in rows}


def reports(store: Store, acts: Collection[str]) -> Table[ReportRow]:
    """The reports of these acts, originals first; acts that were imported have none."""
    documents = documents_of(store, acts)
    only, parameters = within(documents, "document")
    sql = REPORTS.format(chosen=names(acts), only=only)
    return Table(store._connection, sql, {**parameters, **texts(store, documents)}, ReportRow)
