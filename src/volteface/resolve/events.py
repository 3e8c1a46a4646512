"""Proposals → events: parties grounded in the cast, places and certainty settled, doubles dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache

import msgspec

from volteface.annotate import Annotation, Phrase
from volteface.code.dates import is_history
from volteface.code.proposal import Proposal
from volteface.codebook import actors as codebook
from volteface.codebook import plover
from volteface.codebook.lexicon import lexicon, word_groups
from volteface.records import (
    Event,
    EventPlace,
    Extent,
    Participant,
    Place,
    Status,
    Trigger,
)
from volteface.resolve.cast import Cast
from volteface.resolve.reading import CONTEXT
from volteface.resolve.voices import Voice, is_alleged, is_announced

# The parties of these stand where the event does, when the text says no more of them than "people" or "protesters".
LOCAL_PARTIES = frozenset({"ASSAULT", "COERCE", "PROTEST"})
# … and whom these are done to: "food was flown to survivors in X".
LOCAL_RECIPIENTS = frozenset({"AID"})
# Troops mass and crowds march at home, against somebody further down the sentence.
MASSING = frozenset({"MOBILIZE", "PROTEST"})
# Several states that do these, and nobody else is named, do them with each other.
TOGETHER = frozenset({"COOPERATE", "CONSULT", "RETREAT"})
# Places that a country's name may stand before: "a Turkish border town".
SETTLEMENTS = frozenset(
    {"city", "town", "village", "capital", "suburb", "port", "province", "region", "district", "neighbourhood",
     "neighborhood", "island", "resort", "township", "hamlet", "camp"}
)  # fmt: skip
# What these are done to may be a thing that is nobody's in particular: "attacked the ports".
TO_THINGS = frozenset({"ASSAULT", "COERCE", "AID"})
# What these hit stands where they happen: "two clubs bombed on Bali".
STANDING = frozenset({"ASSAULT"})
# … but not what was said or written, nor a pronoun for it.
WORDS_NOT_THINGS = frozenset(
    {"statement", "interview", "address", "speech", "letter", "report", "tweet", "post", "message", "broadcast", "it",
     "they", "that", "this", "what", "which", "something", "anything", "nothing", "everything", "one", "move", "step",
     "way", "case", "effort", "response", "retaliation", "operation", "attack", "incident", "time", "place"}
)  # fmt: skip
# A thing is the country's it stands in after these.
WHERE = frozenset({"in", "at", "near", "outside"})
# What people of no country known do among themselves is no event of politics.
PRIVATE = frozenset({"CVL"})
LOCAL_SECTORS = frozenset(
    {"CVL", "CVL/UNK", "UNK", "LAB", "EDU", "REF", "OPP", "REL", "SOC", "JRN", "MED", "COP"}
)


# When these protest it is with words, which PLOVER counts as ACCUSE; PROTEST is people in the street.
OFFICIAL_SECTORS = frozenset({"GOV", "LEG", "JUD", "MIL", "SPY", "COP"})
# Names of trade unions, and of the European one.
BODIES = frozenset({"union", "federation", "confederation", "crew"})
# Appeals of these modes are one side's move towards another, whose name may be left out: "called for the release of …".
MOVES = frozenset({"yield", "meet", "assist"})

Who = tuple[int, int, str | None, str | None, str | None]


def settle(
    annotation: Annotation,
    proposals: Sequence[Proposal],
    cast: Cast,
    places: Sequence[Place],
    voices: Mapping[str, Voice],
) -> tuple[Event, ...]:
    """The document's events in text order, with ids `E1`, `E2`, …

    `voices`: who speaks in each attribution (`voices.voices`). A proposal none of whose
    parties has a country and whose actor is nobody in particular is no event; of two that say the same of the
    same parties in one sentence the surer stays, with the figures of both; of verbal ones between the same countries
    one is enough.
    """
    found: dict[tuple[object, ...], Event] = {}
    scenes = _scenes(annotation, proposals, places)
    for proposal in sorted(proposals, key=lambda p: (p.trigger.first, p.trigger.last)):
        event = _event(annotation, proposal, cast, places, voices, scenes)
        if event is None:
            continue
        key: tuple[object, ...] = (
            event.type,
            event.sentence.start,
            _who(event.actors),
            _who(event.recipients),
        )
        if plover().quad(event.type).startswith("verbal") and event.actors and event.recipients:
            key = (event.type, event.sentence.start, _countries(event.actors), _countries(event.recipients))
        other = found.get(key, event)
        surer, less = (event, other) if other.confidence < event.confidence else (other, event)
        found[key] = msgspec.structs.replace(
            surer,
            killed=less.killed if surer.killed is None else surer.killed,
            injured=less.injured if surer.injured is None else surer.injured,
        )
    ordered = sorted(found.values(), key=lambda e: (e.trigger.start, e.trigger.end, e.type))
    return tuple(_with_id(event, f"E{n}") for n, event in enumerate(ordered, 1))


def _event(
    annotation: Annotation,
    proposal: Proposal,
    cast: Cast,
    places: Sequence[Place],
    voices: Mapping[str, Voice],
    scenes: Mapping[Phrase, str],
) -> Event | None:
    type_, mode, cameo = proposal.type, proposal.mode, proposal.cameo
    if type_ is None:
        return None
    place = _place(annotation, proposal, places)
    where = place or _settled(annotation, proposal, places)
    local = where.country if where is not None and type_ in LOCAL_PARTIES else None
    if where is None and type_ in LOCAL_PARTIES:
        local = next((scenes[p] for p in proposal.actors if p in scenes), None)
    actors = _participants(annotation, proposal.actors, cast, local)
    things = places if type_ in TO_THINGS else None
    stands = where.country if where is not None and type_ in STANDING else None
    helped = where.country if where is not None and type_ in LOCAL_RECIPIENTS else local
    recipients = _participants(annotation, proposal.recipients, cast, helped, things=things, stands=stands)
    reached = _participants(annotation, proposal.reached, cast, None)
    recipients = _with_reached(recipients, reached, actors, massing=type_ in MASSING)
    if proposal.mutual or type_ in TOGETHER:
        actors, recipients = _with_each_other(actors, recipients)
    taken = {(p.start, p.end, p.actor) for p in actors}
    recipients = tuple(p for p in recipients if (p.start, p.end, p.actor) not in taken)
    near = [p for p in recipients if p not in reached]  # what stands further down makes no event
    known = any(p.country for p in (*actors, *near)) or any(_is_public(p) for p in actors)
    if not known and not _has_toll(proposal, actors, recipients):
        return None
    if proposal.abroad and not _is_abroad(actors, recipients):
        return None
    if _is_talk(annotation, proposal, type_, actors, recipients):
        return None
    if (
        type_ == "PROTEST"
        and not _is_labour(annotation, proposal)
        and actors
        and all(p.sector in OFFICIAL_SECTORS for p in actors)
    ):
        type_, mode, cameo = "ACCUSE", "disapprove", "111"
    start, end = annotation.span(proposal.trigger.first, proposal.trigger.last)
    sentence = annotation.sentences[proposal.sentence]
    return Event(
        id="",
        type=type_,
        mode=mode,
        contexts=proposal.contexts,
        cameo=cameo,
        quad=plover().quad(type_),
        score=plover().score(type_, mode),
        actors=actors,
        recipients=recipients,
        trigger=Trigger(annotation.text[start:end], start, end),
        sentence=Extent(sentence.start, sentence.end),
        date=proposal.date,
        place=None
        if place is None
        else EventPlace(place.id, place.text, place.name, place.country, place.precision),
        killed=proposal.killed,
        injured=proposal.injured,
        status=_status(annotation, proposal, plover().quad(type_), actors, recipients, voices),
        attributions=proposal.attributions,
        confidence=proposal.confidence,
    )


def _scenes(
    annotation: Annotation, proposals: Sequence[Proposal], places: Sequence[Place]
) -> dict[Phrase, str]:
    """Where somebody acts, for what the same clause tells of him besides: "took to the streets of X, burning flags"."""
    found: dict[Phrase, str] = {}
    for proposal in proposals:
        place = _place(annotation, proposal, places)
        if place is not None and place.country and proposal.type in LOCAL_PARTIES:
            found.update((p, place.country) for p in proposal.actors)
    return found


def _with_reached(
    found: Sequence[Participant],
    reached: Sequence[Participant],
    actors: Sequence[Participant],
    *,
    massing: bool,
) -> tuple[Participant, ...]:
    """Recipients; with those further down in the sentence only where no nearer one has a country, and theirs is not
    the actors' own. Where troops mass (`massing`) may be at home: "rushed them to its border town to face X"."""
    spans = {(p.start, p.end) for p in reached}
    near = tuple(p for p in found if (p.start, p.end) not in spans)
    home = {p.country for p in actors} | {None}
    own = home if massing else {None}
    far = (
        () if any(p.country not in own for p in near) else tuple(p for p in reached if p.country not in home)
    )
    return (*near, *far)


