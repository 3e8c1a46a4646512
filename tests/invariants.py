"""What is true of every record, whatever page it was made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise

from volteface.records import Document, Event, Participant, Record, Span


def broken(record: Record) -> list[str]:
    """Everything about the record that is not as it must be; empty for a good one."""
    return [
        *broken_document(record.document),
        *_extents(record),
        *_texts(record),
        *_references(record),
        *_values(record),
    ]


def broken_document(document: Document) -> list[str]:
    """The same for a document alone."""
    found = [] if document.id == Document.id_of(document.text) else ["the id is not that of the text"]
    spans = [(block.start, block.end) for block in document.blocks]
    found += _outside(document.text, spans, "block")
    found += [f"blocks {a} and {b} overlap" for a, b in pairwise(spans) if a[1] > b[0]]
    if document.published is not None:
        first, last = document.published.date, document.published.latest
        found += (
            []
            if date.fromisoformat(first) <= date.fromisoformat(last)
            else ["published after the latest day"]
        )
        exact = document.published.basis == "inferred" or first == last
        found += [] if exact else ["only an inferred date has another latest day"]
    return found


def _outside(text: str, spans: Iterable[Span], name: str) -> list[str]:
    return [f"{name} {span} is not in the text" for span in spans if not 0 <= span[0] < span[1] <= len(text)]


def _extents(record: Record) -> Iterator[str]:
    text = record.document.text
    sentences = [(s.start, s.end) for s in record.sentences]
    yield from _outside(text, sentences, "sentence")
    yield from (f"sentences {a} and {b} overlap" for a, b in pairwise(sentences) if a[1] > b[0])
    for start, end in sentences:
        if not any(b.start <= start and end <= b.end for b in record.document.blocks):
            yield f"sentence {start, end} is in no block"
    for actor in record.actors:
        yield from _outside(text, [(m.start, m.end) for m in actor.mentions], f"mention of {actor.id}")
        if not actor.mentions:
            yield f"{actor.id} is mentioned nowhere"
    for claim in record.attributions:
        parts = {"source": claim.source.spans, "cue": claim.cue.spans, "content": claim.content.spans}
        parts |= {f"via {via.name}": via.spans for via in claim.via}
        for name, spans in parts.items():
            yield from _outside(text, spans, f"{name} of {claim.id}")
        if not claim.content.spans:
            yield f"{claim.id} says nothing"
    for event in record.events:
        if (event.sentence.start, event.sentence.end) not in sentences:
            yield f"{event.id} stands in no sentence"
        if not event.sentence.start <= event.trigger.start < event.trigger.end <= event.sentence.end:
            yield f"the trigger of {event.id} is outside its sentence"


def _texts(record: Record) -> Iterator[str]:
    """Whatever has a text and a place in the document has the text that stands there."""
    text = record.document.text
    pieces = [(f"place {p.id}", p.text, p.start, p.end) for p in record.places]
    pieces += [(f"time {t.id}", t.text, t.start, t.end) for t in record.times]
    pieces += [(f"trigger of {e.id}", e.trigger.text, e.trigger.start, e.trigger.end) for e in record.events]
    pieces += [(f"party of {e.id}", p.text, p.start, p.end) for e in record.events for p in _parties(e)]
    for name, words, start, end in pieces:
        if not words or text[start:end] != words:
            yield f"{name}: {words!r}, but the text has {text[start:end]!r}"


def _references(record: Record) -> Iterator[str]:
    actors = [actor.id for actor in record.actors]
    places = {place.id: place for place in record.places}
    claims = [claim.id for claim in record.attributions]
    times = [time.id for time in record.times]
    for ids in (actors, [p.id for p in record.places], claims, times, [e.id for e in record.events]):
        if len(ids) != len(set(ids)):
            yield f"ids are not unique: {ids}"
    for claim in record.attributions:
        if claim.source.actor is not None and claim.source.actor not in actors:
            yield f"{claim.id}: no actor {claim.source.actor}"
    for event in record.events:
        named = [p.actor for p in _parties(event) if p.actor is not None]
        yield from (f"{event.id}: no actor {name}" for name in named if name not in actors)
        yield from (f"{event.id}: no attribution {name}" for name in event.attributions if name not in claims)
        if len(event.attributions) != len(set(event.attributions)):
            yield f"{event.id}: an attribution twice"
        if event.date is not None and event.date.time is not None and event.date.time not in times:
            yield f"{event.id}: no time {event.date.time}"
        if event.place is not None:
            place = places.get(event.place.id)
            same = place is not None and (place.text, place.name, place.country) == (
                event.place.text,
                event.place.name,
                event.place.country,
            )
            if not same:
                yield f"{event.id}: its place is not {event.place.id}"


def _values(record: Record) -> Iterator[str]:
    for event in record.events:
        if event.date is not None and date.fromisoformat(event.date.start) > date.fromisoformat(
            event.date.end
        ):
            yield f"{event.id}: ends before it starts"
        if not 0 <= event.confidence <= 1:
            yield f"{event.id}: confidence {event.confidence}"
        if any(number is not None and number < 0 for number in (event.killed, event.injured)):
            yield f"{event.id}: less than nobody"
        named = any(p.country or p.sector or p.actor for p in _parties(event))
        if event.killed is None and event.injured is None and not named:
            yield f"{event.id}: nobody one can name"


def _parties(event: Event) -> tuple[Participant, ...]:
    return (*event.actors, *event.recipients)
