"""HTML → the article's pieces, with trafilatura, and its metadata."""

from __future__ import annotations

import re
from typing import Any

from volteface.read.cues import cues, is_contact
from volteface.read.reading import Piece, Reading
from volteface.records import BlockKind, Dropped

# Larger trees are dumps or attacks; the largest of the 79 training pages has 0.9 MB.
MAX_HTML_CHARS = 10_000_000

# The parser (libxml2) gives up at 256 levels of elements; what lies deeper is lost. Real pages have 20 to 60.
MAX_NESTING = 256
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]{0,20})")
VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
        "p",
        "li",
    ]
)

FURNITURE = frozenset({"appeal", "subscription", "sharing", "comments", "more"})

# A paragraph is found again in the page by its beginning.
KEY_CHARS = 80

# Words of a caption: fewer are a credit or a name, more are a text of its own.
FEWEST, MOST = 6, 80

SPACE = re.compile(r"\s+")

# Dates after this are typing errors; a fixed bound keeps the clock out of the result.
DATES = {
    "original_date": True,
    "extensive_search": False,
    "max_date": "2100-12-31",
    "outputformat": "%Y-%m-%d",
}


def read_html(html: str) -> Reading:
    """The article in a page's markup. A page without one gives a reading without pieces."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(
        html,
        include_comments=False,
        favor_precision=True,
        with_metadata=True,
        date_extraction_params=dict(DATES),
    )
    reading = Reading()
    if found is None or found.body is None:
        return reading
    reading.headline = _line(found.title)
    reading.bylines = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    reading.publisher = _line(found.sitename)
    reading.date = found.date or None
    for piece in _pieces(found.body, reading.headline):
        # The extractor lets single lines of furniture between paragraphs through: only what is
        # nothing else goes.
        if piece.kind == "paragraph" and (cues().heads(piece.text) in FURNITURE or is_contact(piece.text)):
            reading.dropped.append(Dropped("furniture", piece.text))
        else:
            reading.pieces.append(piece)
    _add_captions(html, reading.pieces)
    return reading


def _add_captions(html: str, pieces: list[Piece]) -> None:
    """Put the captions the extractor leaves out where they stand: within the article, or just above its body.

    A caption's place is told by the paragraphs around it that were extracted. Changes `pieces`.
    """
    from lxml import etree
    from lxml import html as markup

    if "<figcaption" not in html:
        return
    try:
        tree = markup.document_fromstring(
            html.encode("utf-8", "replace"), markup.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, ValueError):
        return
    index = {piece.text[:KEY_CHARS]: n for n, piece in enumerate(pieces)}
    found: list[tuple[int, str]] = []
    at = -1
    for element in tree.iter("h1", "h2", "h3", "p", "li", "figcaption"):
        text = _text("".join(element.itertext()))
        if element.tag != "figcaption":
            at = max(at, index.get(text[:KEY_CHARS], -1))
        elif at >= 0 and FEWEST <= len(text.split()) <= MOST and text[:KEY_CHARS] not in index:
            found.append((at, text))
            index[text[:KEY_CHARS]] = at
    for place, text in reversed(found):
        if place < len(pieces) - 1:
            pieces.insert(place + 1, Piece("caption", text))


def nesting(html: str) -> int:
    """How deep elements stand in one another, counted by opening and closing tags alone."""
    depth = deepest = 0
    for match in TAG.finditer(html):
        if match.group(2).lower() not in VOID:
            depth = max(0, depth - 1) if match.group(1) else depth + 1
            deepest = max(deepest, depth)
    return deepest


def _line(text: str | None) -> str | None:
    return SPACE.sub(" ", text).strip() or None if text else None


def _pieces(body: Any, headline: str | None) -> list[Piece]:
    pieces: list[Piece] = []
    if headline:
        pieces.append(Piece("headline", headline))
    for element in body:
        for kind, text in _blocks(element):
            if text and text != headline:
                pieces.append(Piece(kind, text))
    return pieces


def _blocks(element: Any) -> list[tuple[BlockKind, str]]:
    tag = element.tag
    if tag in ("list", "table", "quote", "div", "row") and len(element):
        found: list[tuple[BlockKind, str]] = [("paragraph", _text(element.text))]
        for child in element:
            found += _blocks(child)
            found.append(("paragraph", _text(child.tail)))
        return found
    text = " ".join(part for part in element.itertext())
    return (
        [("paragraph", _text("".join(element.itertext()))), ("paragraph", _text(element.tail))]
        if text.strip()
        else []
    )


def _text(text: str | None) -> str:
    return SPACE.sub(" ", text or "").strip()
