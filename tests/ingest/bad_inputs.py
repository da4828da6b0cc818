"""Files that nobody should be able to trip the program with, made when a test asks for them."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

SENTENCE = b"The mill at Tarn was shelled for nine hours on Monday, two officers of the northern command said. "


def broken_pdf() -> bytes:
    """A PDF that ends in the middle of its objects."""
    return b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [3 0" + bytes(
        900
    )


def zip_bomb() -> bytes:
    """A quarter of a gigabyte of zeros in as many kilobytes of gzip, made without holding them."""
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    out, zeros = io.BytesIO(), bytes(1 << 20)
    for _ in range(256):
        out.write(engine.compress(zeros))
    out.write(engine.flush())
    return out.getvalue()


def bomb_in_bomb() -> bytes:
    """A bomb packed again, so that the first layer looks small."""
    return gzip.compress(gzip.compress(bytes(1 << 26)), mtime=0)


def endless_lines() -> bytes:
    """JSON Lines of nothing but empty lines, 64 megabytes of them in 64 kilobytes."""
    engine = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = engine.compress(b'{"id": "a", "text": "' + SENTENCE + b'"}\n')
    body = b"".join(engine.compress(b"\n" * (1 << 20)) for _ in range(64))
    return head + body + engine.flush()


MAKERS: dict[str, Callable[[], bytes]] = {
    "empty.txt": lambda: b"",
    "blank.txt": lambda: b" \n\t\n " * 1000,
    "binary.txt": lambda: bytes(range(256)) * 4000,
    "picture.txt": lambda: b"\x89PNG\r\n\x1a\n" + bytes(2000),
    "nuls.txt": lambda: bytes(1 << 20),
    "broken_utf8.txt": lambda: (SENTENCE * 20) + b"\xff\xfe\xc3" + SENTENCE * 20,
    "cp1252.txt": lambda: ("“We hold the mill,” she said – on Monday. " * 30).encode("cp1252"),
    "utf16.txt": lambda: ("\ufeff" + SENTENCE.decode() * 20).encode("utf-16-le"),
    "utf16_no_mark.txt": lambda: (SENTENCE.decode() * 20).encode("utf-16-be"),
    "odd_utf16.txt": lambda: b"\xff\xfe" + SENTENCE * 3 + b"x",
    "latin_lie.html": lambda: b"<meta charset=utf-8><p>" + ("Zaïr fell – they said. " * 30).encode("cp1252") + b"</p>",
    "unknown_charset.html": lambda: b"<meta charset=klingon-9><p>" + b"The town f\xe9ll on Monday, they said. " * 20,
    "long_line.txt": lambda: SENTENCE * (50_000_000 // len(SENTENCE)),
    "long_word.txt": lambda: b"a" * 1_900_000,
    "quotes.txt": lambda: SENTENCE + b'"' * 100_000 + SENTENCE,
    "open_quotes.txt": lambda: (b'"' + SENTENCE) * 3000,
    "brackets.txt": lambda: SENTENCE + b"[" * 300_000 + b"(" * 300_000 + SENTENCE,
    "stars.txt": lambda: SENTENCE + b"* _" * 200_000 + SENTENCE,
    "dots.txt": lambda: SENTENCE + b"a." * 300_000 + b"@" * 1000 + SENTENCE,
    "dashes.txt": lambda: SENTENCE + b"a-" * 300_000 + SENTENCE,
    "many_lines.txt": lambda: b"Kessar\n" * 50_000,
    "many_dates.txt": lambda: b"May 4, 2031 2:35 AM\n\n" * 6_000,
    "deep.html": lambda: b"<html><body>" + b"<div>" * 100_000 + b"<p>" + SENTENCE + b"</p>",
    "deep_inline.html": lambda: b"<html><body><p>" + b"<b><i>" * 60_000 + SENTENCE,
    "open_tags.html": lambda: b"<html><body><p>" + SENTENCE + b"<b " * 400_000,
    "open_comments.html": lambda: b"<html><body><p>" + SENTENCE + b"<!-- " * 200_000,
    "open_scripts.html": lambda: b"<html><body><p>" + SENTENCE + b"</p>" + b"<svg><select>" * 60_000,
    "odd_quotes.html": lambda: b"<html><body><p>" + SENTENCE + b'<a b=\'"c"><i d=">' * 50_000,
    "entities.html": lambda: b"<html><body><p>" + SENTENCE + b"&amp;&#0;&#xffffff;&nosuch" * 15_000,
    "wide_table.html": lambda: b"<html><table>" + b"<tr><td>Kessar</td><td>9</td></tr>" * 15_000,
    "ld_json.html": lambda: (
        b"<html><script type=application/ld+json>" + b"[" * 100_000 + b"</script><p>" + SENTENCE * 3
    ),
    "script_only.html": lambda: b"<!doctype html><script>" + b"x=1;" * 100_000,
    "broken.pdf": broken_pdf,
    "short.pdf": lambda: b"%PDF-1.4",
    "bomb.txt.gz": zip_bomb,
    "bomb_in_bomb.gz": bomb_in_bomb,
    "endless.jsonl.gz": endless_lines,
    "cut.gz": lambda: gzip.compress(SENTENCE * 1000, mtime=0)[:-60],
    "not_gzip.gz": lambda: b"\x1f\x8b" + SENTENCE,
    "broken.jsonl": lambda: b'{"id": 1, "text": "a"}\n{"id": \n[1]\n{"text": "no id"}\n{"id": "x"}\n\xff\xfe\n',
    "deep.jsonl": lambda: b'{"id": "a", "text": ' + b"[" * 200_000 + b"\n",
    "hopeless.jsonl": lambda: b"not json at all\n" * 5000,
    "array.json": lambda: b'[{"id": "a", "text": "b"}]',
    "empty_feed.xml": lambda: b"<?xml version='1.0'?><rss><channel></channel></rss>",
    "open_feed.xml": lambda: b"<rss><channel>" + b"<item><title>Kessar</title>" * 20_000,
    "feed_bomb.xml": lambda: b"<!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>]><rss><item><title>&a;</title></item></rss>",
}
"""File name → bytes."""


def write(folder: Path) -> Iterator[Path]:
    """Write the bad files into `folder`, one after the other."""
    for name, make in MAKERS.items():
        path = folder / name
        path.write_bytes(make())
        yield path
