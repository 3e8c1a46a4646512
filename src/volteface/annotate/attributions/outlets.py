"""Which words of a phrase name a medium: an agency, broadcaster or paper that relays what others say.

A name is known from the list, or by its own words ("Lowland TV", "the Baltic Ledger"), or by what is said of
it ("the Vesta news agency", "public broadcaster GRB"), or because it is the paper the article is in.
"""

from __future__ import annotations

import itertools

from volteface.annotate.attributions.lexicon import media
from volteface.annotate.attributions.sources import source_spans
from volteface.annotate.tokens import Annotation, Token
from volteface.records import Span, Via

Found = tuple[str, int, int]

_ARTICLES = frozenset({"the", "a", "an"})
# What may stand between the capitals of one name: "Star of Graustark", "Jyllands-Posten".
_LINKS = frozenset({"of", "de", "la", "del", "di", "der", "&", "-", "–"})
_PLACES = frozenset({"NORP", "GPE", "LOC"})
_NO_NAMES = frozenset({"NORP", "GPE", "LOC", "DATE", "TIME", "PERSON"})


def name_in(annotation: Annotation, first: int, last: int, *, sure: bool) -> Found | None:
    """The medium named in tokens `first:last`: its name and token range. `sure` says that only a medium is
    likely there (the hearer of "told", an interview's partner), so that an ambiguous name ("Times") and a
    lone word of papers ("the Courier") count without a word like "newspaper" beside them."""
    words = [t.text for t in annotation.tokens[first:last]]
    worded = _worded(words)
    if listed := _listed(annotation, first, last, sure=sure or worded):
        return listed
    for start, end in _capitals(annotation, first, last):
        if _is_outlet(annotation, start, end, worded=worded, sure=sure):
            return _text(annotation, start, end), start, end
    places = any(t.entity in _PLACES for t in annotation.tokens[first:last])
    if worded and (sure or places):
        return _bare(_text(annotation, first, last)), first, last
    return None


def _text(annotation: Annotation, first: int, last: int) -> str:
    start, end = annotation.span(first, last)
    return annotation.text[start:end]


def _worded(words: list[str]) -> bool:
    """Whether one of the words, or two together, says in small letters that this is a medium."""
    known = media().words
    return any(w in known for w in words) or any(f"{a} {b}" in known for a, b in itertools.pairwise(words))


def _listed(annotation: Annotation, first: int, last: int, *, sure: bool) -> Found | None:
    """The first, longest name of the list; one made of words of papers alone ("Times") takes the capitals
    before it along ("Baltic Times")."""
    known, text = media(), annotation.text
    for i in range(first, last):
        for end in range(min(last, i + known.longest * 2), i, -1):
            written = _text(annotation, i, end)
            name = known.names.get(written.lower())
            if (
                not name
                or not _same_capitals(written, name)
                or (name.lower() in known.ambiguous and not sure)
            ):
                continue
            start = i
            if all(word in known.papers for word in written.split()):
                start = next((s for s, e in _capitals(annotation, first, last) if s <= i and end <= e), i)
            whole = text[annotation.tokens[start].start : annotation.tokens[end - 1].end]
            return (name if start == i else whole), start, end
    return None


def _same_capitals(written: str, name: str) -> bool:
    """Whether each word is capitalised where the name's is: "the Kyodo news agency" is not "Kyodo News"."""
    pairs = zip(written.split(), name.split(), strict=False)
    return all(a[:1].isupper() == b[:1].isupper() for a, b in pairs)


