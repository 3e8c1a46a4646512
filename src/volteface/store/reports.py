"""What lies behind acts of `reports`: the sentences that tell of them, one row a report."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import msgspec

from volteface.store.among import COPIED, names, records_of, text_of, within
from volteface.store.store import Store

# The reports of linked events, of one table after the other: what is looked up is named in each question, so that its
# index is used, and to plan their joins costs more than to join these few here (docs/decisions/0104-lookups.md).
REPORTED = "SELECT linked, document, coder, event, score, reasons FROM linked WHERE linked IN ({linked})"
CODED = """
SELECT document, coder, event, trigger_starts, sentence_starts, sentence_ends, status, confidence FROM events
WHERE {only}"""
READ = "SELECT document, coder, headline, publisher, published, source FROM records WHERE {only}"


class Reported(msgspec.Struct, frozen=True):
    """One report of a linked event: why it was joined, where it stands in its document, and which that is."""

    linked: str
    document: str
    event: str
    score: float | None
    reasons: list[str]
    trigger_starts: int
    starts: int
    ends: int
    status: str
    confidence: float
    headline: str | None
    publisher: str | None
    published: date | None
    source: str
    copy_of: str | None


class Joined(msgspec.Struct, frozen=True):
    """What is known of a report before it is looked up where it stands: rows of `REPORTED` and `READ`."""

    told: tuple[Any, ...]
    origin: tuple[Any, ...]
    copy_of: str | None

    @property
    def linked(self) -> str:
        """The linked event."""
        return str(self.told[0])

    @property
    def document(self) -> str:
        """The document."""
        return str(self.told[1])

    @property
    def when(self) -> tuple[Any, ...]:
        """What reports of an event are in order of: originals first, those without a day last."""
        return _when(self.copy_of, self.origin[2], self.document)


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


def reported(store: Store, linked: Collection[str]) -> list[Reported]:
    """The reports of these linked events, by their ids, and of each originals first."""
    return _coded(store, _joined(store, linked))


def first_reports(store: Store, linked: Collection[str]) -> dict[str, ReportRow]:
    """For each of these linked events the report that told it first, of those that reprint no other."""
    joined = _joined(store, linked)
    earliest: dict[str, tuple[Any, ...]] = {}
    for row in joined:
        earliest[row.linked] = min(earliest.get(row.linked, row.when), row.when)
    # Where an event stands is asked of the document that tells it first alone; and of all, should it not be there.
    found = _coded(store, [row for row in joined if row.when == earliest[row.linked]])
    missing = earliest.keys() - {row.linked for row in found}
    found += _coded(store, [row for row in joined if row.linked in missing])
    first: dict[str, Reported] = {}
    for one in found:
        first.setdefault(one.linked, one)
    return {row.act: row for row in quoted(store, list(first.values()))}


def _joined(store: Store, linked: Collection[str]) -> list[Joined]:
    """What was joined as these linked events."""
    if not linked:
        return []
    told = store._rows(REPORTED.format(linked=names(linked)), {})
    only, given = within({row[1] for row in told}, "document")
    read = {row[:2]: row[2:] for row in store._rows(READ.format(only=only), given)}
    copied: dict[str, str] = dict(store._rows(COPIED.format(only=only), given))
    return [Joined(row, read[row[1:3]], copied.get(row[1])) for row in told if row[1:3] in read]


def _coded(store: Store, rows: Collection[Joined]) -> list[Reported]:
    """The reports that these are, in order."""
    if not rows:
        return []
    known = {row.told[1:4]: row for row in rows}
    only, given = within({row.document for row in rows}, "document")
    found = []
    for *one, starts, first, last, status, confidence in store._rows(CODED.format(only=only), given):
        if (row := known.get(tuple(one))) is not None:
            linked, document, _, event, *why = row.told
            stands = (starts, first, last, status, confidence)
            values: tuple[Any, ...] = (linked, document, event, *why, *stands, *row.origin, row.copy_of)
            found.append(Reported(*values))
    return sorted(found, key=_originals_first)


def _originals_first(row: Reported) -> tuple[Any, ...]:
    when = _when(row.copy_of, row.published, row.document)
    return row.linked, *when, row.trigger_starts, row.event


def _when(copy_of: str | None, published: date | None, document: str) -> tuple[Any, ...]:
    return copy_of is not None, published is None, published, document


def reports(store: Store, acts: Collection[str]) -> list[ReportRow]:
    """The reports of these acts, by their ids, and of each originals first; acts that were imported have none."""
    return quoted(store, reported(store, acts))


def quoted(store: Store, rows: Sequence[Reported]) -> list[ReportRow]:
    """These reports with their sentences."""
    blobs = records_of(store, {row.document for row in rows})
    text = {document: text_of(blob) for document, blob in blobs}
    return [
        ReportRow(
            row.linked,
            row.document,
            row.event,
            row.source,
            row.headline,
            row.publisher,
            row.published,
            text[row.document][row.starts : row.ends],
            row.status,
            row.trigger_starts,
            row.copy_of,
            row.confidence,
        )
        for row in rows
    ]
