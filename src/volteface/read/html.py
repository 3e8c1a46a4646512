"""HTML → the article's pieces, with trafilatura, and its metadata."""

from __future__ import annotations

import re
from typing import Any

from volteface.read.reading import Piece, Reading
from volteface.records import BlockKind

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
    reading.pieces = _pieces(found.body, reading.headline)
    return reading


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
