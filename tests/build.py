"""Annotated documents built by hand, so that a rule is tested without a trained model.

One token is `text|POS|dep|head` or `text|POS|dep|head|lemma`: `head` is the 1-based number of the head within its
sentence, 0 for the root. Sentences are strings in a list; tokens are parted by spaces and printed with a space
between, except before punctuation and clitics.
"""

from __future__ import annotations

from volteface.annotate import Annotation, Mention, Sentence, Token
from volteface.records import Block, Document, Published

TAGS = {
    "NOUN": "NN",
    "PROPN": "NNP",
    "VERB": "VBD",
    "ADJ": "JJ",
    "ADP": "IN",
    "PRON": "PRP",
    "AUX": "VBD",
    "DET": "DT",
}
NO_SPACE_BEFORE = {",", ".", "'s", "’s", "?", "!", ":", ";", "n't", "”"}
NO_SPACE_AFTER = {"“"}


def document(text: str, *, published: str | None = None, headline: str | None = None) -> Document:
    """A document whose blocks are the lines of `text`."""
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(Block("paragraph", start, start + len(line)))
        start += len(line) + 1
    date = Published(published, "given", published) if published else None
    return Document(Document.id_of(text), "test", headline, (), None, date, "en", text, tuple(blocks))


def annotation(
    *sentences: str, published: str | None = None, mentions: dict[str, str] | None = None
) -> Annotation:
    """An `Annotation` of these sentences, all in one block; `mentions` maps exact words to an entity label."""
    tokens: list[Token] = []
    spans: list[Sentence] = []
    text = ""
    for number, sentence in enumerate(sentences):
        if text:
            text += " "
        first = len(tokens)
        for row in sentence.split():
            word, pos, dep, head, *lemma = row.split("|")
            if len(tokens) > first and word not in NO_SPACE_BEFORE and tokens[-1].text not in NO_SPACE_AFTER:
                text += " "
            i = len(tokens)
            tokens.append(
                Token(
                    i=i,
                    start=len(text),
                    end=len(text) + len(word),
                    text=word,
                    lemma=lemma[0] if lemma else word.lower(),
                    pos=pos,
                    tag=TAGS.get(pos, pos),
                    dep=dep,
                    head=first + int(head) - 1 if int(head) else i,
                    sentence=number,
                )
            )
            text += word
        for token in tokens[first:]:
            if token.head != token.i:
                tokens[token.head].children.append(token.i)
        spans.append(Sentence(number, tokens[first].start, tokens[-1].end, first, len(tokens), 0))
    found = [m for words, label in (mentions or {}).items() for m in _mentions(tokens, text, words, label)]
    return Annotation(
        document(text, published=published), tokens, spans, sorted(found, key=lambda m: m.start)
    )


def _mentions(tokens: list[Token], text: str, words: str, label: str) -> list[Mention]:
    found, start = [], text.find(words)
    while start >= 0:
        inside = [t.i for t in tokens if t.start >= start and t.end <= start + len(words)]
        for i in inside:
            tokens[i].entity = label
        found.append(Mention(start, start + len(words), inside[0], inside[-1] + 1, label))
        start = text.find(words, start + 1)
    return found
