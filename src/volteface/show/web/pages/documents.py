"""`/documents`: what was read; `/documents/ID`: one article with all that was found in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.exceptions import NotFoundException
from litestar.params import FromPath, FromQuery

from volteface.records import Block, Event, Record, Span
from volteface.records.marks import chain, deniers
from volteface.show.web.marks import Run, marks, runs
from volteface.show.web.pages.common import number_of, render, sheet, window
from volteface.show.web.room import Room
from volteface.show.web.words import day, slug, span
from volteface.store.reading_room import actor_keys, copies, documents, links_of, others, records

NEIGHBOURS = 20
# Characters of an article that is shown as a whole, and of a part of a longer one, some 4,500 words: 100,000 on one
# page took a second of a processor, and were 2 MB.
LONGEST, PART = 45_000, 30_000
ID = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Side:
    """Who acts or is acted on, as a note has it."""

    name: str
    country: str | None
    key: str | None


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside a sentence: one event in a line. `sentence`: its number in the article, from 1."""

    event: Event
    sentence: int
    actors: tuple[Side, ...]
    recipients: tuple[Side, ...]
    chain: tuple[str, ...]
    denied_by: tuple[str, ...]
    when: str
    linked: str | None
    documents: int
    sources: int
    contested: bool


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a block, with what follows it; `number` as notes have it, 0 if none is of it."""

    number: int
    runs: Sequence[Run]


@dataclass(frozen=True, slots=True)
class Part:
    """A block of the article and its notes."""

    block: Block
    sentences: Sequence[Sentence]
    notes: Sequence[Note]


@get("/documents", sync_to_thread=True)
def listing(room: NamedDependency[Room], page: FromQuery[str] = "") -> Response[str]:
    """What was read, the newest first."""
    number = number_of(page)
    with room.open() as store:
        found = sheet(documents(store, **window(number)), number)
    return render("documents.html", found=found)


@get("/documents/{document:str}", sync_to_thread=True)
def reader(
    room: NamedDependency[Room], document: FromPath[str], part: FromQuery[str] = "", at: FromQuery[str] = ""
) -> Response[str]:
    """One article, or a part of a long one: the one with this number, or in which this event, quote or sentence
    begins."""
    if not ID.fullmatch(document):
        raise NotFoundException
    with room.open() as store:
        record = records(store, [document]).get(document) or store.record(document)
        sections = parts_of(record)
        number = number_of(part) if part else part_at(record, sections, at)
        if number > len(sections):
            raise NotFoundException
        near, shared = [], []
        if number == len(sections):
            near = copies(store, record.document.id, limit=NEIGHBOURS)
            shared = others(store, record.document.id, without=[n.document for n in near], limit=NEIGHBOURS)
        keys = actor_keys(store, record.document.id)
        links = links_of(store, record.document.id)
    parts = article(record, sections[number - 1], keys, links)
    head = [part for part in parts if part.block.kind == "headline"]
    return render(
        "reader.html",
        record=record,
        document=record.document,
        published=day(date.fromisoformat(record.document.published.date))
        if record.document.published
        else "",
        head=head[0] if head else None,
        parts=[part for part in parts if not head or part is not head[0]],
        number=number,
        several=len(sections),
        events={event: f"/events/{link[0]}" for event, link in links.items()},
        actors={actor: f"/actors/{slug(key)}" for actor, key in keys.items()},
        copies=near,
        others=shared,
    )


def parts_of(record: Record) -> list[Sequence[Block]]:
    """The blocks of an article, those of a long one in parts: what is longer itself is cut between sentences."""
    blocks = record.document.blocks
    if not blocks or blocks[-1].end <= LONGEST:
        return [blocks]
    starts = [sentence.start for sentence in record.sentences]
    found: list[list[Block]] = [[]]
    begun = blocks[0].start
    for block in blocks:
        cuts = starts[bisect_right(starts, block.start) : bisect_left(starts, block.end)]
        for start, end in pairwise((block.start, *_far(block, cuts), block.end)):
            if found[-1] and end - begun > PART:
                found.append([])
                begun = start
            found[-1].append(Block(block.kind, start, end))
    return list(found)


def _far(block: Block, cuts: Sequence[int]) -> Iterator[int]:
    """Of places to cut a block at those that make pieces no longer than a part."""
    start = block.start
    for here, after in pairwise((*cuts, block.end)):
        if after - start > PART:
            yield here
            start = here


def part_at(record: Record, sections: Sequence[Sequence[Block]], at: str) -> int:
    """The number of the part in which an event, a quote or a sentence with this id begins; else the first."""
    if len(sections) == 1 or not at:
        return 1
    places = {event.id: event.trigger.start for event in record.events}
    places |= {claim.id: claim.content.spans[0][0] for claim in record.attributions if claim.content.spans}
    places |= {f"s{n}": sentence.start for n, sentence in enumerate(record.sentences, 1)}
    return max(1, bisect_right([section[0].start for section in sections], places.get(at, 0)))


def article(
    record: Record,
    blocks: Sequence[Block],
    keys: Mapping[str, str],
    links: Mapping[str, tuple[str, int, int, bool]],
) -> list[Part]:
    """Blocks of an article with their marks and notes."""
    start, end = (blocks[0].start, blocks[-1].end) if blocks else (0, 0)
    notes = _notes(record, (start, end), keys, links)
    noted = {note.event.sentence.start: note.sentence for note in notes}
    cuts = sorted({edge for note in notes for edge in (note.event.sentence.start, note.event.sentence.end)})
    pieces = [_pieces(block, cuts) for block in blocks]
    cut = iter(
        runs(record.document.text, marks(record, (start, end)), [piece for row in pieces for piece in row])
    )
    found, place = [], 0
    for block, row in zip(blocks, pieces, strict=True):
        first = place
        while place < len(notes) and notes[place].event.trigger.start < block.end:
            place += 1
        sentences = [Sentence(noted.get(start, 0), next(cut)) for start, _ in row]
        found.append(Part(block, sentences, notes[first:place]))
    return found


def _pieces(block: Block, cuts: Sequence[int]) -> list[Span]:
    """The block cut where sentences with notes begin and end; `cuts` in order."""
    inside = cuts[bisect_right(cuts, block.start) : bisect_left(cuts, block.end)]
    return list(pairwise((block.start, *inside, block.end)))


def _notes(
    record: Record,
    within: tuple[int, int],
    keys: Mapping[str, str],
    links: Mapping[str, tuple[str, int, int, bool]],
) -> list[Note]:
    actors = {actor.id: actor for actor in record.actors}
    numbers = {(sentence.start, sentence.end): n for n, sentence in enumerate(record.sentences, 1)}

    def side(participants: Sequence[Any]) -> tuple[Side, ...]:
        known = ((p, actors.get(p.actor or "")) for p in participants)
        return tuple(
            Side(a.name if a else p.text, p.country or (a.country if a else None), keys.get(p.actor or ""))
            for p, a in known
        )

    notes = []
    here = [event for event in record.events if within[0] <= event.trigger.start < within[1]]
    for event in sorted(here, key=lambda e: (e.trigger.start, e.id)):
        linked, documents, sources, contested = links.get(event.id, (None, 1, 1, False))
        notes.append(
            Note(
                event=event,
                sentence=numbers.get((event.sentence.start, event.sentence.end), 0),
                actors=side(event.actors),
                recipients=side(event.recipients),
                chain=tuple(chain(record, event)),
                denied_by=tuple(deniers(record, event)),
                when=span(*map(date.fromisoformat, (event.date.start, event.date.end))) if event.date else "",
                linked=linked,
                documents=documents,
                sources=sources,
                contested=contested,
            )
        )
    return notes
