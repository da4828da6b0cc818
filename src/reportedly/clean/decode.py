"""Bytes to characters, each with its place among the bytes."""

from __future__ import annotations

import codecs
import re

from reportedly.clean.mapped import joined
from reportedly.model import RawRun

WIDTHS = re.compile("[\x00-\x7f]+|[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+")
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.I)
XML_CHARSET = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]{2,40})", re.I)
PARAMETER = re.compile(r"charset\s*=\s*\"?([A-Za-z0-9_:.-]{2,40})", re.I)
SAMPLE = 1 << 16
LEAST = 64
"""Fewer bytes than this say nothing about their encoding by statistics."""
MOSTLY = 0.005
"""A text with no more than this share of broken bytes is UTF-8 with damage, not another encoding."""


class Undecodable(Exception):
    """No encoding makes text of the bytes."""


def decode(data: bytes, media_type: str) -> tuple[str, tuple[RawRun, ...], str]:
    """Text, its map to `data`, and the encoding. A byte-order mark stays as the first character.

    Tried in this order: a mark at the start, UTF-8, what the carrier or the page declares, the shape of UTF-16, what
    charset-normalizer finds, Windows-1252. Raises Undecodable.

    >>> decode("Zaïr".encode("cp1252"), "text/plain")[0]
    'Zaïr'
    """
    wide = wide_encoding(data)
    if wide:
        return decode_wide(data, wide)
    try:
        text = data.decode("utf-8")
        return text, utf8_runs(text), "utf-8"
    except UnicodeDecodeError:
        damaged = decode_damaged(data)
    if damaged:
        return damaged
    for encoding in candidates(data, media_type):
        found = decode_as(data, encoding)
        if found:
            return found
    raise Undecodable("no encoding makes text of the bytes")


def wide_encoding(data: bytes) -> str | None:
    """UTF-16 or UTF-32 by the mark, or UTF-16 by where the zero bytes stand."""
    for mark, encoding in ((codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
                           (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):  # fmt: skip
        if data.startswith(mark):
            return encoding
    head = data[:SAMPLE]
    pairs = len(head) // 2
    if pairs < 8 or b"\x00" not in head:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.4 * pairs and odd < 0.05 * pairs else None


def utf8_runs(text: str, base: int = 0, at: int = 0) -> tuple[RawRun, ...]:
    """The map of a text that was decoded from UTF-8 bytes which begin at `base`; the text begins at character `at`."""
    if text.isascii():
        return (RawRun(at, at + len(text), base, base + len(text)),) if text else ()
    runs = []
    for match in WIDTHS.finditer(text):
        char = ord(match.group()[0])
        width = 1 if char < 0x80 else 2 if char < 0x800 else 3 if char < 0x10000 else 4
        size = match.end() - match.start()
        runs.append(RawRun(at + match.start(), at + match.end(), base, base + size * width))
        base += size * width
    return tuple(runs)


def decode_damaged(data: bytes) -> tuple[str, tuple[RawRun, ...], str] | None:
    """UTF-8 with a few broken bytes, each shown as U+FFFD; None where too many are broken."""
    replaced = data.decode("utf-8", "replace")
    broken, wide = replaced.count("\ufffd"), len(data) - len(replaced)
    if broken > MOSTLY * len(data) + 1 or (broken and wide < broken and len(data) > 200 and broken > 3):
        return None
    if wide < 2 * broken:
        return None  # hardly a multi-byte character came out right: a one-byte encoding is likelier
    parts: list[str] = []
    runs: list[RawRun] = []
    view, at, start = memoryview(data), 0, 0
    while start < len(data):
        try:
            good, stop, size = codecs.utf_8_decode(view[start:], "strict", True)[0], len(data), 0
        except UnicodeDecodeError as error:
            stop, size = start + error.start, error.end - error.start
            good = codecs.utf_8_decode(view[start:stop], "strict", True)[0]
        runs.extend(utf8_runs(good, start, at))
        parts.append(good)
        at += len(good)
        if size:
            parts.append("\ufffd")
            runs.append(RawRun(at, at + 1, stop, stop + size))
            at += 1
        start = stop + size
    return "".join(parts), joined(runs), "utf-8 (damaged)"


def candidates(data: bytes, media_type: str) -> list[str]:
    """Names of encodings worth trying, the likeliest first."""
    found = [match.group(1) for match in [PARAMETER.search(media_type)] if match]
    for pattern in (CHARSET, XML_CHARSET):
        match = pattern.search(data[:4096])
        if match:
            found.append(match.group(1).decode("ascii"))
    if len(data) >= LEAST and not western(data[:SAMPLE]):
        from charset_normalizer import from_bytes

        best = from_bytes(data[:SAMPLE], steps=5, chunk_size=512).best()
        if best:
            found.append(best.encoding)
    return [*found, "cp1252", "latin-1"]


def western(head: bytes) -> bool:
    """Whether Windows-1252 is likely on sight: few high bytes."""
    high = len(head) - len(head.translate(None, bytes(range(128, 256))))
    return high <= 0.05 * len(head)


def decode_as(data: bytes, encoding: str) -> tuple[str, tuple[RawRun, ...], str] | None:
    """The text in a one-byte or multi-byte encoding, or None where it does not fit."""
    try:
        name = codecs.lookup(encoding).name
        name = "cp1252" if name in ("iso8859-1", "ascii") else name
        text = data.decode(name)
    except (LookupError, UnicodeError, ValueError):
        return None
    if not isinstance(text, str):
        return None
    if len(text) == len(data):
        return text, (RawRun(0, len(text), 0, len(data)),), name
    return text, multibyte_runs(text, name, len(data)), name


def multibyte_runs(text: str, encoding: str, size: int) -> tuple[RawRun, ...]:
    """The map of a text in a multi-byte encoding, character by character."""
    runs, at = [], 0
    for i, char in enumerate(text):
        width = len(char.encode(encoding, "replace"))
        runs.append(RawRun(i, i + 1, min(at, size), min(at + width, size)))
        at += width
    return joined(runs)


def decode_wide(data: bytes, encoding: str) -> tuple[str, tuple[RawRun, ...], str]:
    """UTF-16 or UTF-32 text. Raises Undecodable where most of it is broken."""
    text = data.decode(encoding, "replace")
    if text.count("\ufffd") > MOSTLY * len(text) + 2:
        raise Undecodable(f"the bytes begin like {encoding} but are not")
    unit = 4 if "32" in encoding else 2
    runs, at = [], 0
    for match in re.finditer("[^\U00010000-\U0010ffff]+|[\U00010000-\U0010ffff]+", text):
        length = match.end() - match.start()
        width = 4 if unit == 4 or ord(match.group()[0]) > 0xFFFF else 2
        runs.append(RawRun(match.start(), match.end(), at, min(at + width * length, len(data))))
        at += width * length
    return text, tuple(runs), encoding
