"""What a file is, by its content; the name is asked only where the content leaves it open."""

from __future__ import annotations

import re

WINDOW = 16384
"""How many bytes are looked at."""

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "application/gzip"),
    (b"PK\x03\x04", "application/zip"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\x7fELF", "application/x-executable"),
    (b"MZ\x90", "application/x-executable"),
    (b"BZh", "application/x-bzip2"),
    (b"\xfd7zXZ", "application/x-xz"),
    (b"7z\xbc\xaf", "application/x-7z"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"SQLite format 3", "application/sqlite"),
    (b"OggS", "audio/ogg"),
    (b"ID3", "audio/mpeg"),
    (b"\xd0\xcf\x11\xe0", "application/msword"),
    (b"{\\rtf", "application/rtf"),
)
BOMS = ((b"\xff\xfe\x00\x00", "utf-32-le"), (b"\x00\x00\xfe\xff", "utf-32-be"), (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))  # fmt: skip
TEXTUAL = frozenset({"text/plain", "text/markdown", "text/html"})
FEED = re.compile(rb"<(?:rss|feed|(?:rdf:)?RDF)[\s>]", re.I)
HTML_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.I)
HTML_TAG = re.compile(
    rb"</?(?:p|div|article|section|main|table|ul|ol|h[1-6]|header|span|meta|title|script|link)[\s>/]", re.I
)
MARKDOWN = re.compile(rb"(?m)^#{1,6} |\[[^\]\n]{1,200}\]\([^)\s]{0,500}\)|\*\*[^*\n]{1,300}\*\*|^```")
CONTROL = bytes(sorted(set(range(32)) - {9, 10, 11, 12, 13, 27}))


def sniff(head: bytes, name: str = "") -> str:
    """The media type of a document that begins with `head`; "application/octet-stream" for binary junk.

    >>> sniff(b"%PDF-1.7 ..."), sniff(b"<!doctype html><p>Hi"), sniff(b'{"id": "a", "text": "b"}')
    ('application/pdf', 'text/html', 'application/x-ndjson')
    """
    head = head[:WINDOW]
    for magic, kind in MAGIC:
        if head.startswith(magic):
            return kind
    if b"%PDF-" in head[:1024]:
        return "application/pdf"
    wide = wide_encoding(head)
    if wide:
        head = head.decode(wide, "ignore").encode("utf-8", "ignore")
    if is_binary(head):
        return "application/octet-stream"
    return sniff_text(head.removeprefix(b"\xef\xbb\xbf").lstrip(), name.lower())


def sniff_text(head: bytes, name: str) -> str:
    """The kind of a text in an ASCII-like encoding."""
    if head.startswith(b"<"):
        if FEED.search(head) and not HTML_ROOT.search(head):
            return "application/rss+xml"
        if HTML_ROOT.search(head) or head.startswith(b"<?xml") or len(HTML_TAG.findall(head)) >= 2:
            return "text/html"
    if re.match(rb'\{\s*"', head) and not head.startswith(b"{\n"):
        return "application/x-ndjson"
    if name.removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        return "application/x-ndjson"
    if re.match(rb"\{\s*\"|\[\s*\{\s*\"", head):
        return "application/json"
    return "text/markdown" if MARKDOWN.search(head) else "text/plain"


def wide_encoding(head: bytes) -> str | None:
    """The name of a UTF-16 or UTF-32 encoding, by its mark or by where the zero bytes stand."""
    for bom, encoding in BOMS:
        if head.startswith(bom):
            return None if encoding == "utf-8" else encoding
    pairs = len(head) // 2
    if pairs < 8:
        return None
    even, odd = head[0 : 2 * pairs : 2].count(0), head[1 : 2 * pairs : 2].count(0)
    if odd > 0.4 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.4 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def is_binary(head: bytes) -> bool:
    """Whether control characters show that this is no text in any encoding."""
    if not head:
        return False
    controls = len(head) - len(head.translate(None, CONTROL))
    return b"\x00" in head or controls > 0.02 * len(head)
