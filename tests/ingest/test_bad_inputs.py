"""Every bad file gives rows with a reason, in bounded time, and no trace."""

from __future__ import annotations

import importlib.util
import resource
import time
from pathlib import Path
from types import ModuleType

import pytest

from reportedly.clean import clean
from reportedly.ingest import read
from reportedly.model import Document, RawDocument, Reject
from reportedly.settings import IngestSettings


def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bad_inputs", Path(__file__).with_name("bad_inputs.py"))
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


BAD = generator().MAKERS
SECONDS = 20
"""Ten on a machine of one's own; measuring coverage and shared cores double it."""
EXPECTED = {
    "empty.txt": "empty",
    "blank.txt": "empty",
    "binary.txt": "binary",
    "picture.txt": "binary",
    "nuls.txt": "binary",
    "long_line.txt": "too_long",
    "script_only.html": "empty",
    "broken.pdf": "pdf",
    "short.pdf": "pdf",
    "bomb.txt.gz": "bomb",
    "bomb_in_bomb.gz": "bomb",
    "cut.gz": "gzip",
    "not_gzip.gz": "gzip",
    "deep.jsonl": "json",
    "array.json": "not_jsonl",
    "empty_feed.xml": "feed",
    "open_feed.xml": "feed",
}
READABLE = {
    "broken_utf8.txt", "cp1252.txt", "utf16.txt", "utf16_no_mark.txt", "unknown_charset.html", "quotes.txt",
    "open_quotes.txt", "deep.html", "deep_inline.html", "open_tags.html", "open_comments.html", "ld_json.html",
}  # fmt: skip


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_a_row(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(BAD[name]())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    rows: list[Document | Reject] = []
    for raw in read([str(path)], IngestSettings()):
        rows.append(clean(raw) if isinstance(raw, RawDocument) else raw)
    assert time.process_time() - start < SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 600 * 1024
    assert rows
    for row in rows:
        assert isinstance(row, Document) or (row.code and row.message and row.file.startswith(str(path)))
    if name in EXPECTED:
        assert [row.code for row in rows if isinstance(row, Reject)][-1] == EXPECTED[name]
    if name in READABLE:
        assert isinstance(rows[0], Document)


def test_the_encodings_say_the_same(tmp_path: Path) -> None:
    texts = {}
    for name in ("cp1252.txt", "utf16.txt", "utf16_no_mark.txt"):
        (tmp_path / name).write_bytes(BAD[name]())
        (raw,) = read([str(tmp_path / name)], IngestSettings())
        assert isinstance(raw, RawDocument)
        doc = clean(raw)
        assert isinstance(doc, Document)
        texts[name] = doc.text
    assert "“We hold the mill,” she said – on Monday." in texts["cp1252.txt"]
    assert texts["utf16.txt"].lstrip("\ufeff") == texts["utf16_no_mark.txt"]
