"""Two habits of the parser put right: coordinated verbs hung too low, and datelines read as subjects."""

from __future__ import annotations

import re

from volteface.annotate.tokens import Token

# "ADDIS ABABA, June 14 (Reuters) - ", "MOSCOW — ", "KABUL/DOHA (AP) – ": where and by whom a report was filed.
DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’/-]{1,20}(?: [A-Z][A-Z.'’/-]{1,20}){0,3})"
    r"(?:, [A-Z][\w.]{1,15}(?: \d{1,2})?){0,2}(?: \([A-Z][\w &/.]{1,30}\))? ?(?:--|[-–—]) "
)
FINITE = frozenset({"VBD", "VBZ", "VBP"})
NOT_FINITE = frozenset({"VB", "VBG", "VBN"})
# Verbs of speech that a writer joins to the verb of speech before, not to what was said: "denied that its troops had
# crossed the border and accused …". Lemmas.
SPEECH = frozenset(
    {
        "say", "accuse", "add", "call", "urge", "demand", "warn", "vow", "ask", "offer", "promise", "pledge",
        "criticize", "criticise", "condemn", "praise", "thank", "insist", "deny", "threaten", "tell", "express",
        "describe", "announce", "claim", "stress", "reject", "welcome", "appeal", "blame", "denounce", "declare",
        "reiterate", "propose",
    }
)  # fmt: skip
# Chains of verbs are followed up this far.
MOST_STEPS = 6


def dateline_end(text: str) -> int:
    """How many characters of a paragraph its dateline takes, 0 if it has none."""
    found = DATELINE.match(text[:120])
    return found.end() if found else 0


def raise_conjuncts(tokens: list[Token], first: int) -> None:
    """Hang a finite verb that the parser joined to an infinitive or to a quoted clause on the finite verb above:
    `called on both to show restraint and offered to mediate`. Changes heads and labels of `tokens[first:]`."""
    for token in tokens[first:]:
        if token.dep != "conj" or token.tag not in FINITE or token.pos not in ("VERB", "AUX"):
            continue
        if any(tokens[i].dep in ("nsubj", "nsubjpass", "aux") for i in token.children):
            continue
        target = _finite_above(tokens, token)
        if target is not None and target.i < token.i:
            tokens[token.head].children.remove(token.i)
            token.head = target.i
            target.children.append(token.i)
            target.children.sort()


def _finite_above(tokens: list[Token], token: Token) -> Token | None:
    """The finite verb this one is really joined to, if that is another than its head."""
    head = tokens[token.head]
    if head.tag not in NOT_FINITE or head.pos not in ("VERB", "AUX"):
        return None
    own_finite = any(tokens[i].dep == "aux" and tokens[i].tag in (*FINITE, "MD") for i in head.children)
    if own_finite and (head.dep != "ccomp" or token.lemma not in SPEECH):
        return None
    above = head
    for _ in range(MOST_STEPS):
        if above.head == above.i:
            return None
        above = tokens[above.head]
        if above.pos not in ("VERB", "AUX"):
            return None
        if above.tag in FINITE:
            return above
    return None
