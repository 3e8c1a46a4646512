"""The cast of a document: its actors, and whom each phrase of an event or attribution stands for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec

from volteface.annotate import Annotation, Phrase
from volteface.records import NO_CORRECTIONS, Actor, Corrections, Evidence, Extent, Place, Span
from volteface.resolve.keys import actor_key
from volteface.resolve.newcomers import told
from volteface.resolve.owners import name_reading
from volteface.resolve.reading import CONTEXT, Reading
from volteface.resolve.readings import Reader
from volteface.resolve.register import Register
from volteface.resolve.scene import Scene


class Grounding(msgspec.Struct, frozen=True):
    """Whom a phrase stands for. `actor`: the id of an `Actor`, None for an unnamed somebody of a sector.

    `country`: ISO alpha-3 or a PLOVER non-state code. `score`: trust in it, 0 to 1 (see
    `resolve/reading.py`).
    """

    actor: str | None
    country: str | None
    sector: str | None
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """A document's actors, numbered by first mention, and the groundings of the phrases asked for."""

    actors: tuple[Actor, ...]
    _groundings: dict[Phrase, tuple[Grounding, ...]] = field(repr=False)

    def of(self, phrase: Phrase) -> tuple[Grounding, ...]:
        """Whom this phrase stands for: several for "both sides", none for a phrase that is nobody.

        Raises `KeyError` for a phrase that was not given to `cast`.
        """
        return self._groundings[phrase]

    def surely(self, phrase: Phrase) -> str | None:
        """The country of a phrase that stands for one alone and was not guessed from what stands around it."""
        found = {g.country for g in self.of(phrase) if g.score > CONTEXT and g.country}
        return found.pop() if len(found) == 1 else None


def cast(
    annotation: Annotation,
    phrases: Sequence[Phrase],
    register: Register,
    *,
    published: str | None = None,
    speakers: Sequence[tuple[Span, Phrase | None]] = (),
    places: Sequence[Place] = (),
    corrections: Corrections = NO_CORRECTIONS,
) -> Cast:
    """Resolve phrases to actors, within one document.

    `phrases`: noun phrases that event participants or attribution sources occupy. `published` (ISO date)
    tells
    who held which office. `speakers`: content spans with the phrase that says them, for "we" and "I" inside;
    the innermost span that holds a pronoun counts. `places`: resolved places, for the country of towns.
    `corrections`: what a person decided of actors.
    """
    scene = Scene(annotation, register, published=published, places=places, corrections=corrections)
    reader = Reader(scene, speakers)
    # in text order: what stands before is read before what refers back to it
    asked = sorted(set(phrases), key=lambda p: (p.first, p.last, p.head))
    readings = {phrase: tuple(map(scene.corrected, reader.read(phrase))) for phrase in asked}
    mentions: dict[str, set[Span]] = {}
    known: dict[str, list[Reading]] = {}
    for phrase, found in readings.items():
        span = annotation.span(phrase.first, phrase.last)
        for reading in found:
            if (one := _one(reading)) is not None:
                known.setdefault(one, []).append(reading)
                if len(found) == 1:
                    mentions.setdefault(one, set()).add(span)
    _add_named(scene, reader, known, mentions)
    for (
        phrase,
        found,
    ) in readings.items():  # who stands nowhere alone is mentioned where he stands with others
        for reading in found:
            if (one := _one(reading)) is not None and one not in mentions:
                mentions[one] = {annotation.span(phrase.first, phrase.last)}
    actors, ids = _number(known, mentions, annotation, register)
    groundings = {
        phrase: tuple(
            Grounding(ids.get(_one(r) or ""), r.country, r.sector, r.score, r.reasons) for r in found
        )
        for phrase, found in readings.items()
    }
    return Cast(actors, groundings)


def _one(reading: Reading) -> str | None:
    """The same for all readings of one actor in the document, decisions included."""
    return reading.decided or reading.key


def _add_named(
    scene: Scene, reader: Reader, known: dict[str, list[Reading]], mentions: dict[str, set[Span]]
) -> None:
    """Everybody named outright: all people; organisations; states that are more than a place in the text."""
    annotation = scene.annotation

    def add(reading: Reading, span: Span) -> None:
        reading = scene.corrected(reading)
        if (one := _one(reading)) is not None:
            known.setdefault(one, []).append(reading)
            mentions.setdefault(one, set()).add(span)

    for human in scene.people:
        for first, last in human.mentions:
            for reading in reader.read(Phrase(first, last, last - 1)):
                add(reading, annotation.span(first, last))
    for named in scene.named:
        if named.entry.people or named.entry.form in ("region", "demonym", "people"):
            continue
        reading = name_reading(scene, named)
        if _one(reading) not in known and scene.is_locative(named):
            continue
        if named.entry.form in ("organisation", "seat"):
            said = told(scene, named.first, named.last, reader.read, own=reading.key)
            reading = replace(reading, evidence=tuple(said))
        add(reading, (named.start, named.end))
    for span, reading in reader.newcomers.named_outright():
        add(reading, span)


def _number(
    known: dict[str, list[Reading]],
    mentions: dict[str, set[Span]],
    annotation: Annotation,
    register: Register,
) -> tuple[tuple[Actor, ...], dict[str, str]]:
    """Actors with ids A1, A2, … in order of first mention; nested mentions of one actor are merged. An actor is what
    its first reading says, by the reasons of the surest one."""
    last = len(annotation.text)
    order = sorted(known, key=lambda key: (min(mentions.get(key, {(last, last)})), key))
    actors, ids = [], {}
    for number, key in enumerate(order, 1):
        reading, surest = known[key][0], max(known[key], key=lambda r: r.score)
        ids[key] = f"A{number}"
        actors.append(
            Actor(
                id=ids[key],
                name=reading.name,
                country=reading.country,
                sector=reading.sector,
                role=reading.role,
                wikidata=reading.wikidata or register.wikidata.get(key),
                mentions=tuple(Extent(*span) for span in _outermost(mentions.get(key, set()))),
                reasons=surest.reasons,
                key=actor_key(reading, register),
                score=surest.score,
                evidence=_evidence(known[key]),
            )
        )
    return tuple(actors), ids


def _evidence(readings: Sequence[Reading]) -> tuple[Evidence, ...]:
    """What the text says of one actor, in text order."""
    found = {e for reading in readings for e in reading.evidence}
    return tuple(sorted(found, key=lambda e: (e.start, e.end, e.kind, e.country or "", e.role or "")))


def _outermost(spans: set[Span]) -> list[Span]:
    """Spans in text order without those inside another."""
    kept: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or end > kept[-1][1]:
            kept.append((start, end))
    return kept
