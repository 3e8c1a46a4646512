"""Whether the clause round a character looks back or ahead, so that "on Friday" is the last one or the next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from volteface.annotate.tokens import Annotation, Token

Tense = Literal["past", "future"]
AHEAD = frozenset({"will", "shall", "'ll", "’ll", "wo"})
# Infinitives are left open: "called on them to return on Friday" looks ahead, "began to leave on Friday" back, and
# parsers hang the dates of other clauses on them.
MOST_STEPS = 8


def tense_at(annotation: Annotation) -> Callable[[int], Tense | None]:
    """A function from a character offset to the tense of the clause there; None where it cannot be told."""

    def tense(offset: int) -> Tense | None:
        sentence = annotation.sentence_at(offset)
        if sentence is None:
            return None
        token = next((t for t in annotation.of(sentence) if t.end > offset), None)
        for _ in range(MOST_STEPS):
            if token is None or token.pos in ("VERB", "AUX"):
                break
            token = None if token.head == token.i else annotation.tokens[token.head]
        return None if token is None else _of_verb(annotation, token)

    return tense


def _of_verb(annotation: Annotation, verb: Token) -> Tense | None:
    words = {t.lemma for t in annotation.children(verb, "aux")} | {
        t.text.lower() for t in annotation.children(verb, "aux")
    }
    if words & AHEAD:
        return "future"
    if verb.tag == "VBD" or "have" in words or "did" in words:
        return "past"
    return None
