"""What annotation leaves behind: plain tokens, sentences and named mentions, free of any parser's objects.

Everything downstream (attribution, coding, resolution) reads these and nothing else, so unit tests build them
by hand and no trained model is needed to test a rule.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from volteface.annotate.lemmas import mended
from volteface.records import Document, Span


@dataclass(slots=True, eq=False)
class Token:
    """One token. `head` is the index of its syntactic head in `Annotation.tokens` (its own at a root).

    `pos` is the Universal part of speech, `tag` the Penn tag, `dep` the ClearNLP dependency label,
    `lemma` lower case. `children` are indices, left to right.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    sentence: int
    entity: str = ""
    children: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first:last` and characters `start:end`; `block` is the index of its block in the document."""

    i: int
    start: int
    end: int
    first: int
    last: int
    block: int


@dataclass(frozen=True, slots=True)
class Mention:
    """A named entity: tokens `first:last`, characters `start:end`, OntoNotes label (PERSON, GPE, NORP, ORG …)."""

    start: int
    end: int
    first: int
    last: int
    label: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as somebody reads it: tokens `first:last` with their syntactic head."""

    first: int
    last: int
    head: int


@dataclass(slots=True)
class Annotation:
    """One document with its tokens, sentences and named mentions."""

    document: Document
    tokens: list[Token]
    sentences: list[Sentence]
    mentions: list[Mention]

    def __post_init__(self) -> None:
        for token in self.tokens:
            token.lemma = mended(token.text.lower(), token.tag, token.lemma)

    @property
    def text(self) -> str:
        """The document's text, which every offset refers to."""
        return self.document.text

    def of(self, sentence: Sentence) -> list[Token]:
        """The tokens of a sentence."""
        return self.tokens[sentence.first : sentence.last]

    def children(self, token: Token, *deps: str) -> list[Token]:
        """Children of a token, all or those with one of these dependency labels, left to right."""
        found = [self.tokens[i] for i in token.children]
        return [t for t in found if t.dep in deps] if deps else found

    def ancestors(self, token: Token) -> Iterator[Token]:
        """The token's head, its head's head, and so on up to the root."""
        while token.head != token.i:
            token = self.tokens[token.head]
            yield token

    def subtree(self, token: Token) -> list[Token]:
        """The token and everything below it, in text order."""
        return [self.tokens[i] for i in sorted(self.below(token))]

    def below(self, token: Token) -> set[int]:
        """The numbers of the token and everything below it."""
        seen = [token.i]
        for i in seen:
            seen.extend(self.tokens[i].children)
        return set(seen)

    def coordinated(self, token: Token) -> list[Token]:
        """The token and all that is coordinated with it, however the parser chained them, in text order."""
        found = {token.i: token}
        waiting = [token]
        for member in waiting:
            for other in self.children(member, "conj"):
                if other.i not in found:
                    found[other.i] = other
                    waiting.append(other)
        return [found[i] for i in sorted(found)]

    def span(self, first: int, last: int) -> Span:
        """Characters of tokens `first:last`."""
        return self.tokens[first].start, self.tokens[last - 1].end

    def token_from(self, offset: int) -> int:
        """The index of the first token that ends after this character; the number of tokens if there is none."""
        return bisect_right(self.tokens, offset, key=lambda t: t.end)

    def sentence_at(self, offset: int) -> Sentence | None:
        """The sentence that holds this character, or None."""
        i = bisect_right(self.sentences, offset, key=lambda s: s.end)
        if i < len(self.sentences) and self.sentences[i].start <= offset:
            return self.sentences[i]
        return None
