"""For whom a spokesman speaks: "*his* spokesman", "*Kremlin* spokesman X", "X, a spokeswoman for *the ministry*"."""

from __future__ import annotations

from collections.abc import Sequence

from volteface.annotate.attributions.lexicon import unnamed
from volteface.annotate.phrases import noun_phrase
from volteface.annotate.tokens import Annotation, Token
from volteface.records import Span

# "A spokesman for / of / at the ministry".
_LINKS = frozenset({"for", "of", "at", "from", "with"})
_PARTS = frozenset({"ADJ", "NOUN", "PROPN", "DET", "PRON", "PART", "NUM"})
_CASES = frozenset({"'s", "’s", "'", "’"})
_JOINTS = frozenset({"of", "and", "&", "-", "–", "for"})


def principal_span(annotation: Annotation, source: Sequence[Span]) -> Span | None:
    """Characters of the principal in a source's spans; None for a source that is nobody's spokesman, or where the
    phrase does not say whose."""
    for start, end in source:
        first = annotation.token_from(start)
        inside = [t for t in annotation.tokens[first : first + end - start] if t.end <= end]
        for n, token in enumerate(inside):
            width = _speaker(inside, n)
            if width and (found := _after(annotation, token) or _before(annotation, inside[: n + 1 - width])):
                return found
    return None


def _speaker(inside: Sequence[Token], n: int) -> int:
    """How many tokens that end here are a word for a spokesman."""
    speakers = unnamed().speakers
    words = [t.text.lower() for t in inside[max(0, n - 1) : n + 1]]
    if words[-1] in speakers or inside[n].lemma in speakers:
        return 1
    return 2 if " ".join(words) in speakers else 0


def _after(annotation: Annotation, speaker: Token) -> Span | None:
    """The noun phrase after "spokesman for"."""
    tokens = annotation.tokens
    if speaker.i + 1 >= len(tokens) or tokens[speaker.i + 1].text.lower() not in _LINKS:
        return None
    link = tokens[speaker.i + 1]
    objects = annotation.children(link, "pobj")
    if not objects:
        return None
    phrase = noun_phrase(annotation, objects[0].i)
    return annotation.span(max(phrase.first, link.i + 1), phrase.last)


def _before(annotation: Annotation, left: Sequence[Token]) -> Span | None:
    """What stands before "spokesman": a possessor, or the nouns and demonyms that modify it."""
    words = unnamed()
    last = len(left)
    while last and left[last - 1].text.lower() in words.ranks:
        last -= 1
    owned = bool(last) and left[last - 1].text in _CASES
    last -= owned
    first = last
    while first and (left[first - 1].pos in _PARTS or left[first - 1].text in _JOINTS):
        first -= 1
        if left[first].tag == "PRP$":
            break
    if not owned and not any(t.text in _CASES for t in left[first:last]):
        while first < last and (left[first].pos in ("DET", "NUM") or left[first].text.lower() in words.ranks):
            first += 1
    while first < last and (left[first].pos in ("PUNCT", "CCONJ") or left[first].text in _JOINTS):
        first += 1
    if first == last or not (owned or _may_send(left[last - 1])):
        return None
    return annotation.span(left[first].i, left[last - 1].i + 1)


def _may_send(token: Token) -> bool:
    """Whether a modifier says whose spokesman: a noun, "his", a demonym, "presidential"; not "tall"."""
    if token.pos == "ADJ":
        return token.entity in ("NORP", "GPE", "ORG") or token.text.lower() in unnamed().offices
    return token.pos in ("NOUN", "PROPN") or token.tag == "PRP$"
