"""`/documents`: what was read; `/documents/ID`: one article with all that was found in it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
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
from volteface.show.web.words import day, span
from volteface.store.reading_room import actor_keys, copies, documents, links_of, others, records

NEIGHBOURS = 20
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
def reader(room: NamedDependency[Room], document: FromPath[str]) -> Response[str]:
    """One article."""
    if not ID.fullmatch(document):
        raise NotFoundException
    with room.open() as store:
        record = records(store, [document]).get(document) or store.record(document)
        near = copies(store, record.document.id, limit=NEIGHBOURS)
        shared = others(store, record.document.id, without=[n.document for n in near], limit=NEIGHBOURS)
        keys = actor_keys(store, record.document.id)
        links = links_of(store, record.document.id)
    parts = article(record, keys, links)
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
        events={event.id: event for event in record.events},
        links={event: link[0] for event, link in links.items()},
        keys=keys,
        copies=near,
        others=shared,
    )


def article(
    record: Record, keys: Mapping[str, str], links: Mapping[str, tuple[str, int, int, bool]]
) -> list[Part]:
    """The blocks of an article with their marks and notes."""
    notes = _notes(record, keys, links)
    noted = {note.event.sentence.start: note.sentence for note in notes}
    cuts = sorted({edge for note in notes for edge in (note.event.sentence.start, note.event.sentence.end)})
    pieces = [_pieces(block, cuts) for block in record.document.blocks]
    cut = iter(runs(record.document.text, marks(record), [piece for row in pieces for piece in row]))
    found, place = [], 0
    for block, row in zip(record.document.blocks, pieces, strict=True):
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
    record: Record, keys: Mapping[str, str], links: Mapping[str, tuple[str, int, int, bool]]
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
    for event in sorted(record.events, key=lambda e: (e.trigger.start, e.id)):
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
