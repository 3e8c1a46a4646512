"""The lines of a file, some at a time: plain, gzip, or the only file of a zip."""

from __future__ import annotations

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from volteface.errors import InputError

# Bytes of text at a time: enough that what is done once for each lot does not count, little enough for any machine.
LOT = 16_000_000
# A line longer than any row of these formats: such a file is something else.
LONGEST = 1_000_000


class Lines(NamedTuple):
    """Some lines of a file without their ends. `first`: number of the first, from 1; `share`: of the file that is
    read, 0 to 1."""

    first: int
    texts: list[str]
    share: float


def digest(path: Path) -> str:
    """SHA-256 of a file as it is, hex. Raises `InputError` if it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error


def read_lines(path: Path) -> Iterator[Lines]:
    """All lines of a file in order; bytes that are no UTF-8 are read as Windows-1252.

    Raises `InputError` if it cannot be read, is damaged, or has no lines.
    """
    try:
        with ExitStack() as stack:
            raw = stack.enter_context(path.open("rb"))
            size = max(path.stat().st_size, 1)
            yield from _lots(str(path), _unpacked(path, raw, stack), raw, size)
    except (EOFError, zlib.error, zipfile.BadZipFile) as error:
        raise InputError(str(path), f"is damaged: {error}") from error
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror or error}") from error


def _unpacked(path: Path, raw: BinaryIO, stack: ExitStack) -> BinaryIO:
    head = raw.read(4)
    raw.seek(0)
    if head.startswith(b"\x1f\x8b"):
        return cast(BinaryIO, stack.enter_context(gzip.GzipFile(fileobj=raw)))
    if head.startswith(b"PK\x03\x04"):
        packed = stack.enter_context(zipfile.ZipFile(raw))
        names = [each for each in packed.namelist() if not each.endswith("/")]
        if len(names) != 1:
            raise InputError(str(path), f"a zip of {len(names)} files; it should hold one")
        return cast(BinaryIO, stack.enter_context(packed.open(names[0])))
    return raw


def _lots(path: str, stream: BinaryIO, raw: BinaryIO, size: int) -> Iterator[Lines]:
    number, rest = 1, b""
    while True:
        data = stream.read(LOT)
        lines = (rest + data).split(b"\n")
        rest = lines.pop() if data else b""
        if not data and lines == [b""]:
            return
        if len(rest) > LONGEST:
            raise InputError(
                path, f"line {number + len(lines)} is longer than {LONGEST} bytes: no event data"
            )
        yield Lines(number, [_decoded(line) for line in lines], min(1.0, raw.tell() / size))
        number += len(lines)
        if not data:
            return


def _decoded(line: bytes) -> str:
    line = line.removesuffix(b"\r").replace(b"\0", b"")
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