def _with_each_other(
    actors: tuple[Participant, ...], recipients: tuple[Participant, ...]
) -> tuple[tuple[Participant, ...], tuple[Participant, ...]]:
    """Both sides of what several countries do together: the first named acts, the others are who it acts with."""
    countries = [p.country for p in actors if p.country]
    if any(p.country for p in recipients) or len(set(countries)) < 2:
        return actors, recipients
    first = tuple(p for p in actors if p.country in (countries[0], None))
    return first, (*(p for p in actors if p not in first), *recipients)


def _is_abroad(actors: Sequence[Participant], recipients: Sequence[Participant]) -> bool:
    """Whether something goes from one state, or body of states, to another."""
    doing, done = ({p.country for p in side} & _states() for side in (actors, recipients))
    return bool(doing) and bool(done - doing)


@cache
def _states() -> frozenset[str | None]:
    return frozenset({*codebook.countries(), "IGO", "UNO", "EUR"})


def _is_public(actor: Participant) -> bool:
    """Whether somebody acts in public life, of whatever country: a ministry, an army, a party, a named organisation;
    not "villagers"."""
    return actor.sector not in PRIVATE if actor.sector else actor.actor is not None


def _is_labour(annotation: Annotation, proposal: Proposal) -> bool:
    """Whether those who stop work are of a trade, though a state's own: "civil servants walked off the job"."""
    working = lexicon().sets["labour"] - BODIES
    return proposal.mode == "strike" and any(
        annotation.tokens[p.head].lemma in working for p in proposal.actors
    )


