"""Quotation marks: which stretches of a document stand between them.

A stretch opens and closes in one block, or opens, is opened again by every following block, and closes only
blocks later (the newspaper habit for a quotation of several paragraphs). Marks of one kind inside another
are part of the outer stretch. Time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from volteface.records import Document, Span

# “ ” " « » and the typewriter's doubled '' and ``; a single mark counts only where it opens before a word.
_DOUBLE = re.compile(r"[“”\"«»„]|''|``|’’|‘‘")
_SINGLE = re.compile(
    r"(?<![\w'’‘])[‘'](?=\w)[^‘'’\n“”\"]{0,600}(?:(?<=\w)['’](?=\w)[^‘'’\n“”\"]{0,600}){0,8}(?<=[\w.,!?…])[’'](?!\w)"
)
_OPENING = frozenset("“«„``‘‘")
_CLOSING = frozenset("”»")
_WORD = re.compile(r"\w+")

# A quotation in single marks that stands alone is a quotation only from this many words on: ‘surge’ is not,
# and an apostrophe that happens to find another one rarely spans so few.
SINGLE_WORDS = 3
# A quotation in capitals of at most so many words is a title; words of this length need no capital there.
LONGEST_TITLE = 6
SHORT_WORD = 3
_MARKS = "“”\"'’‘» "
_ENDS = frozenset(".,?!—–-…")


@dataclass(frozen=True, slots=True)
class Quote:
    """Characters between quotation marks, the marks included; `closed` is false when the closing mark is
    missing (to the end of the block)."""

    start: int
    end: int
    block: int
    closed: bool
    words: int


def find_quotes(document: Document) -> list[Quote]:
    """The outermost quoted stretches of every block, in text order."""
    found: list[Quote] = []
    for number, block in enumerate(document.blocks):
        found.extend(_in_block(document.text, block.start, block.end, number))
    return found


def _in_block(text: str, start: int, end: int, number: int) -> list[Quote]:
    found: list[Quote] = []
    opened = -1
    for mark in _DOUBLE.finditer(text, start, end):
        at, sign = mark.start(), mark.group()
        if opened < 0:
            if (sign in _CLOSING and at > start) or not _may_open(text, mark.end(), end):
                continue
            opened = at
        elif sign in _OPENING and _reopens(text, at, end):
            continue  # an inner “ while one is open
        else:
            found.append(_quote(text, opened, mark.end(), number, True))
            opened = -1
    if opened >= 0:
        found.append(_quote(text, opened, end, number, False))
    taken = [(q.start, q.end) for q in found]
    for match in _SINGLE.finditer(text, start, end):
        if not covered(taken, match.start()) and len(_WORD.findall(match.group())) >= SINGLE_WORDS:
            found.append(_quote(text, match.start(), match.end(), number, True))
    return sorted(found, key=lambda q: q.start)


def _may_open(text: str, after: int, end: int) -> bool:
    return after < end and not text[after].isspace()


def _reopens(text: str, at: int, end: int) -> bool:
    """Whether an opening mark inside an open stretch really opens: some editors type “ for ”."""
    return at > 0 and text[at - 1].isspace() and at + 1 < end and text[at + 1].isalnum()


def _quote(text: str, start: int, end: int, block: int, closed: bool) -> Quote:
    while end > start and text[end - 1].isspace():
        end -= 1
    return Quote(start, end, block, closed, len(_WORD.findall(text[start:end])))


def is_title(text: str, quote: Quote) -> bool:
    """Whether a quotation is the name of a song, book or ship: every word with a capital but for little ones, and
    nothing that ends a sentence."""
    inner = text[quote.start : quote.end].strip(_MARKS)
    words = inner.split()
    named = all(w[:1].isupper() or len(w) <= SHORT_WORD for w in words) and inner[:1].isupper()
    return named and len(words) <= LONGEST_TITLE and inner[-1:] not in _ENDS


def covered(spans: Sequence[Span], at: int) -> bool:
    """Whether one of these sorted, disjoint spans holds the character."""
    i = bisect_right(spans, (at, len(spans) and spans[-1][1] + 1)) - 1
    return i >= 0 and spans[i][0] <= at < spans[i][1]
