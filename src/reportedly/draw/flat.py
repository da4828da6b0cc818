"""Overlapping spans as flat pieces: each stretch of text once, with the numbers of all spans that cover it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple, TypeVar

from reportedly.model import Span

M = TypeVar("M")


class Piece(NamedTuple):
    """`text[start:end]` and the marks on it, in the order in which they were given."""

    start: int
    end: int
    marks: tuple[object, ...]


def flat(within: Span, marked: Iterable[tuple[Span, M]]) -> Iterator[Piece]:
    """Cut `within` wherever a mark begins or ends: pieces without gap or overlap, in text order.

    >>> [tuple(piece) for piece in flat(Span(0, 9), [(Span(2, 6), "a"), (Span(4, 9), "b")])]
    [(0, 2, ()), (2, 4, ('a',)), (4, 6, ('a', 'b')), (6, 9, ('b',))]
    """
    inside = [
        (max(span.start, within.start), min(span.end, within.end), n, mark)
        for n, (span, mark) in enumerate(marked)
        if span.start < within.end and within.start < span.end and span.start < span.end
    ]
    opens: dict[int, list[tuple[int, M]]] = {}
    closes: dict[int, list[int]] = {}
    for start, end, n, mark in inside:
        opens.setdefault(start, []).append((n, mark))
        closes.setdefault(end, []).append(n)
    edges = sorted({within.start, within.end, *opens, *closes})
    held: dict[int, M] = {}
    for start, end in pairwise(edges):
        for n in closes.get(start, ()):
            held.pop(n, None)
        held.update(opens.get(start, ()))
        yield Piece(start, end, tuple(held[n] for n in sorted(held)))
