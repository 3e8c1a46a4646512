"""Which of PLOVER's contexts an event stands in: the lexicon entry's own, and those its sentence speaks of."""

from __future__ import annotations

from volteface.annotate import Annotation, Sentence
from volteface.codebook import plover
from volteface.codebook.lexicon import word_groups


class Contexts:
    """Cue lemmas of every context, from `contexts.toml`."""

    def __init__(self) -> None:
        self._of_lemma: dict[str, list[str]] = {}
        for context, lemmas in sorted(word_groups("contexts").items()):
            for lemma in lemmas:
                self._of_lemma.setdefault(lemma, []).append(context)
        self._order = {context: n for n, context in enumerate(plover().contexts)}

    def of(self, annotation: Annotation, sentence: Sentence, own: tuple[str, ...]) -> tuple[str, ...]:
        """Contexts in the ontology's order."""
        found = set(own)
        for token in annotation.of(sentence):
            found.update(self._of_lemma.get(token.lemma, ()))
        return tuple(sorted(found, key=self._order.__getitem__))
