"""Parts of speech and lemmas by word form: what the pipeline's attribute ruler and lemmatizer say, asked once.

Both look at one token at a time (its letters, tag and dependency) but for a handful of patterns of two ("gon na"),
and take an eighth of the parser's time to say the same of the same words again. So they are asked once for each form
and for each run of tokens that such a pattern could hold, and the answers kept
(docs/decisions/0032-attribution-cost.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

# Letters, tag and dependency of a token, as the pipeline's numbers.
Form = tuple[int, int, int]
# Part of speech and lemma.
Reading = tuple[str, str]

STANDARD = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner")
# The components whose answers are kept here.
KEPT = ("attribute_ruler", "lemmatizer")
# What patterns may ask of a token, so that a form is all there is to it.
_ASKED = frozenset({"TAG", "DEP", "LOWER", "ORTH", "TEXT", "IS_SPACE"})
# Forms remembered before all are forgotten: a few hundred megabytes of news.
MOST_FORMS = 200_000


def can_keep(nlp: Any) -> bool:
    """Whether what the ruler and the lemmatizer of a spaCy pipeline say depends on the forms of tokens alone."""
    if tuple(nlp.pipe_names) != STANDARD:
        return False
    specs = [s for rule in nlp.get_pipe("attribute_ruler").patterns for p in rule["patterns"] for s in p]
    return all(_ASKED.issuperset(spec) for spec in specs) and hasattr(nlp.get_pipe("lemmatizer"), "mode")


class Forms:
    """The answers of one pipeline. `of` is the verb."""

    def __init__(self, nlp: Any) -> None:
        from spacy.matcher import Matcher

        self._vocab = nlp.vocab
        self._components = [nlp.get_pipe(name) for name in KEPT]
        self._known: dict[tuple[Form, ...], list[Reading]] = {}
        self._joins: dict[Form, bool] = {}
        self._long = Matcher(nlp.vocab)
        for rule in self._components[0].patterns:
            for pattern in rule["patterns"]:
                if len(pattern) > 1:
                    self._long.add("long", [[spec] for spec in pattern])

    def of(self, forms: Iterable[Form]) -> list[Reading]:
        """Part of speech and lemma of each token of a text, given in order."""
        joins, found, run = self._joins, list[Reading](), list[Form]()
        for form in forms:
            joined = joins.get(form)
            if joined is None:
                joined = joins[form] = bool(self._long(self._doc([form])))
            if joined:
                run.append(form)
                continue
            if run:
                found += self._read(tuple(run))
                run.clear()
            found += self._read((form,))
        if run:
            found += self._read(tuple(run))
        if len(self._known) > MOST_FORMS:
            self._known.clear()
            joins.clear()
        return found

    def _read(self, run: tuple[Form, ...]) -> list[Reading]:
        if (known := self._known.get(run)) is None:
            doc = self._doc(run)
            for component in self._components:
                doc = component(doc)
            known = self._known[run] = [(token.pos_, token.lemma_.lower()) for token in doc]
        return known

    def _doc(self, run: Sequence[Form]) -> Any:
        from spacy.tokens import Doc

        doc = Doc(self._vocab, words=[self._vocab.strings[orth] for orth, _, _ in run])
        for token, (_, tag, dep) in zip(doc, run, strict=True):
            token.tag, token.dep = tag, dep
        return doc
