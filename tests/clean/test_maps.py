"""Every word has its place in the raw bytes, in every encoding and through every layer of markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.clean import clean, raw_span
from reportedly.clean.decode import Undecodable, decode
from reportedly.clean.mapped import composed, raw_range
from reportedly.clean.markup import flatten
from reportedly.model import Document, RawDocument, RawRun, Span

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
WORDS = st.lists(
    st.sampled_from("mill fell “Tarn” Zaïr – Ørsk & < > 中文 👍 said the".split()), min_size=1, max_size=30
)
TAGS = st.lists(
    st.sampled_from(["<p>", "</p>", "<b>", "</b>", "<br>", "<!-- x -->", "<a href='x'>", "</a>", "\n", " ", "</div>"]),
    max_size=30,
)


def words(doc: Document) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"\w+", doc.text)]


@given(TEXT)
def test_utf8_is_decoded_as_stored_and_maps_back(text: str) -> None:
    data = text.encode()
    found, runs, _ = decode(data, "text/plain; charset=utf-8") if b"\x00" not in data else (text, (), "")
    if not runs:
        return
    assert found == text
    for i in range(0, len(text), 7):
        where = raw_range(runs, i, min(i + 5, len(text)))
        assert where is not None
        assert data[where[0] : where[1]].decode() == text[i : i + 5]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "cp1252", "shift_jis", "koi8-r"])
def test_words_of_other_encodings_map_back(encoding: str) -> None:
    said = {
        "shift_jis": "The 工場 mill fell on Monday, officers said. ",
        "koi8-r": "The мельница mill fell on Monday. ",
    }
    text = said.get(encoding, "The mill “fell” – on Monday, officers in Tarn said. ") * 20
    data = ("\ufeff" + text).encode(encoding) if "utf" in encoding else text.encode(encoding)
    doc = clean(RawDocument(data=data, media_type=f"text/plain; charset={encoding}", name="a"))
    assert isinstance(doc, Document)
    assert doc.text.lstrip("\ufeff") == text
    for span in words(doc):
        where = raw_span(doc, span)
        assert where is not None
        assert data[where[0] : where[1]].decode(encoding) == span.of(doc.text)


def test_damaged_utf8_keeps_the_rest_in_place() -> None:
    data = ("The mill “fell” on Monday, officers said. " * 20).encode() + b"\xff\xfe" + b" Then \xe2\x80 it rained."
    text, runs, encoding = decode(data, "text/plain")
    assert encoding == "utf-8 (damaged)"
    where = raw_range(runs, text.index("rained"), text.index("rained") + 6)
    assert where is not None
    assert data[where[0] : where[1]] == b"rained"
    doc = clean(RawDocument(data=data, media_type="text/plain", name="a"))
    assert isinstance(doc, Document)
    assert [note.code for note in doc.notes if note.code == "encoding"]


def test_bytes_that_lie_about_themselves() -> None:
    with pytest.raises(Undecodable):
        decode(b"\xff\xfe" + b"\x00\xd8" * 200, "text/plain")


@given(WORDS, TAGS, st.randoms())
@settings(max_examples=150)
def test_flattened_text_comes_from_the_source(said: list[str], tags: list[str], random: object) -> None:
    pieces = [html.escape(word) if i % 3 else word for i, word in enumerate(said)]
    for tag in tags:
        pieces.insert(random.randrange(len(pieces) + 1), tag)  # type: ignore[attr-defined]
    source = " ".join(pieces)
    flat = flatten(source)
    covered = 0
    for run in flat.runs:
        assert run.start >= covered
        covered = run.end
        assert html.unescape(source[run.raw_start : run.raw_end]) == flat.text[run.start : run.end]
    ends = [block.end for block in flat.blocks]
    assert ends == sorted(ends)
    assert all(flat.text[block.start : block.end].strip() for block in flat.blocks)
    outside = set(range(len(flat.text))) - {i for run in flat.runs for i in range(run.start, run.end)}
    assert all(flat.text[i].isspace() for i in outside)


@given(TEXT)
def test_flattening_takes_anything(source: str) -> None:
    flat = flatten("<p>" + source)
    assert all(0 <= run.raw_start <= run.raw_end <= len(source) + 3 for run in flat.runs)


def test_composition_goes_through_entities_and_wide_characters() -> None:
    inner = (RawRun(0, 2, 0, 2), RawRun(2, 3, 2, 5), RawRun(3, 6, 5, 8))
    outer = (RawRun(0, 1, 1, 4), RawRun(1, 3, 4, 6))
    assert composed(outer, inner) == (RawRun(0, 1, 1, 6), RawRun(1, 3, 6, 8))
    assert raw_range(inner, 9, 12) is None


@given(TEXT)
@settings(max_examples=150)
def test_segments_cover_any_text(text: str) -> None:
    doc = clean(
        RawDocument(
            data=("The mill fell on Monday, they said. " + text).encode(),
            media_type="text/plain; charset=utf-8",
            name="a",
        )
    )
    if isinstance(doc, Document):
        assert "".join(segment.span.of(doc.text) for segment in doc.segments) == doc.text
        assert all(segment.span.of(doc.text).strip() for segment in doc.segments if segment.kind != "separator")