def _is_talk(
    annotation: Annotation,
    proposal: Proposal,
    type_: str,
    actors: Sequence[Participant],
    recipients: Sequence[Participant],
) -> bool:
    """Whether an appeal or a worry is put to nobody, or to the public at home: no event between parties
    (docs/decisions/0077-talk-to-nobody.md). A demand is one whomever it is put to."""
    if annotation.tokens[proposal.trigger.head].lemma not in word_groups("talk").get(type_, ()):
        return False
    if proposal.mode in MOVES:
        return False
    home = {p.country for p in actors} | {None}
    return all(p.country in home and p.sector in PRIVATE for p in recipients)


def _has_toll(proposal: Proposal, actors: Sequence[Participant], recipients: Sequence[Participant]) -> bool:
    """Whether somebody was hurt, though the text leaves open of which country: still an event."""
    hurt = proposal.killed is not None or proposal.injured is not None
    return proposal.type == "ASSAULT" and hurt and any(p.sector for p in (*actors, *recipients))


def _participants(
    annotation: Annotation,
    phrases: Sequence[Phrase],
    cast: Cast,
    local: str | None,
    *,
    things: Sequence[Place] | None = None,
    stands: str | None = None,
) -> tuple[Participant, ...]:
    """Whom phrases mean. `local`: the country of people of none, `stands` of things, as far as the event has a place;
    `things`: the places things may stand in, None where they are no parties."""
    found: dict[Who, Participant] = {}
    for phrase in phrases:
        start, end = annotation.span(phrase.first, phrase.last)
        text = annotation.text[start:end]
        groundings = cast.of(phrase)
        if (
            things is not None
            and not groundings
            and annotation.tokens[phrase.head].lemma not in WORDS_NOT_THINGS
        ):
            standing = _standing(annotation, phrase, things) or stands
            found.setdefault(
                (start, end, None, standing, None),
                Participant(text, start, end, None, standing, None, *_thing(standing)),
            )
        for grounding in groundings:
            country, score, reasons = grounding.country, grounding.score, grounding.reasons
            if country is None and local is not None and grounding.sector in LOCAL_SECTORS:
                country, score = local, min(score, CONTEXT)
                reasons = (*reasons, f"where it happened is in {local}")
            who: Who = (start, end, grounding.actor, country, grounding.sector)
            found.setdefault(who, Participant(text, *who, score, reasons))
    return tuple(found.values())


