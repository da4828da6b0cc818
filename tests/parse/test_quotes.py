"""Quotation pairs: styles, nesting, paragraphs, broken marks, and time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.model import Note, Quote, Span
from reportedly.parse import quotes


def find(text: str) -> tuple[list[str], tuple[Quote, ...], tuple[Note, ...]]:
    paragraphs, at = [], 0
    for block in text.split("\n\n"):
        paragraphs.append(Span(at, at + len(block)))
        at += len(block) + 2
    found, notes = quotes.find(text, paragraphs)
    return [q.span.of(text) for q in found], found, notes


@pytest.mark.parametrize(
    ("opening", "closing"),
    [('"', '"'), ("“", "”"), ("‘", "’"), ("'", "'"), ("``", "''"), ("''", "''"), ("«", "»"), ("„", "“"), ("“", '"')],
)
def test_every_style_makes_a_pair(opening: str, closing: str) -> None:
    words, found, notes = find(f"The mayor said {opening}the bridge is gone{closing} on Friday.")
    assert words == [f"{opening}the bridge is gone{closing}"]
    assert found[0].closed
    assert notes == ()


def test_apostrophes_are_no_quotation_marks() -> None:
    words, _, notes = find("The rebels' camp wasn't theirs; the '90s weren't kind to Oru's men or the soldiers' wives.")
    assert words == []
    assert notes == ()


def test_possessive_inside_single_marks() -> None:
    words, _, _ = find("He called it ‘the rebels’ last stand’ and left.")
    assert words == ["‘the rebels’ last stand’"]


def test_nested_quotations_know_their_parent() -> None:
    words, found, _ = find("“She told me ‘go home’ twice,” he said.")
    assert words == ["“She told me ‘go home’ twice,”", "‘go home’"]
    assert [q.parent for q in found] == [None, 0]


def test_reopened_at_the_next_paragraph_continues() -> None:
    words, found, notes = find("“We held the ridge.\n\n“Then we left,” said Oru.")
    assert words == ["“We held the ridge.", "“Then we left,”"]
    assert [q.closed for q in found] == [False, True]
    assert found[1].continues == 0
    assert notes == ()


def test_closing_mark_in_the_next_paragraph_continues() -> None:
    words, found, _ = find('He said "taking into account our friends\n\nare late, we ask for calm.” Then he left.')
    assert words == ['"taking into account our friends', "are late, we ask for calm.”"]
    assert found[1].continues == 0


def test_unclosed_quotation_ends_with_its_paragraph_and_is_noted() -> None:
    words, found, notes = find('They admitted "losing many men.\n\nThe weather was fine.')
    assert words == ['"losing many men.']
    assert not found[0].closed
    assert [note.code for note in notes] == ["unclosed_quotation"]


def test_forgotten_closing_mark_before_a_new_quotation() -> None:
    words, found, notes = find('"We go. She stayed. "We stay," she said.')
    assert words[-1] == '"We stay,"'
    assert [q.closed for q in found] == [False, True]
    assert notes[0].code == "unclosed_quotation"


def test_stray_closing_mark_is_noted() -> None:
    _, found, notes = find("We go.” She stayed.")
    assert found == ()
    assert [note.code for note in notes] == ["stray_quotation_mark"]


def test_inches_are_not_noted() -> None:
    _, found, notes = find('The shell was 6" wide.')
    assert (found, notes) == ((), ())


@pytest.mark.parametrize("mark", ['"', "“", "”", "'", "‘", "’", "«", "''", ' "', '" ', "“‘", " '"])
def test_a_hundred_thousand_marks_take_linear_time(mark: str) -> None:
    began = time.perf_counter()
    _, found, notes = find(mark * 100_000)
    assert time.perf_counter() - began < 40
    assert len(found) + len(notes) <= 100_000 * len(mark) + 100


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="ab .,\n\"“”‘’'«»`s", max_size=80))
def test_any_marks_give_nested_spans_inside_the_text(text: str) -> None:
    _, found, _ = find(text)
    for number, quote in enumerate(found):
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        assert quote.span.of(text).strip()
        if quote.parent is not None:
            assert quote.parent < number
            assert found[quote.parent].span.covers(quote.span)
        if quote.continues is not None:
            assert found[quote.continues].span.end <= quote.span.start
