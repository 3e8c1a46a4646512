"""HTML → the article's pieces, with trafilatura, and its metadata."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

from volteface.read.cues import cues
from volteface.read.dateline import find_dateline
from volteface.read.features import SENTENCE_END
from volteface.read.furniture import is_furniture, sections
from volteface.read.names import host_name, part_title, publisher_of, squeezed
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

Line = tuple[BlockKind, str]

# Where the headline may stand once more in the body; how many headings of the page are looked at.
OPENING, MOST_HEADINGS = 4, 40

FURNITURE = frozenset({"appeal", "subscription", "sharing", "comments", "more"})

# A paragraph is found again in the page by its beginning.
KEY_CHARS = 80

# Words of a caption: fewer are a credit or a name, more are a text of its own.
FEWEST, MOST = 6, 80

# What newsrooms call the paragraph under the headline in their markup, and how many elements are asked.
STANDFIRST = re.compile(
    r"stand-?first|sub-?(?:title|head)|\bdek\b|\bdeck\b|strapline|intro\b|article-?summary", re.I
)
MOST_ELEMENTS = 400

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
    tree = _tree(html)
    pieces = _pieces(found.body)
    _name_page(reading, found, tree, [text for _, text in pieces[:OPENING]])
    if reading.headline:
        pieces = _without_headline(pieces, reading.headline)
        reading.pieces.append(Piece("headline", reading.headline))
    _sort_out(reading, pieces)
    if tree is not None:
        _mark_standfirst(tree, reading.pieces)
    if tree is not None and "<figcaption" in html:
        _add_captions(tree, reading.pieces)
    if reading.publisher is None:
        reading.publisher = publisher_of([dropped.text for dropped in reading.dropped])
    return reading


def _tree(html: str) -> Any:
    from lxml import etree
    from lxml import html as markup

    try:
        return markup.document_fromstring(
            html.encode("utf-8", "replace"), markup.HTMLParser(encoding="utf-8")
        )
    except (etree.ParserError, ValueError):
        return None


def _name_page(reading: Reading, found: Any, tree: Any, opening: list[str]) -> None:
    """Headline, publisher, bylines and date, from metadata; the site's name is taken off the headline."""
    site = _line(found.sitename)
    title = _line(found.title)
    headings, titles = list(opening), [title]
    if tree is not None:
        headings += [_text("".join(e.itertext())) for e in islice(tree.iter("h1", "h2"), MOST_HEADINGS)]
        titles += [_text(tree.findtext(".//title"))]
    names = [site or "", host_name(found.hostname or "")]
    publisher = None
    for shown in titles:
        if shown:
            rest, name = part_title(shown, names=names, headings=headings)
            publisher = publisher or name
            reading.headline = reading.headline or rest
    reading.publisher = site or publisher
    reading.bylines = tuple(name.strip() for name in (found.author or "").split(";") if name.strip())
    reading.date = found.date or None


def _without_headline(pieces: list[Line], headline: str) -> list[Line]:
    """The pieces without the headline where it opens the body once more."""
    same = squeezed(headline)
    return [
        (kind, text)
        for n, (kind, text) in enumerate(pieces)
        if text != headline and not (n < OPENING and squeezed(text) == same)
    ]


def _sort_out(reading: Reading, pieces: list[Line]) -> None:
    """Pieces of the article to `pieces`, what the extractor let through of the furniture to `dropped`."""
    texts = [text for _, text in pieces]
    gone = sections(texts)
    opened = False
    for n, (kind, text) in enumerate(pieces):
        furniture = n in gone or cues().heads(text) in FURNITURE or is_furniture(text)
        if not opened:
            line = find_dateline([text], -1, 1)
            furniture = furniture or bool(line.bylines or line.date)
            reading.bylines = reading.bylines or line.bylines
            reading.date = reading.date or line.date
            opened = kind == "paragraph" and not furniture and SENTENCE_END.search(text[-8:]) is not None
        if furniture:
            reading.dropped.append(Dropped("furniture", text))
        else:
            reading.pieces.append(Piece(kind, text))


def _mark_standfirst(tree: Any, pieces: list[Piece]) -> None:
    """The first paragraph is a standfirst where the page's own markup calls it by one of the names for it."""
    first = next((n for n, piece in enumerate(pieces) if piece.kind == "paragraph"), None)
    if first is None:
        return
    wanted = squeezed(pieces[first].text)
    for element in islice(tree.iter("p", "div", "h2", "h3", "span"), MOST_ELEMENTS):
        named = " ".join(element.get(name, "") for name in ("class", "id", "itemprop", "data-testid"))
        if STANDFIRST.search(named) and squeezed(_text("".join(element.itertext()))) == wanted:
            pieces[first] = Piece("standfirst", pieces[first].text)
            return


def _add_captions(tree: Any, pieces: list[Piece]) -> None:
    """Put the captions the extractor leaves out where they stand: within the article, or just above its body.

    A caption's place is told by the paragraphs around it that were extracted. Changes `pieces`.
    """
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


def _pieces(body: Any) -> list[Line]:
    return [(kind, text) for element in body for kind, text in _blocks(element) if text]


def _blocks(element: Any) -> list[Line]:
    tag = element.tag
    if tag in ("list", "table", "quote", "div", "row") and len(element):
        found: list[Line] = [("paragraph", _text(element.text))]
        for child in element:
            found += _blocks(child)
            found.append(("paragraph", _text(child.tail)))
        return found
    return [*(("paragraph", text) for text in _broken(element)), ("paragraph", _text(element.tail))]


def _broken(element: Any) -> list[str]:
    """An element's text, parted where the page breaks the line twice, or after a heading of furniture: pages
    of old markup have no other paragraphs."""
    parts = [element.text or ""]
    for inner in element.iterdescendants():
        if inner.tag == "lb":
            parts.append("")
        else:
            parts[-1] += inner.text or ""
        parts[-1] += inner.tail or ""
    lines = [_text(part) for part in parts]
    if cues().heads(lines[0]) in FURNITURE:
        return lines
    paragraphs = [""]
    for line in lines:
        if line:
            paragraphs[-1] = f"{paragraphs[-1]} {line}".strip()
        else:
            paragraphs.append("")
    return paragraphs


def _text(text: str | None) -> str:
    return SPACE.sub(" ", text or "").strip()
