"""Links: recall, kinds, exact offsets, the same whatever the order and the workers."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.copies.conftest import article, prose

from reportedly.copies import find
from reportedly.model import CopyLink, Document
from reportedly.run.execute import Inline, LocalPool
from reportedly.settings import CopySettings


def between(links: tuple[CopyLink, ...], docs: list[Document], one: str, two: str) -> CopyLink | None:
    names = {doc.id: doc.name for doc in docs}
    return next((link for link in links if {names[link.a], names[link.b]} == {one, two}), None)


def test_a_repost_is_verbatim_and_whole() -> None:
    docs = [article("a", prose(1), published="2031-05-01"), article("b", prose(1), published="2031-05-03")]
    (link,) = find(docs).links
    assert (link.kind, link.coverage_a, link.coverage_b, link.direction) == ("verbatim", 1.0, 1.0, "a_to_b")
    ((one, two),) = link.passages
    assert one.of(docs[0].text) == docs[0].text == two.of(docs[1].text)


def edited(text: str, rate: float, seed: int) -> str:
    rng = random.Random(seed)
    out = []
    for word in text.split():
        if rng.random() >= rate:
            out.append(word)
        elif rng.random() < 0.6:
            out.append("ozk" + word[::-1])
    return " ".join(out)


@pytest.mark.parametrize("rate", [0.02, 0.1, 0.2])
def test_an_edited_repost_is_near(rate: float) -> None:
    docs = []
    for seed in range(20):
        docs += [article(f"a{seed}", prose(seed)), article(f"b{seed}", edited(prose(seed), rate, seed))]
    links = find(docs).links
    for seed in range(20):
        link = between(links, docs, f"a{seed}", f"b{seed}")
        assert link is not None
        assert link.kind in ("near", "verbatim")
        assert min(link.coverage_a, link.coverage_b) > 0.5


def test_a_passage_is_found_to_the_word_and_with_its_marks() -> None:
    stretch = " ".join(prose(3).split()[20:50]).rstrip(".")
    host = f"{prose(11)}\n\n({stretch})\n\n{prose(12)}"
    docs = [article("a", prose(3)), article("b", host)]
    (link,) = find(docs).links
    assert link.kind == "passage"
    texts = {doc.id: doc.text for doc in docs}
    ((one, two),) = link.passages
    assert one.of(texts[link.a]) == two.of(texts[link.b]) == stretch


def test_a_quotation_in_both_is_no_copy_of_the_document() -> None:
    said = " ".join(prose(5).split()[:12])
    docs = [article("a", f'{prose(21)} "{said}" he said.'), article("b", f"{prose(22)} “{said}” he said.")]
    (link,) = find(docs).links
    assert (link.kind, link.direction) == ("quote_shared", "unknown")
    assert find(docs).families == ()


def test_a_short_phrase_counts_only_where_somebody_quotes_it() -> None:
    said = " ".join(prose(5).split()[:8])
    plain = [article("a", f"{prose(21)} Then {said} then. {prose(23)}"), article("b", f"{prose(22)} So {said} so.")]
    assert find(plain).links == ()
    quoting = [plain[0], article("b", f'{prose(22)} "{said}" he said.')]
    assert [link.kind for link in find(quoting).links] == ["passage"]


def test_a_big_wire_story_keeps_all_its_copies() -> None:
    docs = [article(f"w{i:03}", prose(1), published=f"2031-05-{1 + i // 10:02d}") for i in range(150)]
    found = find(docs)
    (family,) = found.families
    assert len(family.members) == 150
    assert len(found.links) == 149  # a star, not 150·149/2 pairs
    assert found.sources[family.members[0]].begins == "2031-05-01"


def test_a_form_filled_in_twice_is_no_copy() -> None:
    def form(a: int, b: int, c: int, d: int) -> str:
        return (
            f"Sales of the harbour company of Kessar rose {a} per cent to {b} million crowns in the five weeks to May "
            f"{c} from {d} million crowns in the same weeks of the year before."
        )

    docs = [
        article("a", prose(1) + form(4, 18, 3, 17) + prose(2)),
        article("b", prose(3) + form(7, 25, 9, 22) + prose(4)),
    ]
    assert find(docs).links == ()
    docs[1] = article("b", prose(3) + form(4, 18, 3, 16) + prose(4))  # one figure changed: a copy
    assert len(find(docs).links) == 1


def test_set_phrases_are_no_copies() -> None:
    phrase = "a spokesman for the ministry told reporters in the capital on Tuesday"
    docs = [article(f"d{i}", f"{prose(i)} And {phrase}. {prose(40 + i)}") for i in range(9)]
    assert find(docs).links == ()


def test_empty_and_tiny_input() -> None:
    assert find([]).links == ()
    assert find([article("a", ""), article("b", "one two"), article("c", "one two")]).links == ()
    assert find([], executor=Inline()).links == ()


def same(one: Any, two: Any) -> bool:
    return bool(
        one.links == two.links
        and one.families == two.families
        and one.repeated == two.repeated
        and one.sources == two.sources
    )


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_the_documents_makes_no_difference(seed: int) -> None:
    docs = _collection()
    mixed = docs[:]
    random.Random(seed).shuffle(mixed)
    assert same(find(docs), find(mixed))


def _collection() -> list[Document]:
    docs = [article(f"n{i}", prose(i, 60), published=f"2031-05-{1 + i % 9:02d}") for i in range(10)]
    docs += [article(f"r{i}", edited(prose(i % 4, 60), 0.1, i)) for i in range(10)]
    docs += [article(f"w{i}", prose(2, 60) + (prose(700 + i, 20) if i % 3 else "")) for i in range(70)]
    return docs


def test_the_number_of_workers_makes_no_difference(archive: list[Document]) -> None:
    alone = find(archive)
    assert alone.links
    assert same(alone, find(archive, executor=Inline()))
    assert same(alone, find(archive, CopySettings(), executor=LocalPool(workers=2)))


def test_words_from_the_middle_of_a_quotation_are_a_way_of_saying() -> None:
    said = prose(600).split()[:40]
    part = " ".join(said[15:24])

    def linked(quotation: str) -> bool:
        quoting = article("quoting", f'{prose(601, 60)}\n\nShe said: "{quotation}" and left.\n\n{prose(602, 60)}')
        telling = article("telling", f"{prose(603, 60)}\n\nOrun {part} tabor.\n\n{prose(604, 60)}")
        return bool(find([quoting, telling]).links)

    assert linked(part)
    assert not linked(" ".join(said))
