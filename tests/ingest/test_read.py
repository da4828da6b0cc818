"""Files, folders, globs, JSON Lines, standard input: what is read, in which order, and what is set aside."""

from __future__ import annotations

import gzip
import io
import json
from pathlib import Path

import pytest

from reportedly.ingest import read, sniff
from reportedly.model import RawDocument, Reject
from reportedly.settings import IngestSettings

STORY = "The mill at Tarn fell on Monday, two officers said."


def run(*paths: str, stdin: bytes | None = None, **settings: object) -> list[RawDocument | Reject]:
    stream = io.BytesIO(stdin) if stdin is not None else None
    return list(read(paths, IngestSettings(**settings), stdin=stream))  # type: ignore[arg-type]


def line(**row: object) -> bytes:
    return json.dumps(row).encode() + b"\n"


def test_folders_are_read_in_one_order_without_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/z.txt", "a/c.md", ".hidden.txt", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(STORY)
    found = run(str(tmp_path))
    assert [Path(doc.name).name for doc in found if isinstance(doc, RawDocument)] == ["b.txt", "c.md", "z.txt"]
    assert [Path(doc.name).name for doc in run(str(tmp_path / "**/*.txt")) if isinstance(doc, RawDocument)] == [
        "z.txt",
        "b.txt",
    ]


def test_files_come_in_the_order_given_with_their_bytes(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes(b"\xef\xbb\xbfOne.\r\n")
    (tmp_path / "two.txt").write_bytes(gzip.compress(STORY.encode()))
    found = run(str(tmp_path / "two.txt"), str(tmp_path / "one.txt"))
    assert [doc.data for doc in found if isinstance(doc, RawDocument)] == [STORY.encode(), b"\xef\xbb\xbfOne.\r\n"]
    assert all(isinstance(doc, RawDocument) and doc.captured_at for doc in found)


def test_what_is_not_there_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    codes = [doc.code for doc in run(str(tmp_path / "gone.txt"), str(tmp_path / "none")) if isinstance(doc, Reject)]
    assert codes == ["not_found", "empty_folder"]


def test_an_unreadable_file_is_a_reject(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    (found,) = run(str(tmp_path / "loop"))
    assert isinstance(found, Reject)
    assert found.code == "unreadable"


def test_too_large_is_a_reject_before_it_is_held(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY * 100)
    (found,) = run(str(tmp_path / "a.txt"), max_bytes=1000)
    assert isinstance(found, Reject)
    assert found.code == "too_large"


def test_json_lines_keep_what_the_user_states() -> None:
    rows = line(id="a", text=STORY, published="2031-05-04", title="Mill Falls", authors=["Ana Reyk", "Tom Oll"], odd=1)
    (doc,) = run("-", stdin=rows)
    assert isinstance(doc, RawDocument)
    assert (doc.name, doc.data) == ("a", STORY.encode())
    assert doc.given == (
        ("id", "a"),
        ("title", "Mill Falls"),
        ("authors", "Ana Reyk"),
        ("authors", "Tom Oll"),
        ("published", "2031-05-04"),
    )


@pytest.mark.parametrize(
    ("bad", "code"),
    [
        (b"{nonsense\n", "json"),
        (b"[1, 2]\n", "json"),
        (b"\xff\xfe\n", "json"),
        (line(text=STORY), "json_id"),
        (line(id="  ", text=STORY), "json_id"),
        (line(id="a"), "json_text"),
        (line(id="a", text=5), "json_text"),
        (line(id="a", text=STORY, published="soon"), "json_published"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(bad: bytes, code: str) -> None:
    found = run("-", stdin=line(id="a", text=STORY) + b"\n" + bad + line(id="b", text=STORY))
    assert [type(doc).__name__ for doc in found] == ["RawDocument", "Reject", "RawDocument"]
    reject = found[1]
    assert isinstance(reject, Reject)
    assert (reject.code, reject.file) == (code, "-:3")
    assert "line 3" in reject.message


def test_a_line_past_the_limit_is_skipped_over() -> None:
    found = run("-", stdin=line(id="a", text="x" * 5000) + line(id="b", text=STORY), max_bytes=1000)
    assert [getattr(doc, "code", "ok") for doc in found] == ["too_large", "ok"]


def test_a_stream_of_other_things_is_given_up() -> None:
    found = run("-", stdin=b"Dear reader,\n" * 500)
    assert len(found) == 101
    assert isinstance(found[-1], Reject)
    assert found[-1].code == "not_jsonl"


def test_lone_surrogates_keep_offsets() -> None:
    (doc,) = run("-", stdin=b'{"id": "a", "text": "so \\ud800 it goes"}\n')
    assert isinstance(doc, RawDocument)
    assert doc.data.decode() == "so \ufffd it goes"


def test_packed_json_lines_and_standard_input_agree(tmp_path: Path) -> None:
    rows = line(id="a", text=STORY) + line(id="b", text=STORY)
    (tmp_path / "rows.jsonl.gz").write_bytes(gzip.compress(rows))
    from_file, from_pipe = run(str(tmp_path / "rows.jsonl.gz")), run("-", stdin=gzip.compress(rows))
    assert [doc.data for doc in from_file if isinstance(doc, RawDocument)] == [
        doc.data for doc in from_pipe if isinstance(doc, RawDocument)
    ]
    assert len(from_pipe) == 2


def test_the_general_day_goes_to_documents_without_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    rows = line(id="a", text=STORY) + line(id="b", text=STORY, published="2031-01-02")
    found = run(str(tmp_path / "a.txt"), "-", stdin=rows, published="2030-12-31")
    given = [dict(doc.given) for doc in found if isinstance(doc, RawDocument)]
    assert [row.get("published") or row.get("fallback_published") for row in given] == [
        "2030-12-31",
        "2030-12-31",
        "2031-01-02",
    ]


def test_reading_is_lazy() -> None:
    class Endless(io.RawIOBase):
        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            row = line(id="a", text=STORY)
            piece = (row * (len(buffer) // len(row) + 1))[: len(buffer) // len(row) * len(row)] or row[: len(buffer)]
            buffer[: len(piece)] = piece
            return len(piece)

    stream = read(["-"], IngestSettings(), stdin=io.BufferedReader(Endless()))  # type: ignore[type-var]
    assert [next(stream).__class__.__name__ for _ in range(50)] == ["RawDocument"] * 50


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"  \n<!DOCTYPE HTML><html>", "text/html"),
        (b"<div><p>The mill fell.</p></div>", "text/html"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel>", "application/rss+xml"),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'>", "application/rss+xml"),
        (b"# Mill Falls\n\nBy **Ana Reyk**", "text/markdown"),
        (b"The mill <u>fell</u> on Monday.", "text/plain"),
        (b"1 < 2 and 3 > 2", "text/plain"),
        (b"%PDF-1.4\n", "application/pdf"),
        (b"PK\x03\x04rest", "application/zip"),
        (b"\x00\x01\x02\x03" * 20, "application/octet-stream"),
        ("Tarn fell on Monday".encode("utf-16"), "text/plain"),
        (b'[{"id": 1}]', "application/json"),
        (b"", "text/plain"),
    ],
)
def test_kinds_are_found_by_content(head: bytes, kind: str) -> None:
    assert sniff(head) == kind
