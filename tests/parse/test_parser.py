"""The parser: offsets, sentences and what it sees."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import MissingPart
from reportedly.model import Document, Header, Parsed, Segment, Span
from reportedly.parse import Parser, eyes
from reportedly.parse.sentences import starts
from reportedly.settings import ParseSettings


@pytest.fixture(scope="module")
def parser() -> Parser:
    return Parser()


def document(text: str, *segments: Segment) -> Document:
    return Document(
        id="d", name="d", sha256="", media_type="text/plain", text=text, lang="en",
        segments=segments or (Segment(span=Span(0, len(text)), kind="body"),), header=Header(),
    )  # fmt: skip


def sentences(parsed: Parsed, text: str) -> list[str]:
    return [sentence.span.of(text) for sentence in parsed.sentences]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Gen. Oru left. He was tired.", 2),
        ('"Why?" he asked. Nobody knew.', 2),
        ('"Why now?" Maj. Oru asked. Nobody knew.', 2),
        ("“We left. We were tired,” he said.", 2),
        ("U.S. officials met. The U.N. said no.", 2),
        ("They came from the U.S. The envoy left.", 2),
        ("Figures rose to 3.5 percent... then fell.", 1),
        ("John F. Oru spoke. Then he left!", 2),
        ("She lives in Group B. The rest left.", 2),
        ("He left at 5 p.m. on Friday. She stayed.", 2),
        ("", 0),
    ],
)
def test_sentence_starts(text: str, count: int) -> None:
    assert len(starts(text)) == count


def test_closing_mark_belongs_to_its_sentence(parser: Parser) -> None:
    text = "“We left.” Nobody spoke."
    assert sentences(parser.parse(document(text)), text) == ["“We left.”", "Nobody spoke."]


def test_tokens_stand_where_they_say(parser: Parser) -> None:
    text = (
        "According to [Harbour News](#), (s)ources\u00a0near the *old* port admitted ``heavy losses''. "
        "She advocate(s) peace.\n\n# A heading\n\n"
    )
    parsed = parser.parse(document(text))
    words = [token.text for token in parsed.tokens]
    assert all(text[token.start : token.end] == token.text for token in parsed.tokens)
    assert "(s)ources" in words
    assert "advocate(s)" in words
    assert "old" in words
    assert "#" not in words
    source = next(token for token in parsed.tokens if token.text == "(s)ources")
    assert (source.lemma, source.pos) == ("source", "NOUN")
    assert all(
        child < len(words) and parsed.tokens[child].head == i for i, c in enumerate(parsed.children) for child in c
    )


def test_only_title_and_body_are_read(parser: Parser) -> None:
    text = "Port falls\n\nThe port fell.\n\nGreat news!"
    doc = document(
        text,
        Segment(span=Span(0, 12), kind="title"),
        Segment(span=Span(12, 28), kind="body"),
        Segment(span=Span(28, len(text)), kind="comment"),
    )
    parsed = parser.parse(doc)
    assert sentences(parsed, text) == ["Port falls", "The port fell."]
    assert [sentence.segment for sentence in parsed.sentences] == [0, 1]


def test_many_documents_come_back_in_order(parser: Parser) -> None:
    texts = [f"Camp {n} fell. It was empty." for n in range(20)]
    parses = list(parser.parse_many(document(text) for text in texts))
    assert [sentences(p, t)[0] for p, t in zip(parses, texts, strict=True)] == [f"Camp {n} fell." for n in range(20)]


def test_capitals_are_read_like_small_letters(parser: Parser) -> None:
    text = "ARMY SAYS REBELS HAVE FLED THE HARBOUR"
    parsed = parser.parse(document(text))
    assert [t.text for t in parsed.tokens if t.pos == "VERB"] == ["SAYS", "FLED"]


def test_a_very_long_line_is_read_in_pieces(parser: Parser) -> None:
    text = "The port fell on Friday. " * 800 + "x" * 15_000
    parsed = parser.parse(document(text))
    assert "".join(token.text for token in parsed.tokens) == text.replace(" ", "").rstrip("x")
    assert [note.code for note in parsed.notes] == ["not_prose"]


def test_quotation_marks_without_end_do_not_hang(parser: Parser) -> None:
    began = time.perf_counter()
    parsed = parser.parse(document('"' * 20_000))
    assert time.perf_counter() - began < 120
    assert "not_prose" in {note.code for note in parsed.notes}


def test_missing_model_is_named() -> None:
    with pytest.raises(MissingPart, match="no_such_model"):
        Parser(ParseSettings(model="no_such_model"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="ab .\n*_[](#)’“”\"'S\u200b\u00a0", max_size=60))
def test_any_text_keeps_its_offsets(text: str) -> None:
    doc = document(text)
    parsed = Parser().parse(doc)
    ends = 0
    for token in parsed.tokens:
        assert text[token.start : token.end] == token.text
        assert token.text
        assert token.start >= ends
        ends = token.end
    for sentence in parsed.sentences:
        assert sentence.span == Span(parsed.tokens[sentence.first].start, parsed.tokens[sentence.last - 1].end)


@given(st.text(max_size=80))
def test_a_view_has_an_offset_for_every_character(text: str) -> None:
    seen = eyes.view(text, Span(0, len(text)))
    assert len(seen.text) == len(seen.starts) == len(seen.ends)
    assert list(seen.starts) == sorted(seen.starts)
