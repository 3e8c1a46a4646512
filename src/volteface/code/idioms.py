"""Phrases that look like events and are none: `battle of the budget`, `strike a balance`, `under fire`."""

from __future__ import annotations

from collections.abc import Sequence

from volteface.annotate import Token
from volteface.codebook.lexicon import idioms

# How many words a `*` may stand for.
WIDEST = 2


def idiomatic(tokens: Sequence[Token]) -> set[int]:
    """Indices of the tokens of one sentence that lie inside an idiom."""
    phrases = idioms()
    lemmas = [t.lemma for t in tokens]
    found: set[int] = set()
    for n, lemma in enumerate(lemmas):
        for words in phrases.get(lemma, ()):
            end = _match(lemmas, n, words)
            if end is not None:
                found.update(t.i for t in tokens[n:end])
    return found


def _match(lemmas: Sequence[str], at: int, words: tuple[str, ...]) -> int | None:
    """Where the phrase ends if it starts at `at`, else None."""
    for n, word in enumerate(words):
        if word == "*":
            for width in range(1, WIDEST + 1):
                end = _match(lemmas, at + width, words[n + 1 :])
                if end is not None:
                    return end
            return None
        if at >= len(lemmas) or lemmas[at] != word:
            return None
        at += 1
    return at
