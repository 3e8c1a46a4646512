"""Whom an event is done to where the places of its own pattern name nobody: somebody further down in its object, its
adjuncts or its complement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from volteface.annotate import Token
from volteface.code.joining import Events
from volteface.code.lending import addressed
from volteface.code.parties import Parties
from volteface.code.syntax import OWNERS, Syntax
from volteface.code.triggers import Trigger
from volteface.code.victims import names_somebody

# Prepositions that hold whom something is for, against or with, nearest in meaning first.
TOWARD = (
    "to", "with", "against", "on", "upon", "for", "toward", "towards", "between", "over", "into", "at", "from",
    "about", "of",
)  # fmt: skip
# Where somebody's frontier, embassy or waters are: those who mass or march there do it to him.
BESIDE = (
    "to", "against", "on", "upon", "with", "toward", "towards", "near", "along", "around", "outside", "off", "within",
    "across", "opposite", "ahead", "before", "over", "into", "at", "between", "of", "for", "about", "in", "by",
)  # fmt: skip
MASSING = frozenset({"MOBILIZE", "PROTEST"})
# What is told of X in a charge, a refusal or praise is X's; what is *on* or *against* X is somebody else's doing.
JUDGING = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
JUDGED = ("of", "by", "from", "in", "over", "about", "to", "into", "with", "at")
# Talks *at* or *on* X are not with X.
MEETING = ("to", "with", "for", "between")
# Who is asked stands here, not in what is asked for.
ASKED = ("from", "to", "on", "upon")
# … but of whose people, or whose deed, something is asked, that state is mostly asked for it.
RELEASED = ("of", "for", "in")
# Whoever holds them is asked to let them go.
HOLDING = frozenset(
    {"hold", "jail", "detain", "imprison", "arrest", "seize", "capture", "intern", "kidnap", "abduct"}
)
# "gave way in a row with X", "in a move against X": what these hold tells whom a deed is about.
CIRCUMSTANCE = ("in", "amid", "over", "under", "during", "after", "as")
ADVERSE = ("with", "against", "between", "toward", "towards", "at", "to", "over", "for")
# "as it had told X", "after X had accused it"
PROVOKING = frozenset({"as", "after", "because", "since"})
# … but not after these, where it tells of somebody beside.
ALONGSIDE = frozenset(
    {"connection", "line", "accordance", "keeping", "conjunction", "cooperation", "collaboration", "coordination",
     "consultation", "concert", "contrast", "comparison", "common", "touch", "contact", "addition", "relation"}
)  # fmt: skip
# Help, or its promise, goes to where it is given; what is bombed stands where it is.
PLACED = frozenset({"AGREE", "AID", "ASSAULT"})
# "islands facing X", "guns trained on X"
TURNED = frozenset({"face", "border", "overlook", "abut", "adjoin", "command", "watch", "confront"})
WHERE = ("in", "inside", "near", "across", "outside")
# "told X that it would pay a price"
ADDRESSING = frozenset({"tell", "inform", "notify", "warn", "caution", "remind", "assure", "advise"})
NAMES = frozenset({"GPE", "NORP", "ORG", "PERSON", "LOC", "FAC"})
# A base, a bridge, a river: whose it is may stand further down.
SITES = frozenset({"LOC", "FAC"})
THEY = frozenset({"they", "we"})
MUTUAL = frozenset({"other", "another"})
# How far down; "a loan for the construction of a power line into X" needs four.
DEEPEST = 4


def reach(syntax: Syntax, events: Events) -> None:
    """Find recipients that stand further down, for events whose own places name nobody. Changes `events`."""
    for trigger, parties in events.values():
        near = [i for i in parties.patients if i not in parties.agents]
        named = any(_is_named(syntax, i) and syntax.tokens[i].entity not in SITES for i in near)
        if not parties.agents or (named and trigger.pattern.type not in MASSING):
            continue
        several = len(parties.agents) > 1 or syntax.tokens[parties.agents[0]].lemma in THEY
        if trigger.pattern.entry.reciprocal and several:
            continue  # with each other
        found = _other(syntax, _below(syntax, trigger, parties, events), [*parties.agents, *near])
        parties.reached = found


def _is_named(syntax: Syntax, head: int, *prepositions: str) -> bool:
    """Whether a phrase says outright whom it means: by its head, what stands before it, or after `prepositions`."""
    token = syntax.tokens[head]
    if token.entity in NAMES or token.pos in ("PROPN", "PRON") or token.lemma in MUTUAL:
        return True
    around = syntax.parties(token)
    inside = [i for p in ("poss", "amod", "compound", *prepositions) for i in around.get(p, ())]
    return any(syntax.tokens[i].entity in NAMES for i in inside)


def _other(syntax: Syntax, places: Iterator[list[int]], known: Sequence[int]) -> list[int]:
    """The first place that names somebody outright who is not known already; else the first that holds somebody."""
    own = {w for i in known for w in _names(syntax, i)}
    unnamed: list[int] = []
    for heads in places:
        found = [i for i in heads if i not in known and not _names(syntax, i) & own]
        found = [i for i in found if syntax.tokens[i].pos != "PRON" and names_somebody(syntax, i)]
        if any(_is_named(syntax, i, "of", "from", "in") for i in found):
            return found
        unnamed = unnamed or found
    return unnamed


def _names(syntax: Syntax, head: int) -> set[str]:
    """The names in a phrase, and "its": who is behind it."""
    token = syntax.tokens[head]
    inside = [token, *syntax.child(token, "poss", "amod", "compound", "nmod")]
    return {t.lemma.lower() for t in inside if t.entity or t.text.lower() in OWNERS}


def _below(syntax: Syntax, trigger: Trigger, parties: Parties, events: Events) -> Iterator[list[int]]:
    """Places in which a recipient may stand, likeliest first."""
    names, verb = _prepositions(trigger.pattern.type), trigger.token
    if trigger.pattern.part == "noun":
        yield from _in_noun(syntax, trigger.token, names, 0)
        governor = syntax.governor(trigger.token)
        verb = parties.frame or (governor[0] if governor and governor[1] == "dobj" else verb)
    if verb.pos not in ("VERB", "AUX"):
        for i in [i for p in syntax.child(verb, "prep") if p.lemma in names for i in syntax.held(p)]:
            yield [i]  # "sorry for the deaths of X"
            yield from _in_noun(syntax, syntax.tokens[i], names, 1)
        for clause in syntax.complements(verb) if verb.pos == "ADJ" else ():
            yield from _in_complement(syntax, clause, names, 1)
        return
    yield from _in_clause(syntax, verb, names, 0)
    above = syntax.tokens[verb.head]
    if verb.dep == "ccomp" and above.lemma in ADDRESSING:
        yield syntax.roles(above).patients
    if trigger.pattern.type == "REQUEST":
        yield from _captors(syntax, verb)
        yield from _in_clause(syntax, verb, RELEASED, 0)
    if trigger.pattern.type in PLACED:
        yield from _where(syntax, trigger, verb)
    if trigger.pattern.type not in MASSING | {"CONSULT"}:
        yield from _in_objects(syntax, verb)
    around = syntax.roles(verb).obliques
    for i in [i for name in CIRCUMSTANCE for i in around.get(name, ())]:
        if not syntax.tokens[i].entity and syntax.tokens[i].lemma not in ALONGSIDE:
            yield from _in_noun(syntax, syntax.tokens[i], ADVERSE, DEEPEST)
    if trigger.pattern.type in MASSING:
        yield from _facing(syntax, verb)
    joined = verb.dep == "conj" and syntax.child(verb, "nsubj", "nsubjpass")
    if trigger.pattern.part != "noun" and trigger.pattern.type != "ASSAULT" and not joined:
        yield addressed(syntax, verb, parties, events)
        yield from _provoked(syntax, verb)


def _provoked(syntax: Syntax, verb: Token) -> Iterator[list[int]]:
    """`X switched them off as it had told Y`, `X left because Y had shelled it`: who gave occasion."""
    for clause in syntax.child(verb, "advcl"):
        if any(t.lemma in PROVOKING for t in syntax.child(clause, "mark")):
            roles = syntax.roles(clause)
            yield roles.agents
            yield roles.patients


def _facing(syntax: Syntax, verb: Token) -> Iterator[list[int]]:
    """`put marines on islands facing X on alert`: X."""
    for clause in syntax.annotation.subtree(verb):
        if clause.dep in ("acl", "relcl", "advcl") and clause.lemma in TURNED:
            yield syntax.roles(clause).patients


def _prepositions(type_: str) -> tuple[str, ...]:
    if type_ == "REQUEST":
        return ASKED
    if type_ in JUDGING:
        return JUDGED
    if type_ == "CONSULT":
        return MEETING
    return BESIDE if type_ in MASSING else TOWARD


def _where(syntax: Syntax, trigger: Trigger, verb: Token) -> Iterator[list[int]]:
    """`fed children in X`, `promised to keep the lights on in X`, `plucked them from roofs in X`; where somebody
    promises it is another matter."""
    clauses = syntax.complements(verb) if trigger.pattern.type == "AGREE" else [verb]
    for clause in clauses:
        around = syntax.roles(clause).obliques
        yield [i for p in WHERE for i in around.get(p, ()) if syntax.tokens[i].entity == "GPE"]
        for i in [i for heads in around.values() for i in heads if syntax.tokens[i].pos == "NOUN"]:
            inside = syntax.parties(syntax.tokens[i])
            yield [j for p in WHERE for j in inside.get(p, ()) if syntax.tokens[j].entity == "GPE"]


def _in_objects(syntax: Syntax, verb: Token) -> Iterator[list[int]]:
    """`lifted the limits on visits to relatives in X`, `pays for schools in X`; not where the deed itself is done."""
    for head in [i for heads in (syntax.roles(verb).patients, *_held(syntax, verb)) for i in heads]:
        yield from _in_noun(syntax, syntax.tokens[head], ("of", "in", "on", "to", "for"), 0)
    purposes = [c for c in syntax.child(verb, "advcl") if c.tag == "VB" and syntax.has_to(c)]
    for clause in [*syntax.complements(verb), *purposes]:
        if clause.pos == "VERB":
            yield from _in_clause(syntax, clause, ("in",), 1)


def _held(syntax: Syntax, verb: Token) -> list[list[int]]:
    return [heads for name, heads in syntax.roles(verb).obliques.items() if name in TOWARD]


def _captors(syntax: Syntax, verb: Token) -> Iterator[list[int]]:
    """`asked for the release of a reporter held in X`: X, or who holds him."""
    for clause in syntax.annotation.subtree(verb):
        if clause.dep in ("acl", "relcl") and clause.lemma in HOLDING and clause.i > verb.i:
            roles = syntax.roles(clause)
            yield [i for i in roles.agents if roles.passive or clause.dep == "relcl"]
            yield [i for i in roles.obliques.get("in", []) if syntax.tokens[i].entity == "GPE"]


def _in_clause(syntax: Syntax, verb: Token, names: Sequence[str], depth: int) -> Iterator[list[int]]:
    """In a verb's objects, then its adjuncts, then the clause below it."""
    if depth > DEEPEST:
        return
    roles = syntax.roles(verb)
    if depth:
        yield roles.obliques.get("dative", [])
        yield roles.patients
    for i in roles.patients:
        if not depth and names not in (ASKED, RELEASED):  # "accepted X's invitation", "rejected U.S. calls"
            around = syntax.parties(syntax.tokens[i])
            before = [j for p in ("poss", "amod", "compound") for j in around.get(p, ())]
            yield [j for j in before if syntax.tokens[j].entity in NAMES or syntax.tokens[j].pos == "PROPN"]
        yield from _in_noun(syntax, syntax.tokens[i], names, depth)
    for name in names:
        held = roles.obliques.get(name, [])
        yield held
        for i in held:
            yield from _in_noun(syntax, syntax.tokens[i], names, depth + 1)
    for clause in syntax.complements(verb):
        yield from _in_complement(syntax, clause, names, depth + 1)
    for clause in syntax.child(verb, "advcl"):
        if clause.tag == "VB" and syntax.has_to(clause):  # "gave money to promote trade with X"
            yield from _in_clause(syntax, clause, names, depth + 1)


