"""Invented articles for the tests of copies."""

from __future__ import annotations

import random

import pytest

from reportedly.copies import plain_document
from reportedly.model import Document

SYLLABLES = [a + b for a in ("b", "d", "k", "l", "m", "n", "r", "s", "t", "v") for b in ("a", "e", "i", "o", "u", "an")]


def prose(seed: int, words: int = 120) -> str:
    """Sentences of invented words, the same for the same seed."""
    rng = random.Random(seed)
    out = []
    while sum(len(sentence.split()) for sentence in out) < words:
        some = ["".join(rng.choices(SYLLABLES, k=rng.choice((2, 3)))) for _ in range(rng.randint(8, 16))]
        out.append(" ".join(some).capitalize() + ".")
    return " ".join(out)


def article(name: str, text: str, **header: str) -> Document:
    """A document of the tests."""
    return plain_document(name, text, **header)  # type: ignore[arg-type]


@pytest.fixture
def archive() -> list[Document]:
    """Forty articles: own texts, reposts, passages, a shared notice, a quotation that two of them have."""
    docs = [
        article(f"n{i}", prose(i), published=f"2031-05-{1 + i % 9:02d}", outlet=f"Paper {i % 4}") for i in range(20)
    ]
    notice = prose(900, 30)
    for i in range(8):
        docs.append(article(f"b{i}", prose(50 + i) + "\n\n" + notice, outlet="Harbour Post", published="2031-05-20"))
    for i in range(6):
        docs.append(article(f"r{i}", prose(i) + ("\n\n" + notice if i % 2 else ""), published=f"2031-06-0{1 + i}"))
    for i in range(4):
        inner = " ".join(prose(i).split()[30:60])
        docs.append(article(f"p{i}", prose(70 + i, 60) + "\n\n" + inner + "\n\n" + prose(80 + i, 60)))
    said = " ".join(prose(500).split()[:14])
    docs += [article(f"q{i}", f'{prose(90 + i, 60)} "{said}" she said. {prose(95 + i, 60)}') for i in range(2)]
    return docs