def _capitals(annotation: Annotation, first: int, last: int) -> list[tuple[int, int]]:
    """Runs of capitalised words, without the demonym before a name and a common noun ("the French TF1
    channel")."""
    tokens = annotation.tokens
    found: list[tuple[int, int]] = []
    i = first
    while i < last:
        if not _is_capital(tokens[i]):
            i += 1
            continue
        end = i + 1
        while end < last and (
            _is_capital(tokens[end])
            or tokens[end].text.isdigit()
            or (tokens[end].text in _LINKS and end + 1 < last and _is_capital(tokens[end + 1]))
        ):
            end += 1
        followed = end < last and tokens[end].pos in ("NOUN", "ADJ")
        while i + 1 < end and followed and tokens[i].entity in _PLACES and tokens[i].pos == "ADJ":
            i += 1
        found.append((i, end))
        i = end
    return found


def _is_capital(token: Token) -> bool:
    return token.text[:1].isupper() and token.pos != "DET" and token.text.lower() not in _ARTICLES


def _is_outlet(annotation: Annotation, start: int, end: int, *, worded: bool, sure: bool) -> bool:
    """Whether capitalised words name a medium."""
    known, tokens = media(), annotation.tokens
    words = [t.text for t in tokens[start:end]]
    if _is_publisher(annotation, words):
        return True
    own = words[-1] in known.titles or words[0] in known.titles
    if own and (len(words) > 1 or worded):
        return True
    paper = words[-1] in known.papers or (words[0] in known.papers and "of" in words)
    after_the = start > 0 and tokens[start - 1].text.lower() == "the"
    if (
        paper
        and (after_the or tokens[end - 1].entity != "PERSON")
        and (len(words) > 1 or (sure and after_the))
    ):
        return True
    return (
        worded and not own and any(t.entity not in _NO_NAMES for t in tokens[start:end] if t.pos == "PROPN")
    )


def _is_publisher(annotation: Annotation, words: list[str]) -> bool:
    """Whether the words are the name, or its end, of the medium that runs the article."""
    name = (annotation.document.publisher or "").split()
    return bool(name) and name[-len(words) :] == words


def media_phrase(annotation: Annotation, head: Token, *, sure: bool = False) -> Via | None:
    """The noun phrase around `head` as a relay, if it names a medium."""
    span = source_spans(annotation, head, without=set())
    if not span:
        return None
    inside = [t for t in annotation.subtree(head) if span[0][0] <= t.start < span[0][1]]
    inside = inside[: next((n for n, t in enumerate(inside) if t.dep in ("relcl", "acl")), len(inside))]
    if not inside or head not in inside:
        return None
    found = name_in(annotation, inside[0].i, inside[-1].i + 1, sure=sure)
    if found is None or not _covers_head(found, head):
        return None
    return Via(found[0], ((inside[0].start, inside[-1].end),))


def _covers_head(found: Found, head: Token) -> bool:
    """Whether the phrase is the medium, not somebody's who works there ("a Reuters reporter", "CNN's Jane
    Roe")."""
    return found[1] <= head.i < found[2] or head.text.lower() in media().words or head.dep == "appos"


def relay_phrase(annotation: Annotation, head: Token) -> Via:
    """Any outer source as a relay: its medium, else the proper name in it, else the phrase."""
    medium = media_phrase(annotation, head, sure=True)
    if medium:
        return medium
    spans = source_spans(annotation, head, without=set())
    below = annotation.subtree(head)
    proper = _named(below)
    name = (
        annotation.text[proper[0] : proper[1]]
        if proper
        else annotation.text[spans[0][0] : spans[0][1]]
        if spans
        else head.text
    )
    return Via(_bare(name), tuple(spans) or ((head.start, head.end),))


def _named(tokens: list[Token]) -> Span | None:
    """The last run of proper nouns that is neither a person's title nor a date: who released the
    transcript."""
    best: Span | None = None
    i = 0
    while i < len(tokens):
        j = i
        while j < len(tokens) and tokens[j].pos == "PROPN" and tokens[j].entity not in ("DATE", "TIME"):
            j += 1
        if j > i:
            best = (tokens[i].start, tokens[j - 1].end)
        i = j + 1
    return best


def _bare(name: str) -> str:
    for article in ("the ", "a ", "an "):
        if name.lower().startswith(article):
            return name[len(article) :]
    return name