def _in_complement(syntax: Syntax, clause: Token, names: Sequence[str], depth: int) -> Iterator[list[int]]:
    """Who does what is promised, threatened or told of, then whom it is done to."""
    if clause.pos not in ("VERB", "AUX"):
        yield [clause.i]
        return
    yield [j for t in syntax.child(clause, "nsubj", "nsubjpass") for j in syntax.conjuncts(t.i)]
    yield from _in_clause(syntax, clause, names, depth)


def _in_noun(syntax: Syntax, noun: Token, names: Sequence[str], depth: int) -> Iterator[list[int]]:
    """In what hangs on a noun: prepositions, infinitives and gerunds ("a decree banning imports from X"), what a claim
    claims, and what a relative clause tells of it ("money it had set aside for X")."""
    if depth > DEEPEST or (noun.entity in NAMES and names is not BESIDE):
        return
    around = syntax.parties(noun)
    for name in names:
        held = around.get(name, [])
        yield held
        for i in held:
            yield from _in_noun(syntax, syntax.tokens[i], names, depth + 1)
    for clause in syntax.child(noun, "acl", "ccomp", "relcl"):
        told = any(t.lemma == "that" for t in syntax.child(clause, "mark"))
        if told or clause.tag == "VBG" or syntax.has_to(clause):
            yield from _in_complement(syntax, clause, names, depth + 1)
        elif clause.tag == "VBN" and clause.dep == "acl" and "in" in names:  # "those affected in X"
            yield syntax.roles(clause).obliques.get("in", [])
        elif clause.dep == "relcl" and clause.pos in ("VERB", "AUX"):
            yield from _in_clause(syntax, clause, names, depth + 1)
            yield [t.i for t in syntax.child(clause, "nsubj") if t.tag not in ("WDT", "WP")]
