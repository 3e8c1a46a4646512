"""Bytes → text: byte order marks, UTF-8, what an HTML page declares, windows-1252; or a clear refusal."""

from __future__ import annotations

import codecs
import re

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# Beginnings of files people take for pages: the message can then say what it is.
MAGIC = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"(\xb5/\xfd", "a zstd archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x7fELF", "a program"),
)

DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}["']?\s{0,5}([a-zA-Z0-9_:.-]{2,40})""", re.I
)
DECLARED_XML = re.compile(
    rb"""^\s{0,50}<\?xml[^>]{0,100}?encoding\s{0,5}=\s{0,5}["']([a-zA-Z0-9_.-]{2,40})""", re.I
)
HEAD_BYTES = 4096

# Control characters other than white space: text has none, binary data about one byte in eight.
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MAX_CONTROL_SHARE = 0.01
SAMPLE_BYTES = 65_536

# A page of UTF-8 with a few broken bytes (a cut quotation mark) is read with replacement characters; beyond
# this
# share of its non-ASCII characters it is in some other encoding.
MAX_BROKEN_SHARE = 0.05

# In windows-1252 English and its neighbours, letters and typographic marks above 0x7F are rare. A text with
# more is
# in another encoding (Cyrillic, Greek and CJK ones have over half), and guessing would print nonsense.
MAX_HIGH_SHARE = 0.15
WORD_MOJIBAKE = re.compile("[\u00c0-\u00ff]{4}")

HTML_START = re.compile(
    r"\s{0,1000}(?:<!--.{0,2000}?-->\s{0,100}){0,3}<(?:!doctype\s{1,10}html|html|head|body)\b", re.I | re.S
)


def looks_like_html(text: str) -> bool:
    """Whether the text begins as an HTML document does."""
    return HTML_START.match(text[:10_000]) is not None


def decode(data: bytes, *, html: bool = False) -> str:
    """The text of these bytes, line ends as they are. Raises `ValueError` saying why it is no text."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding)
    for magic, name in MAGIC:
        if data.startswith(magic):
            raise ValueError(f"is not a page but {name}")
    _refuse_binary(data)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _declared(data) if html else None
    if declared is not None and declared != "utf-8":
        try:
            return _strict(data, declared)
        except ValueError:
            return data.decode(declared, "replace")
    return _repaired(data) or _western(data, lenient=html)


def _strict(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ValueError(f"is not valid {encoding.upper()} (byte {error.start})") from error
    if "\x00" in text:
        raise ValueError("is a binary file")
    return text


def _refuse_binary(data: bytes) -> None:
    sample = data[:SAMPLE_BYTES]
    if b"\x00" in sample:
        even, odd = sample[::2].count(0), sample[1::2].count(0)
        if max(even, odd) > 0.3 * len(sample) / 2 > 2 * min(even, odd):
            raise ValueError("looks like UTF-16 without a byte order mark; convert it to UTF-8")
        raise ValueError("is a binary file")
    if len(CONTROL.findall(sample)) > MAX_CONTROL_SHARE * len(sample):
        raise ValueError("is a binary file")


def _declared(data: bytes) -> str | None:
    head = data[:HEAD_BYTES]
    found = DECLARED_XML.search(head) or DECLARED.search(head)
    if found is None:
        return None
    try:
        name = codecs.lookup(found.group(1).decode("ascii")).name
        b"".decode(name)
    except (LookupError, UnicodeDecodeError):
        return None
    # Browsers read these labels as windows-1252 (WHATWG Encoding Standard); Python's codecs take them
    # literally.
    return "cp1252" if name in ("iso8859-1", "ascii") else name


def _repaired(data: bytes) -> str | None:
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    return text if broken <= MAX_BROKEN_SHARE * sum(not c.isascii() for c in text) else None


def _western(data: bytes, *, lenient: bool) -> str:
    """Windows-1252, if the result reads as a text in it."""
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        if not lenient:
            raise ValueError(f"is neither UTF-8 nor windows-1252 text (byte {error.start})") from error
        text = data.decode("cp1252", "replace")
    high = sum(not c.isascii() for c in text)
    if high > MAX_HIGH_SHARE * len(text) or len(WORD_MOJIBAKE.findall(text)) > 3:
        raise ValueError("is in an unknown encoding (not UTF-8); convert it to UTF-8")
    return text
