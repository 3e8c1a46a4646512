"""Which of PLOVER's contexts an event stands in: the lexicon entry's own, and those its sentence speaks of."""

from __future__ import annotations

from functools import cache

from volteface.annotate import Annotation, Sentence
from volteface.codebook import plover
from volteface.codebook.lexicon import word_groups


class Contexts:
    """Cue lemmas of every context, from `contexts.toml`."""

    def __init__(self) -> None:
        self._single: dict[str, list[str]] = {}
        self._double: dict[tuple[str, ...], list[str]] = {}
        for context, cues in sorted(word_groups("contexts").items()):
            for cue in sorted(cues):
                words = tuple(cue.split())
                if len(words) == 1:
                    self._single.setdefault(cue, []).append(context)
                else:
                    self._double.setdefault(words[:2], []).append(context)
        self._order = {context: n for n, context in enumerate(plover().contexts)}

    def of(self, annotation: Annotation, sentence: Sentence, own: tuple[str, ...]) -> tuple[str, ...]:
        """Contexts in the ontology's order."""
        found = set(own)
        before = ""
        for token in annotation.of(sentence):
            found.update(self._single.get(token.lemma, ()))
            found.update(self._double.get((before, token.lemma), ()))
            before = token.lemma
        return tuple(sorted(found, key=self._order.__getitem__))


@cache
def contexts() -> Contexts:
    """The bundled cues, read once."""
    return Contexts()