def _thing(standing: str | None) -> tuple[float, tuple[str, ...]]:
    """Score and reasons of a thing that is nobody's in particular."""
    return (
        (CONTEXT, (f"a thing that stands in {standing}",))
        if standing
        else (0.0, ("a thing of nobody named",))
    )


def _standing(annotation: Annotation, phrase: Phrase, places: Sequence[Place]) -> str | None:
    """The country a thing stands in: "a hospital in Kherson", "the station at X in Ukraine"."""
    held = [annotation.tokens[phrase.head]]
    for token in held:
        preposition = [t for t in annotation.children(token, "prep") if t.lemma in WHERE]
        held += [t for p in preposition for t in annotation.children(p, "pobj")]
    found = (p.country for t in held[1:] for p in places if p.start <= t.start < p.end)
    return next((country for country in found if country), None)


def _place(annotation: Annotation, proposal: Proposal, places: Sequence[Place]) -> Place | None:
    for first, last in proposal.where:
        start, end = annotation.span(first, last)
        for place in places:
            if start <= place.start and place.end <= end and not _is_modifier(annotation, place):
                return place
    return None


def _settled(annotation: Annotation, proposal: Proposal, places: Sequence[Place]) -> Place | None:
    """Whose town it is: "in a Turkish border town", "in Yemen's capital"."""
    for first, last in proposal.where:
        for token in annotation.tokens[first:last]:
            settled = annotation.tokens[token.head].lemma in SETTLEMENTS and token.dep in (
                "amod",
                "poss",
                "compound",
            )
            for place in places if settled else ():
                if place.start <= token.start < place.end and place.country:
                    return place
    return None


def _is_modifier(annotation: Annotation, place: Place) -> bool:
    """ "the Ethiopian embassy in London" is in London, "Egypt's Sinai Peninsula" on the peninsula."""
    sentence = annotation.sentence_at(place.start)
    inside = [t for t in annotation.of(sentence) if place.start <= t.start < place.end] if sentence else []
    return any(t.pos == "ADJ" or t.entity == "NORP" or t.dep == "poss" for t in inside)


def _status(
    annotation: Annotation,
    proposal: Proposal,
    quad: str,
    actors: Sequence[Participant],
    recipients: Sequence[Participant],
    voices: Mapping[str, Voice],
) -> Status:
    """Syntax's verdict, made *historical* where it is long past, *alleged* where those who say it leave it so."""
    said = [voices[name] for name in proposal.attributions if name in voices]
    if proposal.status not in ("actual", "alleged"):
        return proposal.status
    if proposal.status == "alleged" and not is_announced(actors, said):
        return "alleged"
    published = annotation.document.published
    when = proposal.date
    if published and when and is_history(when, date.fromisoformat(published.date)):
        return "historical"
    return "alleged" if proposal.asserted and is_alleged(quad, actors, recipients, said) else "actual"


def _countries(participants: Sequence[Participant]) -> tuple[str, ...]:
    return tuple(sorted({p.country or p.text for p in participants}))


def _who(participants: Sequence[Participant]) -> tuple[tuple[str | None, str | None, str | None, int], ...]:
    return tuple(
        sorted(
            ((p.actor, p.country, p.sector, 0 if p.actor else p.start) for p in participants),
            key=lambda who: tuple(str(part) for part in who),
        )
    )


def _with_id(event: Event, name: str) -> Event:
    return msgspec.structs.replace(event, id=name)
