"""Where a record's actors, actions, quotes and places stand in its text, as stretches that do not overlap.

What a terminal and a notebook need to colour an article; how they colour it is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from volteface.records.types import Attribution, Block, Event, Record, Span

# What a terminal may obey or a reader be misled by: control characters, bidirectional overrides, tags,
# joiners.
HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start:end` with one set of marks: whether within a quote, a cue or a source of one, an
    actor's mention, and the event whose trigger it is (the first, if several)."""

    start: int
    end: int
    quote: bool = False
    cue: bool = False
    speaker: bool = False
    actor: bool = False
    event: Event | None = None


def clean(text: str) -> str:
    """The text without characters that could drive a terminal or hide text; tabs and line ends stay."""
    return HIDDEN.sub("", text)


def stretches(record: Record, block: Block) -> list[Stretch]:
    """The block cut wherever a mark begins or ends."""
    quotes = _within(block, (span for a in record.attributions for span in a.content.spans))
    cues = _within(block, (span for a in record.attributions for span in a.cue.spans))
    speakers = _within(block, (span for a in record.attributions for span in a.source.spans))
    actors = _within(block, ((m.start, m.end) for a in record.actors for m in a.mentions))
    triggers = {(e.trigger.start, e.trigger.end): e for e in reversed(events_in(record, block))}
    cuts = sorted({block.start, block.end, *_edges(block, quotes, cues, speakers, actors, triggers)})
    return [
        Stretch(
            start,
            end,
            quote=_covers(quotes, start),
            cue=_covers(cues, start),
            speaker=_covers(speakers, start),
            actor=_covers(actors, start),
            event=next((e for (s, t), e in triggers.items() if s <= start < t), None),
        )
        for start, end in pairwise(cuts)
    ]


def events_in(record: Record, block: Block) -> list[Event]:
    """The events whose trigger stands in the block, in text order."""
    inside = [e for e in record.events if block.start <= e.trigger.start < block.end]
    return sorted(inside, key=lambda e: (e.trigger.start, e.id))


def names(record: Record, event: Event, side: str) -> list[str]:
    """The event's actors or recipients: resolved names where there are any, else the words; countries in
    brackets."""
    by_id = {actor.id: actor for actor in record.actors}
    found = []
    for participant in event.actors if side == "actor" else event.recipients:
        actor = by_id.get(participant.actor or "")
        name = actor.name if actor else participant.text
        country = participant.country or (actor.country if actor else None)
        found.append(f"{name} [{country}]" if country else name)
    return found


def voices(record: Record, event: Event) -> list[str]:
    """According to whom, innermost first, each with who relays it; empty in the publisher's own voice."""
    by_id = {attribution.id: attribution for attribution in record.attributions}
    return [voice(record, by_id[i]) for i in event.attributions if i in by_id]


def chain(record: Record, event: Event) -> list[str]:
    """How the word of it came to the publisher: who says it, who passes it on, the last of them last; empty in the
    publisher's own voice."""
    wanted = set(event.attributions)
    by_id = {a.id: a for a in record.attributions if a.id in wanted} if wanted else {}
    told = [by_id[i] for i in event.attributions if i in by_id]
    return [name for a in told for name in (_who(record, a), *(relay.name for relay in a.via))]


def deniers(record: Record, event: Event) -> list[str]:
    """Who denies, elsewhere in the document, what the event's sources claim."""
    claimed = set(event.attributions)
    return [
        voice(record, a)
        for a in record.attributions
        if a.answers and any(answer.claim in claimed and answer.stand == "denies" for answer in a.answers)
    ]


def voice(record: Record, attribution: Attribution) -> str:
    """Who says it, and via whom."""
    return _who(record, attribution) + "".join(f", via {relay.name}" for relay in attribution.via)


def _who(record: Record, attribution: Attribution) -> str:
    """Who says it, and for whom."""
    actor = next((a for a in record.actors if a.id == attribution.source.actor), None)
    text = record.document.text
    words = " … ".join(text[start:end] for start, end in attribution.source.spans)
    return (actor.name if actor else words or "an unnamed source") + _for(record, attribution)


def _for(record: Record, attribution: Attribution) -> str:
    """For whom a spokesman speaks, where the name alone does not say so."""
    principal = attribution.source.principal
    actor = next((a for a in record.actors if principal and a.id == principal.actor), None)
    return f", for {actor.name}" if actor else ""


def label(event: Event) -> str:
    """Type, mode and what the text gives of numbers: `ASSAULT/aerial, 2 killed`."""
    parts = [event.type + (f"/{event.mode}" if event.mode else "")]
    parts += [f"{event.killed} killed"] if event.killed is not None else []
    parts += [f"{event.injured} injured"] if event.injured is not None else []
    return ", ".join(parts)


def when(event: Event) -> str:
    """The day, or the first and last, or nothing."""
    if event.date is None:
        return ""
    same = event.date.start == event.date.end
    return event.date.start if same else f"{event.date.start} to {event.date.end}"


def where(event: Event) -> str:
    """`in` and the place, or nothing."""
    return f"in {event.place.name}" if event.place else ""


def _within(block: Block, spans: Iterable[Span]) -> list[Span]:
    return [(start, end) for start, end in spans if start < block.end and end > block.start]


def _edges(block: Block, *groups: Iterable[Span]) -> Iterator[int]:
    for group in groups:
        for span in group:
            yield from (edge for edge in span if block.start < edge < block.end)


def _covers(spans: Sequence[Span], position: int) -> bool:
    return any(start <= position < end for start, end in spans)
