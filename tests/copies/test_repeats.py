"""Boilerplate by repetition: it repeats while the rest differs; a repost shares everything."""

from __future__ import annotations

from tests.copies.conftest import article, prose

from reportedly.copies import find

NOTICE = prose(900, 40)


def test_a_notice_at_the_end_of_many_texts_is_no_copy() -> None:
    docs = [article(f"d{i}", prose(i) + "\n\n" + NOTICE) for i in range(6)]
    found = find(docs)
    assert found.links == ()
    texts = {doc.id: doc.text for doc in docs}
    assert len(found.repeated) == 6
    assert all(NOTICE[:-1] in block.span.of(texts[block.doc]) + "." for block in found.repeated)


def test_notices_cut_at_different_places_are_still_notices() -> None:
    words = NOTICE.split()
    docs = [article(f"d{i}", prose(i) + "\n\n" + " ".join(words[: 24 + 3 * i])) for i in range(6)]
    assert find(docs).links == ()


def test_in_one_outlet_a_block_may_stand_anywhere() -> None:
    docs = [article(f"d{i}", prose(i) + " " + NOTICE + " " + prose(60 + i), outlet="Harbour Post") for i in range(5)]
    assert find(docs).links == ()
    others = [article(f"d{i}", prose(i) + " " + NOTICE + " " + prose(60 + i), outlet=f"Paper {i}") for i in range(5)]
    assert {link.kind for link in find(others).links} == {"passage"}


def test_reposts_with_a_notice_stay_reposts() -> None:
    docs = [article(f"d{i}", prose(i) + "\n\n" + NOTICE, outlet="Harbour Post") for i in range(5)]
    docs += [article("r", prose(2) + "\n\n" + NOTICE, outlet="Mirror")]
    (link,) = find(docs).links
    assert link.kind == "verbatim"


def test_the_reposts_of_one_text_do_not_make_its_passage_boilerplate() -> None:
    inner = " ".join(prose(1).split()[-40:])
    docs = [article(f"w{i}", prose(1), published=f"2031-05-0{1 + i}") for i in range(4)]
    docs.append(article("host", prose(2) + "\n\n" + inner, published="2031-05-09"))
    found = find(docs)
    hosts = [link for link in found.links if link.kind == "passage"]
    assert len(hosts) == 4
    assert found.repeated == ()


def test_two_notices_in_one_text_are_both_notices() -> None:
    links = prose(901, 60)
    docs = [
        article(f"d{i}", prose(i, 100) + "\n\n" + NOTICE + "\n\n" + prose(20 + i, 12) + "\n\n" + links, outlet="Mirror")
        for i in range(6)
    ]
    found = find(docs)
    assert found.links == ()
    assert len(found.repeated) == 12
