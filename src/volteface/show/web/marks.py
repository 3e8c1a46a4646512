"""An article as stretches of text that do not overlap, each with all that is marked in it: what a page can nest.

One pass over the text in order of its cuts, so that the time grows with the length of the article and its marks alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from volteface.records import Event, Record, Span

# What an address may point to within a page.
ANCHORS = ("action", "quote")


@dataclass(frozen=True, slots=True)
class Mark:
    """A span with its kind, what it belongs to (id in the record), and what it is in words."""

    start: int
    end: int
    kind: str
    of: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text: `kinds` are those of its marks, in order; `ids` of events and quotes that begin with it;
    `event` and `actor` what it leads to."""

    text: str
    kinds: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    event: str | None = None
    actor: str | None = None
    title: str = ""

    @property
    def target(self) -> tuple[str | None, str | None]:
        """What it leads to: an event before an actor."""
        return self.event, None if self.event else self.actor


def marks(record: Record, within: Span) -> list[Mark]:
    """Everything in a record that is marked in a piece of its text."""
    first, last = within

    def near(start: int, end: int) -> bool:
        return start < last and end > first

    found = [
        Mark(m.start, m.end, "actor", actor.id, _who(actor.name, actor.country))
        for actor in record.actors
        for m in actor.mentions
        if near(m.start, m.end)
    ]
    triggers = ((event.trigger, event.id) for event in record.events)
    found += [Mark(t.start, t.end, "action", id_) for t, id_ in triggers if near(t.start, t.end)]
    found += [Mark(t.start, t.end, "time", t.id, t.value) for t in record.times if near(t.start, t.end)]
    found += [
        Mark(p.start, p.end, "place", p.id, _who(p.name, p.country))
        for p in record.places
        if near(p.start, p.end)
    ]
    for claim in record.attributions:
        parts = (("quote", claim.content.spans), ("cue", claim.cue.spans), ("speaker", claim.source.spans))
        found += [Mark(*span, kind, claim.id) for kind, spans in parts for span in spans if near(*span)]
    return sorted(found, key=lambda mark: (mark.start, -mark.end, mark.kind, mark.of))


def event_marks(event: Event) -> list[Mark]:
    """What makes up one event: its trigger and its two sides."""
    sides = (("who", event.actors), ("whom", event.recipients))
    found = [Mark(p.start, p.end, kind, event.id) for kind, side in sides for p in side]
    found.append(Mark(event.trigger.start, event.trigger.end, "action", event.id))
    return sorted(found, key=lambda mark: (mark.start, -mark.end, mark.kind))


def runs(text: str, marked: Sequence[Mark], pieces: Sequence[Span]) -> list[list[Run]]:
    """For each piece of the text (in order, not overlapping) its runs; `marked` in order of their starts."""
    place = 0
    open_: list[Mark] = []
    found: list[list[Run]] = []
    for start, end in pieces:
        first = place
        while place < len(marked) and marked[place].start < end:
            place += 1
        here = [mark for mark in (*open_, *marked[first:place]) if mark.end > max(start, mark.start)]
        found.append(list(_cut(text, start, end, here)))
        open_ = [mark for mark in here if mark.end > end]
    return found


def linked(pieces: Sequence[Run]) -> list[tuple[tuple[str | None, str | None], list[Run]]]:
    """Runs that lead to the same and follow each other, so that a page makes one link of them: (target, runs)."""
    return [(target, list(group)) for target, group in groupby(pieces, lambda run: run.target)]


def _cut(text: str, start: int, end: int, here: Sequence[Mark]) -> Iterator[Run]:
    edges = {start, end}
    for mark in here:
        edges |= {edge for edge in (mark.start, mark.end) if start < edge < end}
    coming = sorted(here, key=lambda mark: mark.start, reverse=True)
    inside: list[Mark] = []
    for a, b in pairwise(sorted(edges)):
        while coming and coming[-1].start <= a:
            inside.append(coming.pop())
        inside = [mark for mark in inside if mark.end > a]
        yield _run(a, text[a:b], inside)


def _run(start: int, text: str, inside: Sequence[Mark]) -> Run:
    kinds = tuple(dict.fromkeys(mark.kind for mark in inside))
    by_kind: Mapping[str, Mark] = {mark.kind: mark for mark in reversed(inside)}  # the first of each kind
    event, actor = by_kind.get("action"), by_kind.get("actor")
    titled = actor or by_kind.get("place") or by_kind.get("time")
    begins = (mark.of for mark in inside if mark.start == start and mark.kind in ANCHORS)
    return Run(
        text=text,
        kinds=kinds,
        ids=tuple(begins),
        event=event.of if event else None,
        actor=actor.of if actor else None,
        title=titled.title if titled else "",
    )


def _who(name: str, country: str | None) -> str:
    return f"{name} [{country}]" if country and country != name else name
