"""How many were killed and injured: a number only where the text gives one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from volteface.annotate import Token
from volteface.code.entities import is_person
from volteface.code.syntax import Syntax

Kind = Literal["killed", "injured"]

KILL = frozenset({"kill", "slay", "murder", "massacre", "execute", "assassinate", "behead", "die", "perish"})
WOUND = frozenset({"injure", "wound", "hurt", "maim", "hospitalize", "hospitalise"})
INTRANSITIVE = frozenset({"die", "perish", "survive"})
DEATH_NOUNS = frozenset({"fatality", "death", "dead", "casualty"})
WOUND_NOUNS = frozenset({"injury", "wounded", "injured"})
LEAVERS = frozenset({"leave", "result", "cause", "claim", "inflict"})
SOLDIERS = frozenset(
    {"soldier", "man", "troop", "marine", "fighter", "sailor", "policeman", "peacekeeper", "civilian"}
)
TAKERS = frozenset({"claim", "cost", "take", "lose"})
# How "dead" and "wounded" hang below "left", in one of several ways for each parser and sentence.
OUTCOME_DEPS = ("dobj", "oprd", "acomp", "ccomp", "xcomp", "conj", "dep")

WORDS = {
    word: value
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
} | {
    w: 10 * n
    for n, w in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
DIGITS = re.compile(r"\d{1,3}(?:,\d{3}){1,3}|\d{1,9}")


@dataclass(frozen=True, slots=True)
class Toll:
    """A casualty figure: how many, of which kind, the token that gives it and the one that says what befell them."""

    kind: Kind
    number: int
    token: int
    verb: int


def number_of(words: list[str]) -> int | None:
    """The whole number these words spell, or None: `224`, `1,200`, `twenty-one`, `three hundred`."""
    total, current, seen = 0, 0, False
    for word in (part for w in words for part in w.lower().replace("–", "-").split("-")):
        if DIGITS.fullmatch(word):
            current, seen = current + int(word.replace(",", "")), True
        elif word in WORDS:
            current, seen = current + WORDS[word], True
        elif word in SCALES and seen:
            current *= SCALES[word]
            if SCALES[word] > 100:
                total, current = total + current, 0
        elif word not in ("and", ""):
            return None
    return total + current if seen else None


def tolls(syntax: Syntax, first: int, last: int) -> list[Toll]:
    """Every casualty figure among tokens `first:last`, in text order."""
    found: list[Toll] = []
    for token in syntax.tokens[first:last]:
        kind = _kind(syntax, token)
        if kind is None:
            continue
        counted = [n for i in _counted(syntax, token) if (n := _count(syntax, syntax.tokens[i])) is not None]
        if counted:
            found.append(Toll(kind, sum(counted), token.i, token.i))
    return found


def is_outcome(syntax: Syntax, token: Token) -> bool:
    """Whether this is what somebody was left: the `dead`, the `wounded` of "left 12 dead and 30 wounded"."""
    word = token.text.lower()
    if word not in WOUND_NOUNS and word != "dead":
        return False
    for _ in range(3):
        if token.dep not in OUTCOME_DEPS or token.head == token.i:
            return False
        token = syntax.tokens[token.head]
        if token.lemma == "leave":
            return True
    return False


def _kind(syntax: Syntax, token: Token) -> Kind | None:
    if (
        token.lemma == "life"
        and syntax.tokens[token.head].lemma in TAKERS
        and token.dep in ("dobj", "nsubjpass")
    ):
        return "killed"
    unsurvived = token.lemma == "survive" and bool(syntax.child(token, "neg"))
    if (
        token.lemma in KILL
        or unsurvived
        or _is_loss(syntax, token)
        or (token.lemma in DEATH_NOUNS and token.pos in ("NOUN", "ADJ"))
    ):
        return "killed"
    if token.lemma in WOUND or token.text.lower() in WOUND_NOUNS or token.lemma == "injury":
        return "injured"
    return None


def _is_loss(syntax: Syntax, token: Token) -> bool:
    """`lost nine soldiers to shelling`."""
    lost = [t for t in syntax.child(token, "dobj") if is_person(t) or t.lemma in SOLDIERS]
    return token.lemma == "lose" and bool(lost) and any(p.lemma == "to" for p in syntax.child(token, "prep"))


def _counted(syntax: Syntax, token: Token) -> list[int]:
    """Heads of the phrases that are counted: who was killed, who died, or the figure on the noun itself."""
    above = syntax.tokens[token.head]
    if token.lemma == "life":
        held = [i for p in syntax.child(token, "prep") if p.lemma == "of" for i in syntax.held(p)]
        return held or [token.i]
    if is_outcome(syntax, token):
        own = [t.i for t in syntax.child(token, "nsubj", "nsubjpass", "nummod")]
        siblings = [t.i for t in syntax.child(above, "dobj", "nsubj") if t.i < token.i]
        return own or (siblings if above.lemma in LEAVERS else []) or [token.i]
    if token.pos in ("VERB", "AUX"):
        roles = syntax.roles(token)
        if token.lemma in INTRANSITIVE:
            return roles.agents
        if roles.patients:
            return roles.patients
        return [token.i]
    if token.pos == "ADJ" or token.dep in ("oprd", "acomp"):
        # "left 12 dead": the number is a sibling, or the subject of a small clause
        siblings = [t.i for t in syntax.child(above, "dobj", "nsubj") if t.i != token.i and t.i < token.i]
        own = [t.i for t in syntax.child(token, "nsubj", "nummod")]
        return own or (siblings if above.lemma in LEAVERS else []) or [token.i]
    return syntax.conjuncts(token.i)[:1]


def _count(syntax: Syntax, head: Token) -> int | None:
    """The number of one phrase, None where it has none or the number is something else's (an age, a date)."""
    if head.entity in ("DATE", "TIME", "MONEY", "PERCENT"):
        return None
    if head.pos == "NUM" or (head.lemma in ("dozen", "score")):
        return number_of([t.text for t in _number_words(syntax, head)])
    for child in syntax.child(head, "nummod"):
        if child.entity not in ("DATE", "TIME", "MONEY", "PERCENT"):
            return number_of([t.text for t in _number_words(syntax, child)])
    return None


def _number_words(syntax: Syntax, number: Token) -> list[Token]:
    before = [t for t in syntax.child(number, "compound", "nummod") if t.pos == "NUM" and t.i < number.i]
    return [*before, number]
