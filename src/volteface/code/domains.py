"""Whether a sentence is about sport, business, culture or nature: what happens there is no event of politics."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from volteface.annotate import Annotation, Token
from volteface.codebook.lexicon import word_groups

# What cues weigh, and how much makes a sentence unpolitical: one strong cue or two different weak ones. On the
# null sentences of a class gold and on sentences of our own: docs/decisions/0075-unpolitical-sentences.md.
STRONG, WEAK, ENOUGH = 2, 1, 2
# A document is unpolitical as a whole where at least this many of its sentences are, and this many times as many
# as speak of politics: then one weak cue is enough.
MOST_OF_IT, TIMES_POLITICS = 3, 2
# "3-0", "412 for six": results of games.
RESULT = re.compile(r"\d{1,2}[-–]\d{1,2}")
LONGEST_CUE = 3


class Domains:
    """Cue phrases of `domains.toml` and the forces whose doing is nobody's."""

    def __init__(self) -> None:
        groups = word_groups("domains")
        self._weights: dict[tuple[str, ...], list[tuple[str, int]]] = {}
        for name, cues in sorted(groups.items()):
            domain, _, strength = name.partition("_")
            for cue in sorted(cues) if strength else ():
                weight = STRONG if strength == "strong" else WEAK
                self._weights.setdefault(tuple(cue.split()), []).append((domain, weight))
        self._political = frozenset(tuple(cue.split()) for cue in groups["political"])
        self._forces = groups["forces"]

    def unpolitical(self, annotation: Annotation) -> frozenset[int]:
        """Numbers of the sentences in which nothing is to be coded."""
        scores = [(s.i, *self._score(annotation.of(s))) for s in annotation.sentences]
        apart = [i for i, score, political in scores if score >= ENOUGH and not political]
        politics = sum(1 for _, _, political in scores if political)
        enough = WEAK if len(apart) >= max(MOST_OF_IT, TIMES_POLITICS * politics) else ENOUGH
        return frozenset(i for i, score, political in scores if score >= enough and not political)

    def nobodys(self, heads: Iterable[Token]) -> bool:
        """Whether all of these are forces or things: "floods", "share prices"."""
        lemmas = [t.lemma for t in heads]
        return bool(lemmas) and all(lemma in self._forces for lemma in lemmas)

    def _score(self, tokens: Sequence[Token]) -> tuple[int, bool]:
        """The weight of the heaviest domain, each cue counted once, and whether politics is spoken of."""
        kept = [t for t in tokens if t.text not in ("-", "–")]
        words = [t.lemma for t in kept]
        nominal = [t.pos in ("NOUN", "PROPN") for t in kept]  # "share" of a firm, not "share" with an ally
        found: set[tuple[str, tuple[str, ...], int]] = set()
        for n in range(len(words)):
            for length in range(1, LONGEST_CUE + 1):
                cue = tuple(words[n : n + length])
                if cue in self._political:
                    return 0, True
                for domain, weight in self._weights.get(cue, ()):
                    if weight == STRONG or nominal[n]:
                        found.add((domain, cue, weight))
        if any(RESULT.fullmatch(t.text) for t in tokens) or _is_innings(tokens):
            found.add(("sport", ("result",), WEAK))
        totals: dict[str, int] = {}
        done_to_state = any(t.entity == "GPE" and t.dep in ("dative", "dobj") for t in tokens)
        for domain, _, weight in found:
            if domain == "nature" and weight == WEAK and done_to_state:
                continue  # what is given to a country in rain and fire is no weather report
            totals[domain] = totals.get(domain, 0) + weight
        return max(totals.values(), default=0), False


@cache
def domains() -> Domains:
    """The bundled cues, read once."""
    return Domains()


def _is_innings(tokens: Sequence[Token]) -> bool:
    """`412 for six`."""
    return any(
        a.pos == "NUM" and b.lemma == "for" and c.pos == "NUM"
        for a, b, c in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )
