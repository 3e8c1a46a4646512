"""A raw page → its `Document`."""

from __future__ import annotations

from volteface.errors import InputError
from volteface.read import language
from volteface.read.copied import read_copied
from volteface.read.features import SENTENCE_END
from volteface.read.html import MAX_HTML_CHARS, MAX_NESTING, nesting, read_html
from volteface.read.pages import RawPage
from volteface.read.published import given, infer
from volteface.read.reading import Piece, Reading, join
from volteface.read.repeats import Repeats
from volteface.read.split import lines
from volteface.records import Block, Document, Published

# A long book has 200,000 words; the longest news reports some 30,000.
MAX_WORDS = 200_000

# Less than this is no article: the shortest news briefs have one sentence of some ten words.
FEWEST_WORDS, LONG_LINE = 6, 12


def to_document(
    page: RawPage, *, published: str | None = None, repeats: Repeats | None = None, any_language: bool = False
) -> Document:
    """The article of a page, its furniture and repeats set apart.

    `published` (ISO day) overrules what the page says. `repeats` is what stands on several pages of the
    batch.
    Raises `InputError` if there is no article, it is too long, or (unless `any_language`) not in English.
    """
    try:
        told = published or page.published
        date = given(told) if told else None
    except ValueError as error:
        raise InputError(page.path, f"published: {error}") from error
    if page.kind == "article":
        return _as_it_is(page, date, any_language=any_language)
    reading = _read(page, repeats)
    _refuse_poor(page, reading)
    text, blocks = join(reading.pieces)
    _refuse_long(page, text)
    if date is None and reading.date is not None:
        date = Published(reading.date, "metadata", reading.date)
    if date is None:
        date = infer(reading.pieces)
    return Document(
        id=Document.id_of(text),
        source=page.source,
        headline=page.headline or reading.headline,
        bylines=reading.bylines,
        publisher=page.publisher or reading.publisher,
        published=date,
        language=_checked(page, text, any_language=any_language),
        text=text,
        blocks=blocks,
        dropped=tuple(reading.dropped),
    )


def _read(page: RawPage, repeats: Repeats | None) -> Reading:
    if page.kind == "html":
        if len(page.content) > MAX_HTML_CHARS:
            raise InputError(page.path, f"is HTML larger than {MAX_HTML_CHARS // 1_000_000} MB")
        return read_html(page.content)
    _refuse_long(page, page.content)
    return read_copied(page.content, repeats=repeats)


def _refuse_poor(page: RawPage, reading: Reading) -> None:
    """A brief of one sentence is an article; a handful of menu entries, or nothing, is not."""
    body = [piece.text for piece in reading.pieces if piece.kind == "paragraph"]
    words = sum(len(text.split()) for text in body)
    sentence = any(SENTENCE_END.search(text[-8:]) or len(text.split()) >= LONG_LINE for text in body)
    spaceless = (
        language.detect(" ".join(body)) in ("zh", "ja", "th") and sum(map(len, body)) >= FEWEST_WORDS * 3
    )
    if not spaceless and (words < FEWEST_WORDS or not sentence):
        if page.kind == "html" and (depth := nesting(page.content)) > MAX_NESTING:
            raise InputError(page.path, f"its HTML is nested {depth:,} deep, which cannot be read")
        raise InputError(page.path, "no article was found in it")


def _refuse_long(page: RawPage, text: str) -> None:
    words = len(text.split())
    if words > MAX_WORDS:
        raise InputError(page.path, f"has {words:,} words, more than {MAX_WORDS:,}")


def _as_it_is(page: RawPage, date: Published | None, *, any_language: bool) -> Document:
    """A text that is the article already: nothing moved, nothing dropped; a block for each paragraph."""
    text = page.content
    _refuse_long(page, text)
    blocks = tuple(Block("paragraph", start, end) for (start, end), _ in lines(text))
    return Document(
        id=Document.id_of(text),
        source=page.source,
        headline=page.headline,
        bylines=(),
        publisher=page.publisher,
        published=date or infer([Piece("paragraph", text[b.start : b.end]) for b in blocks]),
        language=_checked(page, text, any_language=any_language),
        text=text,
        blocks=blocks,
    )


def _checked(page: RawPage, text: str, *, any_language: bool) -> str:
    code = language.detect(text)
    if code != "en" and not any_language:
        raise InputError(page.path, f"is in {language.name_of(code)}; only English can be coded")
    return code
