"""Sentences with their trees, so that a case is the plain sentence and no model is needed to test a rule.

`trees.txt` has two lines a sentence: the sentence, and its tokens. A token is `word|POS|dep|head` and perhaps
`|lemma` and `|ENTITY`: `POS` may have the Penn tag after a slash (`VERB/VBN`), `head` is the 1-based number
of the head, 0 for the root, an entity that goes on is written with a plus (`GPE+`). To add a sentence, let
the parser write the lines, read them, and correct what is wrong:

    python -m tests.code.trees "Ruritania shelled a village." >> tests/code/trees.txt
"""

from __future__ import annotations

import re
import sys
from functools import cache
from pathlib import Path

from tests.build import TAGS, document
from volteface.annotate import Annotation, Mention, Sentence, Token
from volteface.annotate.times import find_times
from volteface.annotate.tokens import Phrase
from volteface.code.proposal import Proposal
from volteface.code.propose import count, propose
from volteface.records import Attribution, Source, Spans

TREES = Path(__file__).with_name("trees.txt")
# A sentence of a table that has no tree yet is a mistake of the table: the message says what to do.
ADD = 'no tree of {!r}; write one with `python -m tests.code.trees "…" >> tests/code/trees.txt` and check it'


@cache
def _rows() -> dict[str, list[list[str]]]:
    lines = [line for line in TREES.read_text(encoding="utf-8").splitlines() if line and line[0] != "#"]
    pairs = zip(lines[::2], lines[1::2], strict=True)
    return {text: [row.split("|") for row in rows.split()] for text, rows in pairs}


def tree(*sentences: str, published: str | None = None) -> Annotation:
    """The sentences as one paragraph, each with its tree."""
    text = " ".join(sentences)
    annotation = Annotation(document(text, published=published), [], [], [])
    at = 0
    for number, sentence in enumerate(sentences):
        if sentence not in _rows():
            raise KeyError(ADD.format(sentence))
        at = _append(annotation, _rows()[sentence], number, at)
    return annotation


def _append(annotation: Annotation, rows: list[list[str]], number: int, at: int) -> int:
    text, tokens = annotation.text, annotation.tokens
    first = len(tokens)
    for word, pos, dep, head, *more in rows:
        lemma, entity = [*more, "", ""][:2]
        start = text.index(word, at)
        at = start + len(word)
        i = len(tokens)
        part, _, tag = pos.partition("/")
        tokens.append(
            Token(
                i=i,
                start=start,
                end=at,
                text=word,
                lemma=lemma or word.lower(),
                pos=part,
                tag=tag or TAGS.get(part, part),
                dep=dep,
                head=first + int(head) - 1 if int(head) else i,
                sentence=number,
                entity=entity.rstrip("+"),
            )
        )
        if entity and not entity.endswith("+"):
            annotation.mentions.append(Mention(start, at, i, i + 1, entity))
        elif entity:
            begun = annotation.mentions.pop()
            annotation.mentions.append(Mention(begun.start, at, begun.first, i + 1, begun.label))
    for token in tokens[first:]:
        if token.head != token.i:
            tokens[token.head].children.append(token.i)
    annotation.sentences.append(Sentence(number, tokens[first].start, tokens[-1].end, first, len(tokens), 0))
    return at


def token(annotation: Annotation, word: str) -> Token:
    """The first token that is this word."""
    return next(t for t in annotation.tokens if t.text == word)


def words(annotation: Annotation, tokens: list[int]) -> list[str]:
    """What the tokens with these numbers say."""
    return [annotation.tokens[i].text for i in tokens]


def said(annotation: Annotation, source: str, cue: str, content: str, name: str = "Q1") -> Attribution:
    """An attribution whose three parts are these words."""

    def span(part: str) -> tuple[tuple[int, int], ...]:
        start = annotation.text.index(part)
        return ((start, start + len(part)),)

    return Attribution(name, Source(span(source)), Spans(span(cue)), Spans(span(content)), "indirect")


def coded(
    *sentences: str, published: str | None = None, claims: tuple[tuple[str, str, str], ...] = ()
) -> tuple[Annotation, list[Proposal]]:
    """The sentences and what is proposed for them; `claims` are (source, cue, content)."""
    annotation = tree(*sentences, published=published)
    attributions = tuple(said(annotation, *claim, name=f"Q{n}") for n, claim in enumerate(claims, 1))
    found = propose(annotation, find_times(annotation.text, published), attributions)
    typed = [p for p in found if p.type]  # what no pattern covers is left to the network
    count(annotation, typed)
    return annotation, typed


def told(annotation: Annotation, proposal: Proposal) -> str:
    """A proposal in one line: `actors > TYPE/mode trigger > recipients (status, 2 killed, 3 injured)`.

    *actual* is left out, and so is the mode where there is none."""

    def phrase(phrase: Phrase) -> str:
        start, end = annotation.span(phrase.first, phrase.last)
        return annotation.text[start:end]

    def side(phrases: list[Phrase]) -> str:
        return " + ".join(map(phrase, phrases)) or "-"

    kind = f"{proposal.type}/{proposal.mode}" if proposal.mode else proposal.type
    notes: list[str] = [proposal.status] if proposal.status != "actual" else []
    notes += [f"{proposal.killed} killed"] if proposal.killed is not None else []
    notes += [f"{proposal.injured} injured"] if proposal.injured is not None else []
    line = f"{side(proposal.actors)} > {kind} {phrase(proposal.trigger)} > {side(proposal.recipients)}"
    return f"{line} ({', '.join(notes)})" if notes else line


def tell(*sentences: str, claims: tuple[tuple[str, str, str], ...] = ()) -> list[str]:
    """Everything proposed for the sentences, a line each."""
    annotation, proposals = coded(*sentences, claims=claims)
    return [told(annotation, proposal) for proposal in proposals]


def main() -> None:
    """Print the two lines of each sentence that is given, as the parser sees it."""
    from volteface.annotate import Parser

    parser = Parser()
    for sentence in sys.argv[1:]:
        found = parser.annotate(document(sentence))
        print(sentence + "\n" + " ".join(_row(found, t) for t in found.tokens))


def _row(annotation: Annotation, token: Token) -> str:
    pos = token.pos if TAGS.get(token.pos, token.pos) == token.tag else f"{token.pos}/{token.tag}"
    lemma = "" if token.lemma == token.text.lower() else token.lemma
    begins = any(m.first == token.i for m in annotation.mentions)
    entity = token.entity and (token.entity if begins else f"{token.entity}+")
    head = 0 if token.head == token.i else token.head + 1
    row = "|".join([token.text, pos, token.dep, str(head), lemma, entity])
    return re.sub(r"\|+$", "", row)


if __name__ == "__main__":
    main()
