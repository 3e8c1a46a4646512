"""Paths → raw pages: folders walked, gzip unpacked, JSON split, text decoded; one `InputError` for each bad
one.

Lazy: one page is in memory at a time, and a JSON Lines file is read line by line.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal

import msgspec

from volteface.errors import InputError
from volteface.read.decode import decode, looks_like_html
from volteface.read.unpack import Opened, open_stream

PageKind = Literal["html", "copied", "article"]
Format = Literal["html", "text", "json", "jsonl"]

# The largest page that is read. The longest news pages are some 5 MB of HTML; what is larger is a dump or
# an attack.
MAX_PAGE_BYTES = 50_000_000

FORMATS: dict[str, Format] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}


class RawPage(msgspec.Struct, frozen=True):
    """A page as it was found, decoded but not yet read.

    `source` is what records call it (a JSON object's url, else its id, else the path); `path` names the
    file, and
    the line or item within it, in messages. `kind`: `html` is markup, `copied` text as copied from a page
    with
    everything around the article, `article` the article itself.
    """

    source: str
    path: str
    kind: PageKind
    content: str
    headline: str | None = None
    published: str | None = None
    publisher: str | None = None
    url: str | None = None

    @classmethod
    def of_text(
        cls, text: str, *, source: str, headline: str | None = None, published: str | None = None
    ) -> RawPage:
        """An article whose text is given as it is."""
        return cls(source, source, "article", text, headline=headline, published=published)

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of all that determines the document; the same page under another path has the
        same."""
        parts = (self.kind, self.content, self.headline, self.published, self.publisher, self.url)
        digest = hashlib.sha256()
        for part in parts:
            data = b"" if part is None else part.encode("utf-8", "surrogatepass")
            digest.update(b"%d:" % (-1 if part is None else len(data)) + data)
        return digest.hexdigest()


def open_pages(paths: Iterable[str], *, stdin: BinaryIO | None = None) -> Iterator[RawPage | InputError]:
    """The pages under these paths, in order; a folder's files sorted by name, `-` is standard input.

    Of a folder, files whose ending says page are taken (`FORMATS`, with or without `.gz`), others and hidden
    ones
    passed over; a file that is named is read whatever its ending. Nothing is raised: what cannot be read
    comes as
    an `InputError` in its place.
    """
    for path in paths:
        if path == "-":
            if stdin is None:
                yield InputError("-", "there is no standard input")
            else:
                yield from _read(stdin, "-", None)
        elif Path(path).is_dir():
            yield from _read_folder(path)
        else:
            yield from _read_file(path)


def _read_folder(folder: str) -> Iterator[RawPage | InputError]:
    errors: list[InputError] = []
    found = False

    def note(error: OSError) -> None:
        errors.append(InputError(str(error.filename or folder), _reason(error)))

    for parent, folders, names in os.walk(folder, onerror=note):
        yield from errors
        found = found or bool(errors)
        errors.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if not name.startswith(".") and _format_of(name) is not None:
                found = True
                yield from _read_file(str(Path(parent) / name))
    yield from errors
    if not found and not errors:
        yield InputError(
            folder, f"the folder holds no page ({', '.join(sorted(FORMATS))}, or these with .gz)"
        )


def _read_file(path: str) -> Iterator[RawPage | InputError]:
    try:
        if Path(path).exists() and not Path(path).is_file():
            yield InputError(path, "is not a regular file")
            return
        with Path(path).open("rb") as stream:
            yield from _read(stream, path, _format_of(path))
    except OSError as error:
        yield InputError(path, _reason(error))
    except ValueError as error:  # a NUL in the path
        yield InputError(path, str(error))


def _format_of(name: str) -> Format | None:
    stem = name.lower().removesuffix(".gz")
    return FORMATS.get(Path(stem).suffix)


def _reason(error: OSError) -> str:
    reasons = {FileNotFoundError: "no such file", PermissionError: "no permission to read it"}
    return reasons.get(type(error), error.strerror or str(error))


def _read(stream: BinaryIO, path: str, form: Format | None) -> Iterator[RawPage | InputError]:
    """Pages of one open file. A damaged or bombing gzip ends it with an `InputError`; what came before
    stays."""
    try:
        opened = open_stream(stream)
        form = form or _sniff(opened)
        if form == "jsonl":
            yield from _read_lines(opened, path)
        else:
            yield from _read_whole(opened, path, form)
    except _Bad as bad:
        yield InputError(path, str(bad))
    except (zlib.error, EOFError) as error:
        yield InputError(path, f"the gzip is damaged: {error}")


class _Bad(Exception):
    """What is wrong with a page; becomes an `InputError` where the path is known."""


def _sniff(opened: Opened) -> Format:
    head = opened.peek(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"[":
        return "json" if head[1:].lstrip()[:1] in (b"{", b"]") else "text"
    if head[:1] == b"{":
        line, more, _ = head.partition(b"\n")
        return "jsonl" if more and line.rstrip().endswith(b"}") else "json"
    return "text"


def _read_whole(opened: Opened, path: str, form: Format) -> Iterator[RawPage | InputError]:
    data = opened.read(MAX_PAGE_BYTES + 1)
    if len(data) > MAX_PAGE_BYTES:
        raise _Bad(_too_large(opened))
    if not data.strip():
        raise _Bad("is empty")
    if form == "json":
        yield from _read_json(data, path)
        return
    try:
        text = decode(data, html=form == "html")
    except ValueError as error:
        raise _Bad(str(error)) from error
    html = form == "html" or looks_like_html(text)
    yield RawPage(source=path, path=path, kind="html" if html else "copied", content=text)


def _too_large(opened: Opened) -> str:
    return f"is larger than {MAX_PAGE_BYTES // 1_000_000} MB" + (" unpacked" if opened.packed else "")


def _read_json(data: bytes, path: str) -> Iterator[RawPage | InputError]:
    try:
        value = _json(data)
    except _Bad:
        # One object a line under a name (or on standard input) that does not say so.
        first, more, _ = data.lstrip().partition(b"\n")
        if not more.strip() or not _is_object(first):
            raise
        for number, line in enumerate(data.splitlines(), 1):
            if line.strip():
                yield _page_of(line, path, f"{path}:{number}")
        return
    if isinstance(value, dict):
        yield _build(value, path, path)
    elif isinstance(value, list):
        if not value:
            raise _Bad("is an empty list")
        for number, item in enumerate(value, 1):
            where = f"{path}[{number}]"
            yield _build(item, where, where)
    else:
        raise _Bad("is JSON, but neither an object nor a list of objects")


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(_json(line), dict)
    except _Bad:
        return False


def _read_lines(opened: Opened, path: str) -> Iterator[RawPage | InputError]:
    number = opened.skip_blank()
    empty = True
    while line := opened.readline(MAX_PAGE_BYTES + 1):
        number += 1
        where = f"{path}:{number}"
        if len(line) > MAX_PAGE_BYTES:
            empty = False
            yield InputError(where, f"the line is larger than {MAX_PAGE_BYTES // 1_000_000} MB")
            while line and not line.endswith(b"\n"):
                line = opened.readline(MAX_PAGE_BYTES)
        elif line.strip(b"\xef\xbb\xbf \t\r\n"):
            empty = False
            yield _page_of(line, path, where)
        number += opened.skip_blank()
    if empty:
        yield InputError(path, "is empty")


def _page_of(line: bytes, path: str, where: str) -> RawPage | InputError:
    try:
        return _build(_json(line), where, where)
    except _Bad as bad:
        return InputError(where, str(bad))


def _json(data: bytes) -> object:
    try:
        return msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise _Bad(f"is not valid JSON: {error}") from error
    except RecursionError as error:
        raise _Bad("is JSON nested too deep") from error


class _Object(msgspec.Struct):
    """What a JSON page may hold; other fields are passed over."""

    text: str | None = None
    html: str | None = None
    headline: str | None = None
    published: str | None = None
    url: str | None = None
    publisher: str | None = None
    id: str | int | None = None


def _build(value: object, fallback: str, where: str) -> RawPage | InputError:
    try:
        found = msgspec.convert(value, type=_Object)
    except msgspec.ValidationError as error:
        return InputError(where, f"is no page object: {error}")
    content = found.text if found.text is not None else found.html
    if content is None:
        return InputError(where, "the object has neither `text` nor `html`")
    if not content.strip():
        return InputError(where, "is empty")
    for part in (content, found.headline, found.url, found.publisher):
        if part is not None and not _encodable(part):
            return InputError(where, "holds half of a surrogate pair, which is no character")
    named = found.url or (None if found.id is None else str(found.id))
    return RawPage(
        source=named or fallback,
        path=where,
        kind="article" if found.text is not None else "html",
        content=content,
        headline=(found.headline or "").strip() or None,
        published=found.published or None,
        publisher=found.publisher or None,
        url=found.url or None,
    )


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
