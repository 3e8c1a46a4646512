"""How many were killed and injured: a number only where the text gives one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from volteface.annotate import Token
from volteface.code.entities import is_person
from volteface.code.syntax import Syntax
from volteface.codebook.lexicon import lexicon

Kind = Literal["killed", "injured"]

KILL = frozenset({"kill", "slay", "murder", "massacre", "execute", "assassinate", "behead", "die", "perish"})
WOUND = frozenset({"injure", "wound", "hurt", "maim", "hospitalize", "hospitalise"})
OWN_ENDS = frozenset({("lose", "life"), ("meet", "death"), ("meet", "end")})
INTRANSITIVE = frozenset({"die", "perish", "survive"})
DEATH_NOUNS = frozenset({"fatality", "death", "dead", "casualty"})
WOUND_NOUNS = frozenset({"injury", "wounded", "injured"})
# Nouns of one deed, whose own number counts deeds: "two massacres"; the dead are in "of …".
DEED_NOUNS = frozenset(
    {"massacre", "murder", "killing", "execution", "assassination", "slaughter", "slaying", "beheading"}
)
# "36 with bullet wounds"
HURTS = frozenset({"wound", "injury", "burn", "fracture"})
# "the count of the dead had reached 102", "the death toll rose to 30"
TALLIES = frozenset({"count", "toll", "tally", "number", "figure", "total"})
REACHING = frozenset({"reach", "hit", "pass", "exceed", "top", "be"})
RISING = frozenset({"rise", "climb", "grow", "mount", "increase", "jump", "stand", "go", "revise", "put"})
# Several people in one word, whose number stands after it: "a crew of five".
COLLECTIVES = frozenset(
    {"crew", "family", "group", "party", "team", "band", "squad", "patrol", "total", "platoon", "couple"}
)
MORE = frozenset({"another", "further", "more"})
LEAVERS = frozenset({"leave", "result", "cause", "claim", "inflict"})
SOLDIERS = frozenset(
    {"soldier", "man", "troop", "marine", "fighter", "sailor", "policeman", "peacekeeper", "civilian"}
)
TAKERS = frozenset({"claim", "cost", "take", "lose"})
# "pulled 202 bodies from the ruins": the dead, when somebody finds or buries them.
BODIES = frozenset({"body", "corpse"})
FINDERS = frozenset(
    {"pull", "recover", "find", "retrieve", "dig", "bury", "count", "unearth", "exhume", "fish", "discover", "collect",
     "carry", "see", "lay", "drag", "hand", "return"}
)  # fmt: skip
# "with the loss of all 298 on board"
LOST = frozenset({"people", "person", "life", "crew", "passenger", "man", "woman", "hand"})
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
NOT_PEOPLE = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY"})
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
    used: set[int] = set()
    for token in syntax.tokens[first:last]:
        kind = _kind(syntax, token)
        if kind is not None and not _either(syntax, token):
            tallied = _tally(syntax, token)
            heads = tallied or _counted(syntax, token)
            counts = [(i, n) for i in heads if (n := _count(syntax, syntax.tokens[i], figure=bool(tallied)))
                      is not None]  # fmt: skip
            if not counts and (single := _named_singly(syntax, heads)):
                found.append(Toll(kind, single, token.i, token.i))
            if counts:
                found.append(Toll(kind, sum(n for _, n in counts) + _alone(syntax, heads), token.i, token.i))
                used.update(i for i, _ in counts)
        elif found and token.i not in used and _is_more(syntax, token):
            number = number_of([token.text])
            if number is not None:
                found[-1] = replace(found[-1], number=found[-1].number + number)
    return found


def _either(syntax: Syntax, token: Token) -> bool:
    """`killed or wounded`: the number is of both together, so of neither."""
    pair = [token, syntax.tokens[token.head]] if token.dep == "conj" else [token]
    pair += syntax.child(token, "conj")
    told = any(t.lemma == "or" for one in pair for t in syntax.child(one, "cc"))
    return told and len({_kind(syntax, t) for t in pair} - {None}) > 1


def _alone(syntax: Syntax, heads: Sequence[int]) -> int:
    """Single people named beside counted ones: one each in "the teacher, his wife and two daughters"; none where
    others beside them are not counted."""
    rest = [syntax.tokens[i] for i in heads if _count(syntax, syntax.tokens[i]) is None]
    singular = all(t.tag in ("NN", "NNP") and (t.dep == "conj" or syntax.child(t, "conj")) for t in rest)
    return len(rest) if singular and len(rest) < len(heads) else 0


def _named_singly(syntax: Syntax, heads: Sequence[int]) -> int:
    """How many single people are named side by side: two in "a woman and her grandson"; of one alone nothing."""
    people = [syntax.tokens[i] for i in heads]
    human = lexicon().sets["people"]
    single = all(
        (is_person(t) or t.lemma in human) and t.tag in ("NN", "NNP") and t.lemma not in COLLECTIVES
        for t in people
    )
    return len(people) if single and len(people) > 1 else 0


def _is_more(syntax: Syntax, token: Token) -> bool:
    """`… and another five on Tuesday`: of the same."""
    before = {t.lower() for t in (syntax.tokens[j].text for j in range(max(0, token.i - 2), token.i))}
    return token.pos == "NUM" and token.dep in ("conj", "dep", "appos") and bool(before & MORE)


def _tally(syntax: Syntax, token: Token) -> list[int]:
    """The number that a count of the dead reaches, by its verb."""
    above = syntax.tokens[token.head]
    if token.lemma == "toll":
        return _tally_of(syntax, token)
    if above.lemma == "of":
        above = syntax.tokens[above.head]
    return _tally_of(syntax, above)


def _tally_of(syntax: Syntax, above: Token) -> list[int]:
    """The number that a count reaches; of a toll, one of the dead and not, say, of the injured."""
    counted = syntax.child(above, "compound", "amod") if above.lemma == "toll" else []
    if (
        above.lemma not in TALLIES
        or above.dep not in ("nsubj", "nsubjpass")
        or any(t.lemma in WOUND_NOUNS for t in counted)
    ):
        return []
    verb = syntax.tokens[above.head]
    if verb.lemma in REACHING:
        return [t.i for t in syntax.child(verb, "dobj", "attr") if t.pos == "NUM"]
    if verb.lemma in RISING:
        preps = [t for t in syntax.child(verb, "prep") if t.lemma in ("to", "at", "past", "above", "beyond")]
        return [t.i for p in preps for t in syntax.child(p, "pobj") if t.pos == "NUM"]
    return []


def _is_figure(syntax: Syntax, token: Token) -> bool:
    """`a toll that rises to 76`: a number of people, though the tagger took it for a year."""
    return token.pos == "NUM" and token.entity == "DATE" and not syntax.child(token, "compound", "nummod")


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
    if _is_own_end(syntax, token) or _is_to_death(syntax, token):
        return "killed"
    if (
        token.lemma == "life"
        and syntax.tokens[token.head].lemma in TAKERS
        and token.dep in ("dobj", "nsubjpass")
    ):
        return "killed"
    if _found_dead(syntax, token) or _people_lost(syntax, token):
        return "killed"
    if token.lemma == "toll" and _tally_of(syntax, token):
        return "killed"
    unsurvived = token.lemma == "survive" and bool(syntax.child(token, "neg"))
    if (
        token.lemma in KILL | DEED_NOUNS
        or unsurvived
        or _is_loss(syntax, token)
        or (token.lemma in DEATH_NOUNS and token.pos in ("NOUN", "ADJ"))
    ):
        return "killed"
    if token.lemma in HURTS and _hurt(syntax, token):
        return "injured"
    if token.lemma in WOUND or token.text.lower() in WOUND_NOUNS or token.lemma == "injury":
        return "injured"
    return None


def _hurt(syntax: Syntax, token: Token) -> list[int]:
    """Who is with wounds: the head of "with bullet wounds"."""
    above = syntax.tokens[token.head]
    return [above.head] if token.dep == "pobj" and above.lemma == "with" else []


def _found_dead(syntax: Syntax, token: Token) -> bool:
    """`pulled 202 bodies from the ruins`, `30 corpses were found`."""
    above = syntax.tokens[token.head]
    edge = token.dep in ("dobj", "nsubjpass") or (token.dep == "nsubj" and syntax.is_passive(above))
    return token.lemma in BODIES and token.pos == "NOUN" and edge and above.lemma in FINDERS


def _people_lost(syntax: Syntax, token: Token) -> list[int]:
    """`with the loss of all 298 people`: the people."""
    if token.lemma != "loss" or token.pos != "NOUN":
        return []
    held = [i for p in syntax.child(token, "prep") if p.lemma == "of" for i in syntax.held(p)]
    return held if any(syntax.tokens[i].lemma in LOST for i in held) else []


def _is_loss(syntax: Syntax, token: Token) -> bool:
    """`lost nine soldiers to shelling`, `in a bombardment`."""
    lost = [t for t in syntax.child(token, "dobj") if is_person(t) or t.lemma in SOLDIERS]
    return (
        token.lemma == "lose"
        and bool(lost)
        and any(p.lemma in ("to", "in") for p in syntax.child(token, "prep"))
    )


def _is_to_death(syntax: Syntax, token: Token) -> bool:
    """`burned to death`, `beaten to death`."""
    held = [o for p in syntax.child(token, "prep") if p.lemma == "to" for o in syntax.child(p, "pobj")]
    return token.pos == "VERB" and any(t.lemma == "death" and not syntax.child(t, "det") for t in held)


def _is_own_end(syntax: Syntax, token: Token) -> bool:
    """`lost their lives`, `met their deaths`: whoever did is counted."""
    ended = (syntax.tokens[token.head].lemma, token.lemma) in OWN_ENDS
    return ended and token.dep == "dobj" and bool(syntax.child(token, "poss"))


def _counted(syntax: Syntax, token: Token) -> list[int]:
    """Heads of the phrases that are counted: who was killed, who died, or the figure on the noun itself."""
    above = syntax.tokens[token.head]
    if token.dep == "amod" and token.text.lower() == "dead":  # "shot dead four men"
        return syntax.roles(above).patients if above.pos == "VERB" else [above.i]
    if _is_to_death(syntax, token):
        return syntax.roles(token).patients
    if _is_own_end(syntax, token):
        return syntax.surface(above)
    if is_outcome(syntax, token):
        own = [t.i for t in syntax.child(token, "nsubj", "nsubjpass", "nummod")]
        siblings = [t.i for t in syntax.child(above, "dobj", "nsubj", "nsubjpass") if t.i < token.i]
        return own or (siblings if above.lemma in LEAVERS | {"shoot"} else []) or [token.i]
    if _found_dead(syntax, token):
        return [token.i]
    held = [i for p in syntax.child(token, "prep") if p.lemma == "of" for i in syntax.held(p)]
    if lost := _people_lost(syntax, token):
        return lost
    if token.pos == "NOUN" and token.lemma in DEED_NOUNS | KILL:
        return held
    if token.lemma == "life" or (token.lemma in DEATH_NOUNS and not syntax.child(token, "nummod")):
        return held or [token.i]
    if hurt := _hurt(syntax, token) if token.lemma in HURTS else []:
        return hurt
    if token.pos in ("VERB", "AUX"):
        roles = syntax.roles(token)
        if token.lemma in INTRANSITIVE:
            return roles.agents
        if roles.patients:
            return roles.patients
        return [token.i]
    if token.pos == "ADJ" or token.dep in ("oprd", "acomp"):
        # "left 12 dead": the number is a sibling, or the subject of a small clause
        siblings = [
            t.i for t in syntax.child(above, "dobj", "nsubj", "nsubjpass") if t.i != token.i and t.i < token.i
        ]
        own = [t.i for t in syntax.child(token, "nsubj", "nummod")]
        return own or (siblings if above.lemma in LEAVERS | {"shoot"} else []) or [token.i]
    return syntax.conjuncts(token.i)[:1]


def _count(syntax: Syntax, head: Token, *, figure: bool = False) -> int | None:
    """The number of one phrase, None where it has none or the number is something else's (an age, a date).

    `figure`: of a toll that reaches it, where a number alone is no year.
    """
    if head.entity in NOT_PEOPLE and not (figure and _is_figure(syntax, head)):
        return None
    if head.pos == "NUM" or head.lemma in ("dozen", "score"):
        return _value(syntax, head)
    if any(t.lemma == "both" for t in syntax.child(head, "det", "predet")):
        return 2
    numbers = [t for t in syntax.child(head, "nummod") if t.entity not in NOT_PEOPLE]
    if not numbers and head.lemma in COLLECTIVES:
        held = [
            syntax.tokens[i] for p in syntax.child(head, "prep") if p.lemma == "of" for i in syntax.held(p)
        ]
        counts = [n for t in held if t.lemma not in COLLECTIVES and (n := _count(syntax, t)) is not None]
        return sum(counts) if counts else None
    if not numbers:  # "three Thai rangers", where the parser hung the number on the nation
        nations = [t for t in syntax.child(head, "compound", "amod") if t.entity == "NORP"]
        numbers = [n for t in nations for n in syntax.child(t, "compound", "nummod") if n.pos == "NUM"]
    return _value(syntax, numbers[0]) if numbers else None


def _value(syntax: Syntax, number: Token) -> int | None:
    """What a number word with those before it says; of "five and 219" the sum, of "five or six" nothing."""
    before = [t for t in syntax.child(number, "compound", "nummod") if t.pos == "NUM" and t.i < number.i]
    value = number_of([t.text for t in (*before, number)])
    more = [t for t in syntax.child(number, "conj") if t.pos == "NUM"]
    if value is None or not more:
        return value
    if any(t.lemma == "or" for t in syntax.child(number, "cc")):
        return None
    others = [n for t in more if (n := _value(syntax, t)) is not None]
    return value + sum(others)
