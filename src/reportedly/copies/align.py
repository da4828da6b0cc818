"""Two wordings side by side: what is the same, changed, added or dropped, word by word, for display and for drift."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from reportedly.model import CopyLink, Document, RawRun, Span

Change = Literal["same", "changed", "added", "dropped"]
_WORD = re.compile(r"[^\W_](?:['’‘ʼ]*[^\W_]|(?<=\d),(?=\d))*")
_WAYS = sorted(((a, b) for a in range(9) for b in range(9) if a or b), key=lambda way: (max(way), abs(way[0] - way[1])))


class Difference(NamedTuple):
    """A stretch of `a` beside a stretch of `b` (empty spans where words were added or dropped)."""

    change: Change
    a: Span
    b: Span


def folded_words(text: str, span: Span) -> list[tuple[str, Span]]:
    """Words of a span, folded as fingerprints are, with their places in the text."""
    out = []
    for match in _WORD.finditer(text, span.start, span.end):
        plain = unicodedata.normalize("NFKD", match[0]).casefold()
        out.append(("".join(c for c in plain if c.isalnum()), Span(*match.span())))
    return out


def differences(text_a: str, text_b: str, a: Span, b: Span) -> list[Difference]:
    """Align the words of two spans; time grows with their length only.

    >>> some = differences("The old bridge fell at dawn.", "The bridge fell before dawn.", Span(0, 28), Span(0, 28))
    >>> [(one.change, one.a.of("The old bridge fell at dawn.")) for one in some]
    [('same', 'The'), ('dropped', 'old'), ('same', 'bridge fell'), ('changed', 'at'), ('same', 'dawn')]
    """
    words_a, words_b = folded_words(text_a, a), folded_words(text_b, b)
    out: list[Difference] = []
    for change, (i, i_end), (j, j_end) in _steps([word for word, _ in words_a], [word for word, _ in words_b]):
        out.append(Difference(change, _hull(words_a, i, i_end, a), _hull(words_b, j, j_end, b)))
    return out


def _hull(words: Sequence[tuple[str, Span]], first: int, last: int, whole: Span) -> Span:
    if first < last:
        return Span(words[first][1].start, words[last - 1][1].end)
    at = words[first - 1][1].end if first else whole.start
    return Span(at, at)


def _steps(a: list[str], b: list[str]) -> Iterator[tuple[Change, tuple[int, int], tuple[int, int]]]:
    """Runs of equal and of differing words, greedily from the left to the right."""
    i = j = 0
    while i < len(a) or j < len(b):
        begin_i, begin_j = i, j
        while i < len(a) and j < len(b) and a[i] == b[j]:
            i, j = i + 1, j + 1
        if i > begin_i:
            yield "same", (begin_i, i), (begin_j, j)
            continue
        di, dj = _next_equal(a, b, i, j)
        change: Change = "dropped" if not dj else "added" if not di else "changed"
        yield change, (i, i + di), (j, j + dj)
        i, j = i + di, j + dj


def _next_equal(a: list[str], b: list[str], i: int, j: int) -> tuple[int, int]:
    """How many words to pass over on either side to where two words in a row (or the last ones) are equal."""
    for needed in (2, 1):
        for di, dj in _WAYS:
            if _equal(a, b, i + di, j + dj, needed):
                return di, dj
    left_a, left_b = len(a) - i, len(b) - j
    return (
        (left_a, left_b) if max(left_a, left_b) <= 8 or not left_a or not left_b else (min(8, left_a), min(8, left_b))
    )


def _equal(a: list[str], b: list[str], i: int, j: int, needed: int) -> bool:
    if i >= len(a) or j >= len(b) or a[i] != b[j]:
        return False
    at_end = i + 1 >= len(a) or j + 1 >= len(b)
    return needed == 1 or at_end or a[i + 1] == b[j + 1]


def link_differences(link: CopyLink, doc_a: Document, doc_b: Document) -> list[list[Difference]]:
    """The differences of each passage of a link."""
    return [differences(doc_a.text, doc_b.text, one, two) for one, two in link.passages]


def raw_spans(doc: Document, span: Span) -> list[tuple[int, int]]:
    """Half-open byte ranges of the raw file that a span of the text comes from, touching ones joined.

    Exact where a run of the map goes byte for character; else the whole run. Empty without a map.
    """
    out: list[tuple[int, int]] = []
    for run in doc.raw_map:
        if run.start >= span.end or run.end <= span.start:
            continue
        start, end = _raw(run, span)
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _raw(run: RawRun, span: Span) -> tuple[int, int]:
    if run.end - run.start != run.raw_end - run.raw_start:
        return run.raw_start, run.raw_end
    first, last = max(run.start, span.start), min(run.end, span.end)
    return run.raw_start + first - run.start, run.raw_start + last - run.start
