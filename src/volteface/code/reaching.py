"""Whom an event is done to where the places of its own pattern name nobody: somebody further down in its object, its
adjuncts or its complement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from volteface.annotate import Token
from volteface.code.entities import is_party
from volteface.code.joining import Events
from volteface.code.parties import Parties
from volteface.code.syntax import OWNERS, Syntax
from volteface.code.triggers import Trigger
from volteface.code.victims import names_somebody

# Prepositions that hold whom something is for, against or with, nearest in meaning first.
TOWARD = (
    "to", "with", "against", "on", "upon", "for", "toward", "towards", "between", "over", "into", "at", "from", "about", "of",
)  # fmt: skip
# Where somebody's frontier, embassy or waters are: those who mass or march there do it to him.
BESIDE = (
    "to", "against", "on", "upon", "with", "toward", "towards", "near", "along", "around", "outside", "off", "across", "opposite",
    "ahead", "before", "over", "into", "at", "between", "of", "for", "about",
)  # fmt: skip
MASSING = frozenset({"MOBILIZE", "PROTEST"})
# What is told of X in a charge, a refusal or praise is X's; what is *on* or *against* X is somebody else's doing.
JUDGING = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
JUDGED = ("of", "by", "from", "in", "over", "about", "to", "with", "at")
PLACES = frozenset({"LOC", "FAC"})
MUTUAL = frozenset({"other", "another"})
# "gave way in a row with X", "in a move against X": what these hold tells whom a deed is about.
CIRCUMSTANCE = ("in", "amid", "over", "under", "during", "after", "as")
ALONGSIDE = frozenset(
    {"connection", "line", "accordance", "keeping", "conjunction", "cooperation", "collaboration", "coordination",
     "consultation", "concert", "contrast", "comparison", "common", "touch", "contact"}
)  # fmt: skip
ADVERSE = ("with", "against", "between", "toward", "towards", "at", "over", "for")
# Help, or its promise, goes to where it is given.
HELPING = frozenset({"AGREE", "AID"})
# Who is asked stands here, not in what is asked for.
ASKED = ("from", "to", "on", "upon")
# How far down; "a decree banning imports of grain from X" needs three.
DEEPEST = 3


def reach(syntax: Syntax, events: Events) -> None:
    """Fill in recipients that stand further down. Changes `events`."""
    for trigger, parties in events.values():
        near = [i for i in parties.patients if i not in parties.agents]
        if not parties.agents or any(_is_somebody(syntax, i) for i in near):
            continue
        if trigger.pattern.part == "noun" and parties.frame is None:
            continue
        if trigger.pattern.entry.reciprocal and len(parties.agents) > 1:
            continue  # with each other
        found = _other(syntax, _below(syntax, trigger, parties), parties.agents)
        parties.reached = [i for i in found if i not in parties.patients]
        parties.patients = [*parties.patients, *parties.reached]


def _is_somebody(syntax: Syntax, head: int) -> bool:
    token = syntax.tokens[head]
    return token.entity in PLACES or token.lemma in MUTUAL or names_somebody(syntax, head)


def _other(syntax: Syntax, places: Iterator[list[int]], agents: Sequence[int]) -> list[int]:
    """The first place that names somebody who is not the actor."""
    own = {w for i in agents for w in _names(syntax, i)}
    for heads in places:
        found = [i for i in heads if i not in agents and not _names(syntax, i) & own]
        found = [i for i in found if syntax.tokens[i].pos != "PRON" and names_somebody(syntax, i)]
        if found:
            return found
    return []


def _names(syntax: Syntax, head: int) -> set[str]:
    """The names in a phrase, and "its": who is behind it."""
    token = syntax.tokens[head]
    inside = [token, *syntax.child(token, "poss", "amod", "compound", "nmod")]
    return {t.lemma.lower() for t in inside if t.entity or t.text.lower() in OWNERS}


def _below(syntax: Syntax, trigger: Trigger, parties: Parties) -> Iterator[list[int]]:
    """Places in which a recipient may stand, likeliest first."""
    names = _prepositions(trigger.pattern.type)
    verb = parties.frame if trigger.pattern.part == "noun" else trigger.token
    if trigger.pattern.part == "noun":
        yield from _in_noun(syntax, trigger.token, names, 0)
    if verb is None or verb.pos not in ("VERB", "AUX"):
        return
    yield from _in_clause(syntax, verb, names, 0)
    if trigger.pattern.type in HELPING:
        yield from _where(syntax, trigger, verb)
    around = syntax.roles(verb).obliques
    for i in [i for name in CIRCUMSTANCE for i in around.get(name, ())]:
        if not syntax.tokens[i].entity and syntax.tokens[i].lemma not in ALONGSIDE:
            yield from _in_noun(syntax, syntax.tokens[i], ADVERSE, DEEPEST)


def _where(syntax: Syntax, trigger: Trigger, verb: Token) -> Iterator[list[int]]:
    """`fed children in X`, `promised to keep the lights on in X`; where somebody promises it is another matter."""
    clauses = [verb] if trigger.pattern.type == "AID" else syntax.complements(verb)
    for clause in clauses:
        held = syntax.roles(clause).obliques.get("in", [])
        yield [i for i in held if syntax.tokens[i].entity == "GPE"]


def _prepositions(type_: str) -> tuple[str, ...]:
    if type_ == "REQUEST":
        return ASKED
    if type_ in JUDGING:
        return JUDGED
    return BESIDE if type_ in MASSING else TOWARD


def _in_clause(syntax: Syntax, verb: Token, names: Sequence[str], depth: int) -> Iterator[list[int]]:
    """In a verb's objects, then its adjuncts, then the infinitive or gerund below it."""
    if depth > DEEPEST:
        return
    roles = syntax.roles(verb)
    if depth:
        yield roles.obliques.get("dative", [])
        yield roles.patients
    for i in roles.patients:
        yield from _in_noun(syntax, syntax.tokens[i], names, depth)
    for name in names:
        held = roles.obliques.get(name, [])
        yield held
        for i in held:
            yield from _in_noun(syntax, syntax.tokens[i], names, depth + 1)
    for clause in syntax.complements(verb):
        if not syntax.child(clause, "nsubj", "nsubjpass"):
            yield from _in_clause(syntax, clause, names, depth + 1)


def _in_noun(syntax: Syntax, noun: Token, names: Sequence[str], depth: int) -> Iterator[list[int]]:
    """In what hangs on a noun, by prepositions or in an infinitive or participle: "a decree banning imports from X"."""
    if depth > DEEPEST or is_party(noun):
        return
    around = syntax.parties(noun)
    for name in names:
        held = around.get(name, [])
        yield held
        for i in held:
            yield from _in_noun(syntax, syntax.tokens[i], names, depth + 1)
    for clause in syntax.child(noun, "acl"):
        if clause.tag == "VBG" or syntax.has_to(clause):
            yield from _in_clause(syntax, clause, names, depth + 1)
