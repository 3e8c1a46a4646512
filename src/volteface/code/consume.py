"""What belongs to a bigger event: `pledged to send aid` is one pledge, not a pledge and a delivery."""

from __future__ import annotations

from volteface.annotate import Token
from volteface.code.joining import Events
from volteface.code.parties import Parties
from volteface.code.syntax import Syntax
from volteface.code.triggers import Trigger
from volteface.codebook import plover
from volteface.codebook.lexicon import word_groups

DOWN_CLAUSE = (
    "xcomp",
    "ccomp",
    "conj",
    "dobj",
    "prep",
    "pobj",
    "pcomp",
    "acl",
    "attr",
    "acomp",
    "nsubjpass",
    "dative",
)
DOWN_NOUN = ("prep", "pobj", "conj", "compound", "pcomp", "acl")
# How far below a consuming word its own content reaches.
DEEPEST = 6


# Refusing or ending a cooperative act is one event: "cancelled a visit", "suspended aid".
ENDING = frozenset({"REJECT", "SANCTION"})


def consumed_by(syntax: Syntax, trigger: Trigger) -> set[int]:
    """Tokens whose events belong to this trigger's; empty unless its pattern consumes its complement."""
    token = trigger.token
    if trigger.pattern.entry.complement not in ("consume", "drop"):
        if trigger.pattern.type in ENDING and token.pos == "VERB":
            return {t.i for t in syntax.child(token, "dobj", "nsubjpass") if _is_eventlike(t)}
        return set()
    # A clause before the verb is a sentence of its own that the parser joined: "X asked for A; Y asked for B".
    starts = [t for t in trigger.complements if t.i > token.i or t.dep not in ("acl", "ccomp", "pcomp")]
    if trigger.pattern.type == "PROTEST":  # what they march for: "took to the streets demanding …"
        staging = [syntax.tokens[token.head]] if token.pos == "NOUN" and token.dep == "dobj" else []
        starts += [t for v in (token, *staging) for t in syntax.child(v, "advcl") if t.lemma in DEMANDING]
    if token.pos in ("VERB", "AUX"):
        starts += [t for t in syntax.child(token, "dobj", "attr", "nsubjpass") if _is_eventlike(t)]
    for preposition in syntax.child(token, "prep"):
        fronted = preposition.i < token.i  # "In a telephone call with X, she protested": two acts
        own = preposition.lemma in trigger.pattern.words  # "hinted at military action"
        if fronted or (preposition.text.lower() in CIRCUMSTANCE - {"in"} and not own):
            continue
        starts += [t for t in syntax.child(preposition, "pobj") if _is_eventlike(t) and not _is_return(t)]
    found: set[int] = set()
    for start in starts:
        _collect(syntax, start, 0, found)
    found.discard(token.i)
    return found


DEMANDING = frozenset({"demand", "call", "urge", "ask", "seek", "protest", "denounce", "condemn"})
# What stands after these happened, or will, on its own account: "agreed to talk after the attack".
CIRCUMSTANCE = frozenset(
    {
        "after",
        "before",
        "following",
        "since",
        "during",
        "amid",
        "despite",
        "because",
        "until",
        "over",
        "in",
        "at",
        "like",
    }
)


def below(syntax: Syntax, token: Token) -> set[int]:
    """A token and all that belongs to the same act below it."""
    found: set[int] = set()
    _collect(syntax, token, 0, found)
    return found


def _is_eventlike(token: Token) -> bool:
    return token.pos == "NOUN" and token.entity == ""


def blamed(trigger: Trigger, parties: Parties, known: Events) -> set[int]:
    """Deeds of others that somebody blames or praises: `condemned X's seizure of the lorries` tells of both."""
    if trigger.pattern.type not in ("ACCUSE", "SUPPORT") or trigger.pattern.entry.complement != "consume":
        return set()
    return {
        i
        for i, (inner, others) in known.items()
        if inner.pattern.part == "noun"
        and plover().quad(inner.pattern.type) == "material conflict"
        and others.agents
        and others.patients
        and not set(others.agents) & set(parties.agents)
    }


def _is_return(token: Token) -> bool:
    """`in retaliation for …`: what follows happened before."""
    return token.lemma in word_groups("control")["return_nouns"]


def _collect(syntax: Syntax, token: Token, depth: int, found: set[int]) -> None:
    if depth > DEEPEST or token.i in found:
        return
    found.add(token.i)
    downwards = DOWN_CLAUSE if token.pos in ("VERB", "AUX", "ADJ", "ADP") else DOWN_NOUN
    called_for = [t for t in syntax.child(token, "advcl") if token.pos == "NOUN" and syntax.has_to(t)]
    for clause in called_for:  # "dismissed calls for X to step down"
        _collect(syntax, clause, depth + 1, found)
    for child in syntax.child(token, *downwards):
        apart = syntax.child(child, "nsubj", "nsubjpass") or syntax.joined_to(child).i != token.i
        if child.dep == "conj" and apart:
            continue
        if child.dep == "prep" and child.text.lower() in CIRCUMSTANCE:
            continue
        _collect(syntax, child, depth + 1, found)
