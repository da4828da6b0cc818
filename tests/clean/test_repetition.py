"""Notices that no phrase gives away are found by repetition while the rest differs."""

from __future__ import annotations

from reportedly.clean import clean, reclassify, repeated_blocks
from reportedly.model import Document, RawDocument

NOTICE = "Tarn Post lives from its readers, and the valley from its mills."


def made(name: str, *paragraphs: str) -> Document:
    doc = clean(RawDocument(data="\n\n".join(paragraphs).encode(), media_type="text/plain", name=name))
    assert isinstance(doc, Document)
    return doc


def story(n: int) -> list[str]:
    place = ["Tarn", "Orsk", "Venn", "Ridge", "Dorr"][n]
    return [
        f"{place} Counts Its Losses Again",
        f"The mill at {place} fell after {n + 3} weeks of siege, two officers of the {place} command said.",
        f"Water in {place} is short, and clinic number {n} is shut, according to the relief office there.",
    ]


def test_a_shared_notice_is_boilerplate_and_the_rest_is_not() -> None:
    docs = [made(f"{n}", *story(n), NOTICE) for n in range(4)]
    repeated = repeated_blocks(docs)
    assert len(repeated) == 1
    again = reclassify(docs[0], repeated)
    changed = [
        s.span.of(again.text) for s, old in zip(again.segments, docs[0].segments, strict=True) if s.kind != old.kind
    ]
    assert changed == [NOTICE]
    assert reclassify(again, frozenset()) is again


def test_reposts_share_everything_and_lose_nothing() -> None:
    docs = [made(f"{n}", *story(1), f"Seen at place number {n} on the road.") for n in range(6)]
    assert repeated_blocks(docs) == frozenset()


def test_two_documents_are_not_enough() -> None:
    assert repeated_blocks([made(f"{n}", *story(n), NOTICE) for n in range(2)]) == frozenset()
