"""Words: folding, offsets, quotation marks, channels."""

from __future__ import annotations

import re

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.copies import plain_document
from reportedly.copies.words import (
    CHUNK,
    bits_of,
    distinct_pairs,
    documents_of,
    gather,
    ragged,
    tabulate,
    word_bits,
)
from reportedly.model import Document, Header, Segment, Span

ALPHABET = "ab é'’ß 1,2\n\"“”-.\u0301\u200b中文Жя"


def words_of(text: str) -> list[str]:
    table = tabulate([plain_document("d", text)])
    return [text[s : s + n] for s, n in zip(table.start.tolist(), table.size.tolist(), strict=True)]


def test_words_keep_their_places() -> None:
    assert words_of("Two-thirds of Kessar’s 2,500 men") == ["Two", "thirds", "of", "Kessar’s", "2,500", "men"]


def test_case_accents_apostrophes_and_commas_in_figures_fold() -> None:
    one = tabulate([plain_document("a", "CAFÉ Kessar's 2,500 cafe\u0301")])
    two = tabulate([plain_document("b", "cafe Kessar’s 2500 Café")])
    assert one.hash.tolist() == two.hash.tolist()
    assert len(set(one.hash.tolist()[:3])) == 3


def test_ideographs_are_words_of_their_own() -> None:
    assert words_of("中文ab 新") == ["中", "文", "ab", "新"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(ALPHABET, max_size=40), max_size=6))
def test_any_text_gives_ordered_words_inside_it(texts: list[str]) -> None:
    docs = [plain_document(str(i), text) for i, text in enumerate(texts)]
    table = tabulate(docs)
    assert table.documents == len(docs) or not docs
    for number, text in enumerate(texts):
        alone = tabulate([docs[number]])
        here = slice(*table.bounds[number : number + 2].tolist())
        for column in range(4):  # a document's words do not depend on its neighbours
            assert table[column][here].tolist() == alone[column].tolist()
        at = 0
        for start, size in zip(alone.start.tolist(), alone.size.tolist(), strict=True):
            assert at <= start < start + size <= len(text)
            assert any(char.isalnum() for char in text[start : start + size])
            at = start + size


@settings(max_examples=50, deadline=None)
@given(st.text("abc XYZ,.\n", max_size=80))
def test_plain_words_are_what_a_regular_expression_finds(text: str) -> None:
    assert words_of(text) == re.findall(r"[A-Za-z]+", text)


def quoted(text: str) -> list[str]:
    table = tabulate([plain_document("d", text)])
    return [
        text[s : s + n]
        for s, n, q in zip(table.start.tolist(), table.size.tolist(), table.quoted.tolist(), strict=True)
        if q
    ]


def test_quotation_marks_of_all_shapes() -> None:
    assert quoted('He said "we hold" it.') == ["we", "hold"]
    assert quoted("“We hold” it, «they say» so") == ["We", "hold", "they", "say"]
    assert quoted("He said ''we hold'' it") == ["we", "hold"]
    assert quoted("Don't call it the mayor's town") == []


def test_an_open_quotation_ends_with_its_paragraph() -> None:
    assert quoted("“We hold.\n\nNothing else.") == ["We", "hold"]


def test_only_the_channel_is_read() -> None:
    text = "Body words here. Notice words. A comment."
    kinds = (Span(0, 16), "body"), (Span(16, 30), "boilerplate"), (Span(30, 41), "comment")
    doc = Document(
        id="d", name="d", sha256="", media_type="text/plain", text=text, lang="en", header=Header(),
        segments=tuple(Segment(span=span, kind=kind) for span, kind in kinds),  # type: ignore[arg-type]
    )  # fmt: skip
    assert tabulate([doc]).start.tolist() == [0, 5, 11]
    assert tabulate([doc], channel="boilerplate").start.tolist() == [17, 24]


def test_a_text_longer_than_a_chunk() -> None:
    text = "kessar " * (CHUNK // 7 * 2) + "x" * (CHUNK + 50)
    table = tabulate([plain_document("a", "one"), plain_document("long", text), plain_document("z", "two")])
    assert len(set(table.hash[1 : 1 + CHUNK // 7].tolist())) == 1
    assert table.start[table.bounds[1] + 1000] == 7000
    assert table.start[-1] == 0


def test_documents_of_places() -> None:
    bounds = np.array([0, 0, 70, 71, 71, 9000])
    places = np.arange(9000)
    assert documents_of(bounds, places).tolist() == (np.searchsorted(bounds, places, side="right") - 1).tolist()


def test_small_tools() -> None:
    assert ragged(np.array([4, 1]), np.array([0, 2])).tolist() == [1, 2]
    one, two = distinct_pairs(np.array([2, 1, 2]), np.array([0, 5, 0]))
    assert (one.tolist(), two.tolist()) == ([1, 2], [5, 0])
    assert bits_of("the") < bits_of("police") < bits_of("kessarine")
    assert word_bits().max() == bits_of("kessarine")
    table = tabulate([plain_document("a", "one two"), plain_document("b", "three")])
    picked = gather([(table, np.array([1])), (table, np.array([0]))])
    assert picked.hash.tolist() == [*table.hash[2:].tolist(), *table.hash[:2].tolist()]
