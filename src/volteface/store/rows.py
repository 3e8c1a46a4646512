"""A record as rows of the tables of `migrations/`: a pure function of the record and the coder's id."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from datetime import date

from volteface.records import Attribution, Event, Evidence, Participant, Place, Record, Span

Row = tuple[object, ...]
Rows = dict[str, list[Row]]

# The tables a record fills, each after those it refers to.
PARTS = (
    "records",
    "sentences",
    "actors",
    "mentions",
    "evidence",
    "places",
    "times",
    "attributions",
    "attribution_spans",
    "answers",
    "events",
    "participants",
)


def rows_of(record: Record, *, coder: str, page: str) -> Rows:
    """Rows by table. Raises `ValueError` if a date of the record is no ISO day."""
    text, told = record.document.text, record.document.published
    key, published = (record.document.id, coder), date.fromisoformat(told.date) if told else None
    rows: Rows = {table: [] for table in PARTS}
    rows["records"].append(_record_row(record, coder, page))
    rows["sentences"] = [(*key, n, s.start, s.end, published) for n, s in enumerate(record.sentences, 1)]
    for a in record.actors:
        rows["actors"].append(
            (*key, a.id, a.name, a.country, a.sector, a.role, a.wikidata, list(a.reasons), a.key, a.score)
        )
        rows["evidence"] += [(*key, a.id, n, a.key, *_evidence(e, text)) for n, e in enumerate(a.evidence, 1)]
        rows["mentions"] += [
            (*key, a.id, n, text[m.start : m.end], m.start, m.end) for n, m in enumerate(a.mentions, 1)
        ]
    rows["places"] = [
        (*key, p.id, p.text, p.start, p.end, p.name, p.country, p.admin1, p.geonames, *_point(p))
        for p in record.places
    ]
    rows["times"] = [(*key, t.id, t.text, t.start, t.end, t.type, t.value) for t in record.times]
    for attribution in record.attributions:
        rows["attributions"].append((*key, *_attribution_row(attribution, text), published))
        rows["attribution_spans"] += [(*key, attribution.id, *span) for span in _spans(attribution)]
        rows["answers"] += [(*key, attribution.id, a.claim, a.stand) for a in attribution.answers]
    for event in record.events:
        rows["events"].append((*key, *_event_row(event, published)))
        for side, participants in (("actor", event.actors), ("recipient", event.recipients)):
            rows["participants"] += [
                (*key, event.id, side, n, *_participant(p)) for n, p in enumerate(participants, 1)
            ]
    return rows


def restore(blob: bytes) -> Record:
    """The record whose row holds this `records.record`."""
    return Record.from_json(zlib.decompress(blob))


def _record_row(record: Record, coder: str, page: str) -> Row:
    d = record.document
    published = d.published
    dates: Row = (None, None, None)
    if published is not None:
        dates = (date.fromisoformat(published.date), published.basis, date.fromisoformat(published.latest))
    blob = zlib.compress(record.to_json().encode(), 6)
    return (
        *(d.id, coder, page, d.source, d.headline, list(d.bylines), d.publisher, *dates),
        *(d.language, d.text, blob),
    )


def _attribution_row(a: Attribution, text: str) -> Row:
    def words(spans: tuple[Span, ...]) -> str:
        return " … ".join(text[start:end] for start, end in spans)

    principal = a.source.principal
    return (
        *(a.id, a.form, words(a.source.spans), a.source.actor, a.source.named),
        *(words(a.cue.spans), words(a.content.spans), [via.name for via in a.via]),
        *((words(principal.spans), principal.actor) if principal else (None, None)),
    )


def _spans(a: Attribution) -> Iterator[Row]:
    parts = [("source", 0, a.source.spans), ("cue", 0, a.cue.spans), ("content", 0, a.content.spans)]
    parts += [("principal", 0, a.source.principal.spans)] if a.source.principal else []
    parts += [("via", relay, via.spans) for relay, via in enumerate(a.via, 1)]
    for part, relay, spans in parts:
        for n, (start, end) in enumerate(spans, 1):
            yield part, relay, n, start, end


def _event_row(e: Event, published: date | None) -> Row:
    dates: Row = (None, None, None)
    days: Row = (published, published)
    if e.date is not None:
        days = (date.fromisoformat(e.date.start), date.fromisoformat(e.date.end))
        dates = (*days, e.date.time)
    return (
        *(e.id, e.type, e.mode, list(e.contexts), e.cameo, e.quad, e.score),
        *(e.trigger.text, e.trigger.start, e.trigger.end, e.sentence.start, e.sentence.end),
        *(*dates, e.place.id if e.place else None, e.killed, e.injured, e.status),
        *(list(e.attributions), e.confidence, *days),
    )


def _point(p: Place) -> Row:
    return (p.latitude, p.longitude, p.feature, p.precision, p.score, list(p.reasons))


def _evidence(e: Evidence, text: str) -> Row:
    return (e.kind, e.start, e.end, text[e.start : e.end], e.country, e.sector, e.role)


def _participant(p: Participant) -> Row:
    return (p.text, p.start, p.end, p.actor, p.country, p.sector, p.score, list(p.reasons))
