"""A byte stream that unpacks gzip as it is read and refuses to swell without bound."""

from __future__ import annotations

import io
import zlib
from typing import BinaryIO

GZIP_MAGIC = b"\x1f\x8b"
CHUNK = 1 << 16

# Text packs 3 to 20 times smaller, gzip's limit is 1,032: beyond this ratio (and size) a file is a bomb,
# not news.
# The size keeps small, very repetitive files readable.
BOMB_RATIO = 200
BOMB_BYTES = 50_000_000


class Opened:
    """Bounded reads over plain or packed bytes. Raises `zlib.error` for a damaged or bombing gzip,
    `EOFError` for
    one that is cut short."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._buffer = bytearray()
        self._ended = False
        self._packed_bytes = 0
        self._plain_bytes = 0
        head = stream.read(CHUNK)
        self.packed = head.startswith(GZIP_MAGIC)
        self._inflate = zlib.decompressobj(wbits=31) if self.packed else None
        self._pending = head
        self._take(head)

    def _take(self, data: bytes) -> None:
        if self._inflate is None:
            self._ended = self._ended or not data
            self._buffer += data
            return
        self._packed_bytes += len(data)
        if not data and not self._inflate.eof and not self._inflate.unconsumed_tail:
            raise EOFError("it ends before its end")
        data = self._inflate.unconsumed_tail + data
        if self._inflate.eof:
            # Members may follow one another; zeros or rubbish after the last one end the file,
            # as in gzip itself.
            data = self._inflate.unused_data + data
            if not data.startswith(GZIP_MAGIC):
                self._ended = True
                return
            self._inflate = zlib.decompressobj(wbits=31)
        plain = self._inflate.decompress(data, CHUNK * 16)
        self._plain_bytes += len(plain)
        if self._plain_bytes > BOMB_BYTES and self._plain_bytes > BOMB_RATIO * self._packed_bytes:
            raise zlib.error(f"it unpacks to more than {BOMB_RATIO} times its size")
        self._buffer += plain

    def _fill(self) -> None:
        if (self._inflate is not None and self._inflate.unconsumed_tail) or (
            self._inflate is not None and self._inflate.eof and self._inflate.unused_data
        ):
            self._take(b"")
        else:
            data = self._stream.read(CHUNK)
            if not data and self._inflate is not None and self._inflate.eof:
                self._ended = True
            else:
                self._take(data)

    def peek(self, size: int) -> bytes:
        """The next bytes without taking them; fewer than `size` only at the end."""
        while len(self._buffer) < size and not self._ended:
            self._fill()
        return bytes(self._buffer[:size])

    def read(self, size: int) -> bytes:
        """Up to `size` bytes; fewer only at the end."""
        data = self.peek(size)
        del self._buffer[: len(data)]
        return data

    def skip_blank(self) -> int:
        """Drop the white space that comes next and say how many line ends were in it: a bomb of empty lines
        would
        cost minutes one by one."""
        ends = 0
        while not self._ended or self._buffer:
            if not self._buffer:
                self._fill()
                continue
            blank = len(self._buffer) - len(self._buffer.lstrip())
            ends += self._buffer.count(b"\n", 0, blank)
            del self._buffer[:blank]
            if self._buffer:
                break
        return ends

    def readline(self, limit: int) -> bytes:
        """The next line with its end, or `limit` bytes of it; empty at the end."""
        searched = 0
        while (at := self._buffer.find(b"\n", searched)) < 0 and not self._ended:
            searched = len(self._buffer)
            if searched >= limit:
                break
            self._fill()
        size = min(limit, at + 1 if at >= 0 else len(self._buffer))
        line = bytes(self._buffer[:size])
        del self._buffer[:size]
        return line


def open_stream(stream: BinaryIO | io.BufferedReader) -> Opened:
    """Wrap a binary stream; packed or not is told by its first bytes."""
    return Opened(stream)
