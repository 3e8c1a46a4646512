"""How certain an event is, read off the words above and around its trigger.

*future*, *hypothetical*, *negated* and *alleged* come from syntax here; *alleged* by an opponent and *historical*
need to know who speaks and when it happened, so `resolve.events` settles those.
"""

from __future__ import annotations

from volteface.annotate import Token
from volteface.code.syntax import Syntax
from volteface.code.trees import MOST_STEPS
from volteface.codebook.lexicon import word_groups
from volteface.records import Status

# Edges over which certainty passes from a governing word to what it governs.
CLAUSAL = ("xcomp", "ccomp", "pcomp", "acl")
NOMINAL = ("dobj", "pobj", "nsubjpass", "attr", "prep", "oprd", "dative", "agent")


# These deny only what they govern directly: "ended the talks", not "ended after X attacked".
ENDING = frozenset({"stop", "end", "rule", "block"})
# An event noun under these is planned, and its "that" clause under those is asked for.
PLANNING = frozenset({"plan", "schedule", "propose", "prepare", "expect", "threaten", "promise"})
DEMANDING = frozenset({"demand", "insist", "ask", "request", "urge"})
# With a verb in the present these speak of what may come: "before any soldier leaves".
NOT_YET = frozenset({"before", "until", "once", "after", "when"})
# What an adjective before an event noun can say of it.
ADJECTIVAL: tuple[Status, ...] = ("future", "alleged", "hypothetical")


class Moods:
    """The word groups of `moods.toml`, by name."""

    def __init__(self) -> None:
        self.groups = word_groups("moods")

    def has(self, group: str, word: str) -> bool:
        """Whether a lemma is in a group."""
        return word in self.groups[group]


def status_of(syntax: Syntax, trigger: Token, moods: Moods) -> Status:
    """Actual, alleged, future, hypothetical or negated, from the trigger's own words and its governors."""
    mood = _own_mood(syntax, trigger, moods)
    negated = _is_negated(syntax, trigger, moods)
    token = trigger
    for _ in range(MOST_STEPS):
        governor, edge = syntax.tokens[token.head], _edge(syntax, token)
        if edge is None:
            break
        above = _governed(syntax, token, governor, edge, moods)
        if above == "negated":
            negated = not negated
        else:
            mood = mood or above
        passes = edge not in NOMINAL or moods.has("transparent", governor.lemma) or above is not None
        if governor.pos in ("VERB", "AUX"):
            if not passes:
                break
            mood = mood or _own_mood(syntax, governor, moods)
            negated ^= _is_negated(syntax, governor, moods)
        if edge == "ccomp" or (edge == "acl" and not _is_purpose(syntax, token)):
            break
        token = governor
    if negated and mood not in ("hypothetical", "alleged"):
        return "negated"
    return mood or "actual"


def _edge(syntax: Syntax, token: Token) -> str | None:
    """The edge over which the certainty of the word above reaches this one; None where it does not."""
    if token.head == token.i:
        return None
    edge = token.dep
    if edge == "prep" and syntax.child(token, "pcomp"):
        return "pcomp"  # a gerund of manner or blame is as certain as what it hangs on
    if edge == "conj":
        contrasted = any(
            t.lemma == "but" for t in syntax.child(syntax.tokens[token.head], "cc")
        )  # "not A but B"
        misjoined = contrasted or syntax.joined_to(token).i != token.head
        own_tense = any(t.tag in ("VBZ", "VBD", "VBP", "MD") for t in syntax.child(token, "aux"))
        return None if misjoined or own_tense or syntax.child(token, "nsubj", "nsubjpass") else edge
    if edge in CLAUSAL or edge in NOMINAL or (edge in ("advcl", "relcl") and _is_purpose(syntax, token)):
        return edge
    return None


def _is_purpose(syntax: Syntax, verb: Token) -> bool:
    return verb.tag == "VB" and syntax.has_to(verb)


def _own_mood(syntax: Syntax, token: Token, moods: Moods) -> Status | None:
    """What a word's own auxiliaries, conjunction or adjectives say."""
    for child in syntax.child(token):
        word = child.lemma if child.dep in ("aux", "mark", "amod", "advmod") else ""
        if child.dep == "aux":
            if child.text.lower() in ("would", "'d", "’d") and _is_reported(syntax, token):
                return "future"
            if child.text.lower() in moods.groups["hypothetical_modals"] or moods.has(
                "hypothetical_modals", word
            ):
                return "hypothetical"
            if moods.has("future_modals", word) or child.text.lower() in moods.groups["future_modals"]:
                return "future"
        elif child.dep in ("mark", "advmod") and (
            (moods.has("conditions", word) and word != "until")
            or (word in NOT_YET and token.tag in ("VBZ", "VBP"))
        ):
            return "hypothetical"
        elif child.dep == "advmod" and moods.has("alleged_adjectives", word.removesuffix("ly")):
            return "alleged"
        elif child.dep == "amod":
            for status in ADJECTIVAL:
                if moods.has(f"{status}_adjectives", child.text.lower()):
                    return status
    if token.lemma == "go" and token.tag == "VBG" and syntax.child(token, "xcomp"):
        return "future"
    return None


def _is_reported(syntax: Syntax, verb: Token) -> bool:
    """`said it would pay` is the `will` of yesterday, unless it stands under a condition."""
    for _ in range(3):
        if any(
            c.dep == "advcl" and any(m.lemma in ("if", "unless") for m in syntax.child(c, "mark"))
            for c in syntax.child(verb)
        ):
            return False
        head = syntax.tokens[verb.head]
        if verb.dep == "ccomp" and head.i != verb.i:
            return head.tag in ("VBD", "VBG", "VBN")
        if verb.dep not in ("conj", "xcomp"):
            return False
        verb = head
    return False


def _is_negated(syntax: Syntax, token: Token, moods: Moods) -> bool:
    for child in syntax.child(token):
        if child.dep == "neg" or (child.dep == "det" and child.lemma == "no"):
            return True
        if child.dep == "amod" and moods.has("negative_adjectives", child.text.lower()):
            return True
        if child.dep in ("advmod", "preconj") and child.lemma in ("never", "neither", "nor", "hardly"):
            return True
        if child.dep in ("nsubj", "nsubjpass"):
            none = child.lemma in ("nobody", "none", "neither")
            if none or any(t.lemma == "no" for t in syntax.child(child, "det")):
                return True
    head = syntax.tokens[token.head]
    return token.dep in ("pobj", "pcomp") and head.lemma == "without"


def _governed(syntax: Syntax, token: Token, governor: Token, edge: str, moods: Moods) -> Status | None:
    """What a governing word says of the event below it; "negated" flips."""
    word = governor.lemma
    if governor.pos == "ADP" or edge == "conj":
        return None
    if moods.has("alleging", word):
        return "alleged"
    if (
        moods.has("negative", word)
        and not (edge == "ccomp" and word in ENDING)
        and (edge, word) != ("nsubjpass", "end")
    ):
        return "negated"
    if edge in NOMINAL:
        return "future" if word in PLANNING else None
    purpose = _is_purpose(syntax, token)
    if moods.has("intent", word) and (purpose or edge in ("pcomp", "xcomp")):
        return "future"
    before = edge == "ccomp" and token.i < governor.i  # "X demanded A; Y asked B": joined, not governed
    if moods.has("request", word) and not before and (edge != "ccomp" or word in DEMANDING):
        return "hypothetical"
    return "hypothetical" if purpose and edge in ("acl", "advcl", "relcl") else None
