"""What repeats: lines that stand on several pages of a batch, and paragraphs that stand twice on one page."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence

import msgspec

from volteface.errors import InputError
from volteface.read.pages import RawPage
from volteface.read.split import lines

# A line on this many pages of a batch, with other lines around it differing, is the site's and not the
# story's.
# Three, because an agency's story is often run twice by one newsroom.
MIN_PAGES = 3

# Lines remembered: about 100 bytes each. When there are more, those seen on one page only are forgotten;
# what a
# full table forgets is only evidence, a page alone is read well without.
MAX_LINES = 1_000_000

# What is kept of a page for later batches: furniture stands at its top and bottom, and is seldom longer than
# this.
STORED_LINES, STORED_CHARS = 400, 1_000


def line_key(text: str) -> int:
    """A stable 64-bit key of a line, blind to case and spacing."""
    plain = " ".join(text.lower().split())
    return int.from_bytes(hashlib.blake2b(plain.encode("utf-8", "replace"), digest_size=8).digest(), "big")


class Repeats(msgspec.Struct):
    """How many pages each line stands on, by `line_key`. `|` merges the counts of two batches."""

    counts: dict[int, int] = {}
    pages: int = 0

    def furniture(self, text: str) -> bool:
        """Whether this line stands on so many pages that it is the site's own."""
        return self.counts.get(line_key(text), 0) >= MIN_PAGES

    def __or__(self, other: Repeats) -> Repeats:
        counts = dict(self.counts)
        for key, count in other.counts.items():
            counts[key] = counts.get(key, 0) + count
        return Repeats(_bounded(counts), self.pages + other.pages)


class PageLines(msgspec.Struct, frozen=True):
    """What a copied page leaves behind for later batches to count: the keys of its lines, those beyond
    `STORED_CHARS` and `STORED_LINES` left out, and the key of all of it together."""

    body: int
    keys: tuple[int, ...]


def page_lines(page: RawPage) -> PageLines | None:
    """The lines of a copied page; None for markup and for articles given as such."""
    if page.kind != "copied":
        return None
    texts = _texts(page)
    ends = texts if len(texts) <= STORED_LINES else texts[: STORED_LINES // 2] + texts[-STORED_LINES // 2 :]
    keys = {line_key(text) for text in ends if len(text) <= STORED_CHARS}
    return PageLines(_body(texts), tuple(sorted(keys)))


class RepeatCounter:
    """Counts the lines of copied pages, whatever their order; pages of other kinds are passed over.

    A page whose lines all stood on another counted page is a copy of it and not counted again, so that an
    article in three files is not taken for furniture. `bodies` are the keys of the pages counted.
    """

    def __init__(self) -> None:
        self.bodies: set[int] = set()
        self._counts: dict[int, int] = {}

    def add(self, page: RawPage) -> None:
        """Count one page."""
        if page.kind != "copied":
            return
        texts = _texts(page)
        body = _body(texts)
        if body in self.bodies:
            return
        self.bodies.add(body)
        for key in {line_key(text) for text in texts}:
            self._counts[key] = self._counts.get(key, 0) + 1
        self._counts = _bounded(self._counts)

    @property
    def repeats(self) -> Repeats:
        """What was counted."""
        return Repeats(_bounded(self._counts), len(self.bodies))


def count_repeats(pages: Iterable[RawPage | InputError]) -> Repeats:
    """Count the lines of these pages, errors passed over."""
    counter = RepeatCounter()
    for page in pages:
        if not isinstance(page, InputError):
            counter.add(page)
    return counter.repeats


def _texts(page: RawPage) -> list[str]:
    return [page.content[start:end] for (start, end), _ in lines(page.content)]


def _body(texts: Sequence[str]) -> int:
    return line_key("\n".join(texts))


def _bounded(counts: dict[int, int]) -> dict[int, int]:
    floor = 1
    while len(counts) > MAX_LINES:
        counts = {key: count for key, count in counts.items() if count > floor}
        floor += 1
    return counts


# A pull quote is short; a longer paragraph that stands within another is a mistake of the page, kept.
PULL_QUOTE_CHARS = 400
PULL_QUOTE_WORDS = 5
NOT_WORD = re.compile(r"\W+")


def plain(text: str) -> str:
    """A text's words, parted by single spaces and between two."""
    return f" {NOT_WORD.sub(' ', text.lower()).strip()} "


def pull_quotes(texts: Sequence[str]) -> set[int]:
    """Which paragraphs repeat another: the same text twice, or a short one that stands within a longer one.

    Of two equal ones the first goes if it stands alone at the top (the third paragraph or before: a pull
    quote or a
    standfirst ahead of the flow), else the second. Quadratic only in the number of short paragraphs, by hash
    else.
    """
    words = [plain(text) for text in texts]
    gone: set[int] = set()
    first_of: dict[str, int] = {}
    for i, text in enumerate(words):
        if text.count(" ") <= PULL_QUOTE_WORDS:
            continue
        if text in first_of:
            earlier = first_of[text]
            gone.add(earlier if earlier == 0 and i > earlier + 1 else i)
        else:
            first_of[text] = i
    whole = "|".join(words)
    for i, text in enumerate(words):
        short = len(text) <= PULL_QUOTE_CHARS and text.count(" ") > PULL_QUOTE_WORDS + 2
        if i not in gone and short and whole.count(text) > words.count(text):
            gone.add(i)
    return gone
