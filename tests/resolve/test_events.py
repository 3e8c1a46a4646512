"""Proposals become events: grounded, placed, without doubles, as certain as who says them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.code.trees import coded, said, token, tree
from volteface.annotate import Annotation, Phrase
from volteface.code.proposal import Proposal
from volteface.records import Actor, Attribution, Event, EventDate, Extent, Place
from volteface.resolve.cast import Cast, Grounding
from volteface.resolve.events import settle
from volteface.resolve.voices import Voice

SENTENCE = "Turkey accused Syria of bombing a village."
WHO = {
    "Turkey": ("A1", "TUR", "GOV"),
    "Syria": ("A2", "SYR", "GOV"),
    "a village": (None, None, "CVL"),
    "Protesters": (None, None, "CVL"),
    "The convoy": (None, None, None),
    "The rebels": (None, None, "REB"),
    "Turkish jets": ("A1", "TUR", "MIL"),
    "Chad": ("A1", "TCD", "GOV"),
    "Sudan": ("A2", "SDN", "GOV"),
    "The ministers": (None, None, "GOV"),
}


def people(annotation: Annotation, proposals: list[Proposal]) -> Cast:
    """A cast in which each phrase is whom `WHO` says; what is not there is nobody."""
    phrases = [p for proposal in proposals for p in (*proposal.actors, *proposal.recipients)]

    def of(phrase: Phrase) -> tuple[Grounding, ...]:
        start, end = annotation.span(phrase.first, phrase.last)
        who = WHO.get(annotation.text[start:end])
        return () if who is None else (Grounding(*who, 1.0, ()),)

    actors = {
        who[0]: Actor(who[0], name, who[1], who[2], None, None, (Extent(0, 1),))
        for name, who in WHO.items()
        if who[0] and name in annotation.text
    }
    return Cast(tuple(actors[key] for key in sorted(actors)), {phrase: of(phrase) for phrase in phrases})


def settled(
    sentence: str,
    proposals: list[Proposal] | None = None,
    *,
    published: str | None = None,
    places: tuple[Place, ...] = (),
    claims: tuple[Attribution, ...] = (),
) -> tuple[Event, ...]:
    annotation = tree(sentence, published=published)
    proposals = coded(sentence)[1] if proposals is None else proposals
    actors = {actor.id: actor for actor in people(annotation, proposals).actors}
    voices = {
        c.id: Voice("speech", a.id, a.country, a.sector, sure=True)
        for c in claims
        if (a := actors.get(c.source.actor or "")) is not None
    }
    return settle(annotation, proposals, people(annotation, proposals), places, voices)


def test_parties_keep_their_words_and_get_their_country() -> None:
    first, second = settled(SENTENCE)
    assert (first.id, second.id) == ("E1", "E2")
    assert [(p.text, p.actor, p.country, p.sector) for p in (*first.actors, *first.recipients)] == [
        ("Turkey", "A1", "TUR", "GOV"),
        ("Syria", "A2", "SYR", "GOV"),
    ]
    assert (first.trigger.text, first.quad, first.score < 0) == ("accused", "verbal conflict", True)
    assert SENTENCE[first.sentence.start : first.sentence.end] == SENTENCE


def test_an_event_of_nobody_is_none() -> None:
    assert settled("Three villages were shelled.") == ()


def test_who_acts_in_public_life_needs_no_country() -> None:
    (proposal,) = coded("The rebels claimed that they had attacked a convoy.")[1]
    assert [e.type for e in settled("The rebels claimed that they had attacked a convoy.")] == ["ASSAULT"]
    annotation = tree("The rebels claimed that they had attacked a convoy.")
    nobody: tuple[Grounding, ...] = (Grounding(None, None, "CVL", 1.0, ()),)
    private = dict.fromkeys((*proposal.actors, *proposal.recipients), nobody)
    assert settle(annotation, [proposal], Cast((), private), (), {}) == ()


def test_an_appeal_to_nobody_is_talk() -> None:
    assert settled("Turkey called for reform.") == ()
    assert [e.type for e in settled("Turkey called on Syria to reform.")] == ["REQUEST"]


def test_of_two_that_say_the_same_the_surer_stays() -> None:
    one = coded(SENTENCE)[1][0]
    surer = replace(one, confidence=0.9, mode="disapprove")
    assert [e.mode for e in settled(SENTENCE, [one, surer])] == ["disapprove"]
    assert [e.mode for e in settled(SENTENCE, [surer, one])] == ["disapprove"]
    counted = replace(one, killed=4)
    assert [e.killed for e in settled(SENTENCE, [counted, surer])] == [4]
    assert [e.killed for e in settled(SENTENCE, [replace(surer, killed=3), counted])] == [3]
    assert len(settled(SENTENCE, [one, replace(one, recipients=[])])) == 2


def test_one_is_not_both_sides() -> None:
    one = coded(SENTENCE)[1][0]
    (event,) = settled(SENTENCE, [replace(one, recipients=one.actors)])
    assert (len(event.actors), event.recipients) == (1, ())


def test_what_counts_only_abroad() -> None:
    one = replace(coded(SENTENCE)[1][0], abroad=True)
    assert len(settled(SENTENCE, [one])) == 1
    assert settled(SENTENCE, [replace(one, recipients=[])]) == ()


def test_several_who_cooperate_do_it_with_each_other() -> None:
    one = coded(SENTENCE)[1][0]
    both = replace(one, type="COOPERATE", mode=None, actors=[*one.actors, *one.recipients], recipients=[])
    (event,) = settled(SENTENCE, [both])
    assert [[p.country for p in side] for side in (event.actors, event.recipients)] == [["TUR"], ["SYR"]]
    (event,) = settled(SENTENCE, [replace(both, type="ACCUSE")])
    assert (len(event.actors), event.recipients) == (2, ())


def test_people_without_a_country_are_of_the_place() -> None:
    sentence = "Protesters were arrested in Minsk."
    start = sentence.index("Minsk")
    minsk = Place("P1", "Minsk", start, start + 5, "Minsk", "BLR", None, 625144, 53.9, 27.57, "PPLC")
    (event,) = settled(sentence, places=(minsk,))
    assert event.place is not None
    assert (event.place.id, event.recipients[0].country) == ("P1", "BLR")
    assert settled(sentence) == ()


def test_officials_protest_with_words() -> None:
    one = replace(coded(SENTENCE)[1][0], type="PROTEST", mode=None, cameo="140")
    (event,) = settled(SENTENCE, [one])
    assert (event.type, event.mode, event.cameo) == ("ACCUSE", "disapprove", "111")


BOMBED = "The convoy was bombed by Turkish jets."

# (the event's last day, published, status)
DAYS = [
    ("2031-03-01", "2031-03-07", "actual"),
    ("2031-01-06", "2031-03-07", "actual"),
    ("2031-01-05", "2031-03-07", "historical"),
    ("2014-12-31", "2031-03-07", "historical"),
    ("2014-12-31", None, "actual"),
]


@pytest.mark.parametrize(("day", "published", "status"), DAYS)
def test_what_is_long_past_is_history(day: str, published: str | None, status: str) -> None:
    one = replace(coded(BOMBED)[1][0], date=EventDate(day, day, None))
    assert [e.status for e in settled(BOMBED, [one], published=published)] == [status]


# (sentence, event, who says it, status)
SPEAKERS = [
    (BOMBED, "ASSAULT", None, "actual"),
    ("Sudan attacked the port, Chad said.", "ASSAULT", "A1", "alleged"),  # Chad of Sudan
    ("Sudan attacked the port, Chad said.", "ASSAULT", "A2", "actual"),  # Sudan of itself
    ("Sudan attacked the port, Chad said.", "ASSAULT", None, "actual"),  # somebody
    ("The attack by Sudan was outrageous, Chad said.", "ASSAULT", "A1", "actual"),  # taken for granted
    ("The attack by Sudan was outrageous, Chad said.", "ACCUSE", "A1", "actual"),  # done by saying it
]


@pytest.mark.parametrize(("sentence", "kind", "speaker", "status"), SPEAKERS)
def test_what_only_an_opponent_says_is_alleged(
    sentence: str, kind: str, speaker: str | None, status: str
) -> None:
    from msgspec.structs import replace as changed

    annotation = tree(sentence)
    claim = said(annotation, sentence[:3], sentence[:3], sentence[:-1])
    claim = changed(claim, source=changed(claim.source, actor=speaker))
    claims = (("Chad", "said", sentence.removesuffix(", Chad said.")),) if "said" in sentence else ()
    proposals = [replace(p, attributions=("Q1",)) for p in coded(sentence, claims=claims)[1]]
    events = settled(sentence, proposals, claims=(claim,))
    assert [e.status for e in events if e.type == kind] == [status]


def test_syntax_has_the_first_word_on_certainty() -> None:
    one = replace(coded(BOMBED)[1][0], status="negated", date=EventDate("2014-01-01", "2014-01-01", None))
    assert [e.status for e in settled(BOMBED, [one], published="2031-03-07")] == ["negated"]


def test_events_stand_in_the_order_of_their_triggers() -> None:
    proposals = coded(SENTENCE)[1]
    events = settled(SENTENCE, proposals[::-1])
    assert [e.trigger.text for e in events] == ["accused", "bombing"]
    assert [e.id for e in events] == ["E1", "E2"]
    assert token(tree(SENTENCE), "accused").start == events[0].trigger.start
