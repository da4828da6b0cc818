"""Byte streams with an end: gzip is unpacked in pieces, and a file that would not stop is stopped."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 16
BOMB_RATIO = 200
"""More than this many bytes out of one byte in is no text that anybody wrote."""
BOMB_FLOOR = 1 << 22
MAX_LAYERS = 3


class Unreadable(Exception):
    """A stream cannot be read on; becomes a Reject. `code` is one word, the message says what and why."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Gunzip(io.RawIOBase):
    """The unpacked bytes of a gzip stream (all its members), with constant memory.

    Raises Unreadable on damaged data and on a stream that unpacks to more than 200 times its size.
    """

    def __init__(self, source: BinaryIO) -> None:
        self.source = source
        self.engine = zlib.decompressobj(wbits=31)
        self.taken = self.given = 0
        self.rest = b""
        self.ended = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill `buffer` with the next unpacked bytes; 0 at the end."""
        while True:
            piece = self.step(len(buffer))
            if piece:
                buffer[: len(piece)] = piece
                return len(piece)
            if self.ended:
                return 0

    def step(self, size: int) -> bytes:
        if not self.rest:
            self.rest = self.source.read(CHUNK)
            self.taken += len(self.rest)
            if not self.rest:
                if not self.engine.eof and self.given + self.taken:
                    raise Unreadable("gzip", "the gzip data end before the file is complete")
                self.ended = True
                return b""
        return self.unpack(size)

    def unpack(self, size: int) -> bytes:
        if self.engine.eof:
            if not self.rest.startswith(b"\x1f\x8b"):  # padding after the last member
                self.rest, self.ended = b"", True
                return b""
            self.engine = zlib.decompressobj(wbits=31)
        try:
            piece = self.engine.decompress(self.rest, size)
        except zlib.error as error:
            raise Unreadable("gzip", f"the gzip data are damaged ({error})") from None
        self.rest = self.engine.unused_data if self.engine.eof else self.engine.unconsumed_tail
        self.given += len(piece)
        if self.given > BOMB_FLOOR and self.given > BOMB_RATIO * self.taken:
            raise Unreadable("bomb", f"it unpacks to more than {BOMB_RATIO} times its size")
        return piece


class Opened:
    """A stream whose first bytes were looked at: `head` for sniffing, then `read`, `lines` or `all`."""

    def __init__(self, source: BinaryIO, window: int) -> None:
        self.source = source
        self.window = window
        self.head = self.fill(b"")
        for _ in range(MAX_LAYERS):
            if not self.head.startswith(b"\x1f\x8b"):
                break
            packed = io.BufferedReader(Pushed(self.head, self.source), CHUNK)
            self.source = io.BufferedReader(Gunzip(packed), CHUNK)
            self.head = self.fill(b"")

    def fill(self, head: bytes) -> bytes:
        while len(head) < self.window:
            piece = self.source.read(self.window - len(head))
            if not piece:
                break
            head += piece
        return head

    def all(self, limit: int) -> bytes:
        """Every byte. Raises Unreadable("too_large") past `limit` bytes."""
        parts, size = [self.head], len(self.head)
        while size <= limit:
            piece = self.source.read(CHUNK * 4)
            if not piece:
                return b"".join(parts)
            parts.append(piece)
            size += len(piece)
        raise Unreadable("too_large", f"it is larger than the limit of {limit:,} bytes (setting ingest.max_bytes)")

    def lines(self, limit: int) -> Iterator[tuple[int, bytes | None]]:
        """Number and bytes of each line that is not empty; None for one of more than `limit` bytes: it is skipped."""
        buffered = io.BufferedReader(Pushed(self.head, self.source), CHUNK)
        number = 0
        while True:
            line = buffered.readline(limit + 1)
            if not line:
                return
            number += 1
            if line == b"\n":
                continue
            if len(line) <= limit or line.endswith(b"\n"):
                yield number, line
                continue
            while line and not line.endswith(b"\n"):
                line = buffered.readline(CHUNK)
            yield number, None


class Pushed(io.RawIOBase):
    """`head` and then the rest of `source`."""

    def __init__(self, head: bytes, source: BinaryIO) -> None:
        self.head = head
        self.source = source

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """Fill `buffer`; 0 at the end."""
        piece, self.head = self.head[: len(buffer)], self.head[len(buffer) :]
        if not piece:
            piece = self.source.read(len(buffer)) or b""
        buffer[: len(piece)] = piece
        return len(piece)
