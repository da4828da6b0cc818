"""Text that knows where it comes from: runs from characters to raw bytes, and how they are composed."""

from __future__ import annotations

import bisect
from collections.abc import Iterable

from reportedly.model import Document, RawRun, Span

WIDEST = 4
"""Bytes of the widest character of any fixed-width or UTF encoding."""


def pace(run: RawRun) -> int:
    """Raw bytes a character where every character of the run takes the same number; 0 where the run is one lump."""
    chars, raw = run.end - run.start, run.raw_end - run.raw_start
    each = raw // chars if chars else 0
    return each if 1 <= each <= WIDEST and each * chars == raw else 0


def raw_range(runs: tuple[RawRun, ...], start: int, end: int) -> tuple[int, int] | None:
    """The smallest raw range that the characters `start:end` come from; None where no character has a source."""
    first = bisect.bisect_right(runs, start, key=lambda run: run.start) - 1
    low: int | None = None
    high = 0
    for i in range(max(first, 0), len(runs)):
        run = runs[i]
        if run.start >= end:
            break
        if run.end <= start:
            continue
        each = pace(run)
        begin = run.raw_start + (max(start, run.start) - run.start) * each if each else run.raw_start
        stop = run.raw_start + (min(end, run.end) - run.start) * each if each else run.raw_end
        low = begin if low is None else min(low, begin)
        high = max(high, stop)
    return None if low is None else (low, high)


def raw_span(doc: Document, span: Span) -> tuple[int, int] | None:
    """Where the words of `span` stand in the raw bytes, as a half-open byte range; None where nothing maps.

    In plain text `data[start:end].decode(charset)` gives the words back; in HTML the range holds entities and may hold
    tags between the words; in PDF it is the page's file as a whole, since PDF text has no place of its own.

    >>> from reportedly.model import RawDocument
    >>> from reportedly.clean import clean
    >>> data = "Kessar fell – on Monday – after a siege of nine weeks, officials said.".encode()
    >>> doc = clean(RawDocument(data=data, media_type="text/plain", name="a.txt"))
    >>> start, end = raw_span(doc, Span(doc.text.index("Monday"), doc.text.index("Monday") + 6))
    >>> data[start:end]
    b'Monday'
    """
    return raw_range(doc.raw_map, span.start, span.end)


def joined(runs: Iterable[RawRun]) -> tuple[RawRun, ...]:
    """The same runs with neighbours of the same pace joined.

    >>> joined([RawRun(0, 2, 5, 7), RawRun(2, 3, 7, 8), RawRun(3, 4, 8, 11)])
    (RawRun(start=0, end=3, raw_start=5, raw_end=8), RawRun(start=3, end=4, raw_start=8, raw_end=11))
    """
    out: list[RawRun] = []
    for run in runs:
        last = out[-1] if out else None
        if last and last.end == run.start and last.raw_end == run.raw_start and pace(last) == pace(run) == 1:
            out[-1] = RawRun(last.start, run.end, last.raw_start, run.raw_end)
        elif run.end > run.start:
            out.append(run)
    return tuple(out)


def composed(outer: Iterable[RawRun], inner: tuple[RawRun, ...]) -> tuple[RawRun, ...]:
    """Runs from a text to raw bytes: `outer` leads from the text to a middle text, `inner` from there to the bytes."""
    out: list[RawRun] = []
    for run in outer:
        if pace(run) != 1:
            found = raw_range(inner, run.raw_start, run.raw_end)
            if found:
                out.append(RawRun(run.start, run.end, *found))
            continue
        at = bisect.bisect_right(inner, run.raw_start, key=lambda piece: piece.start) - 1
        for i in range(max(at, 0), len(inner)):
            piece = inner[i]
            if piece.start >= run.raw_end:
                break
            low, high = max(piece.start, run.raw_start), min(piece.end, run.raw_end)
            if low < high:
                each, shift = pace(piece), run.start - run.raw_start
                begin = piece.raw_start + (low - piece.start) * each if each else piece.raw_start
                stop = begin + (high - low) * each if each else piece.raw_end
                out.append(RawRun(low + shift, high + shift, begin, stop))
    return joined(out)
