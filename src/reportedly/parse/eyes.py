"""What the parser sees: plain words in plain quotation marks, with every character tied to the document.

Markdown, odd spaces, editorial letters and typographic marks confuse a parser that was trained on edited newswire.
`view` rewrites a stretch for the parser's eyes only and keeps two offset lists, so that tokens come back exactly.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.model import Quote, Span

_ODD = re.compile(
    r"(?P<link>!?\[(?P<label>[^\[\]\n]{0,300})\]\([^()\s]{0,500}\))"
    r"|(?P<letter>[(\[](?P<inner>[A-Za-z]{1,3})[)\]](?=[a-z])|(?<=[a-z])[(\[](?P<tail>[a-z]{1,3})[)\]])"
    r"|(?P<sic>\s*[(\[]sic[)\]])"
    r"|(?P<emphasis>\*{1,3}|(?<!\w)_{1,3}(?=\w)|(?<=[\w.,!?])_{1,3}(?!\w)|~~)"
    r"|(?P<heading>(?<![^\n])(?:#{1,6}[ \t]+|>[ \t]?)+)"
    r"|(?P<invisible>[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e]+)"
    r"|(?P<space>[ \t\r\n\f\v\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+)"
    r"|(?P<double>``|''|[“”„‟«»])"
    r"|(?P<apostrophe>['’‘‚‛`´ʼ])"
    r"|(?P<control>[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff])"
)
_CAPITALS_FROM = 12


@dataclass(frozen=True, slots=True)
class View:
    """`text` as the parser sees it; character i stands for `document[starts[i]:ends[i]]`."""

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    def span(self, start: int, end: int) -> Span:
        """The document span of `text[start:end]` (not empty)."""
        return Span(self.starts[start], self.ends[end - 1])


def view(text: str, span: Span, single_marks: Sequence[int] = ()) -> View:
    """What the parser sees of `text[span]`. `single_marks`: where single quotation marks (not apostrophes) stand."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []

    def copy(first: int, last: int) -> None:
        pieces.append(text[first:last])
        starts.extend(range(first, last))
        ends.extend(range(first + 1, last + 1))

    def put(words: str, first: int, last: int) -> None:
        pieces.append(words)
        starts.extend([first] * len(words))
        ends.extend([last] * len(words))

    singles = set(single_marks)
    at = span.start
    for match in _ODD.finditer(text, span.start, span.end):
        first, last = match.span()
        kind = match.lastgroup
        if first > at:
            copy(at, first)
        at = last
        if kind == "space":
            if pieces and not pieces[-1].endswith(" "):
                put(" ", first, last)
        elif kind == "label" or match["link"] is not None:
            copy(match.start("label"), match.end("label"))
        elif match["letter"] is not None:
            put(match["inner"] or match["tail"], first, last)
        elif kind == "double":
            put('"', first, last)
        elif kind == "apostrophe":
            put('"' if first in singles else "'", first, last)
        elif kind == "control":
            put(" ", first, last)
    if at < span.end:
        copy(at, span.end)
    return View(_calm("".join(pieces)), starts, ends)


def _calm(seen: str) -> str:
    """A line in capitals is read as if it were written small, when its length stays the same."""
    letters = [c for c in seen if c.isalpha()] if len(seen) < 400 else []
    if len(letters) < _CAPITALS_FROM or sum(c.isupper() for c in letters) < 0.9 * len(letters):
        return seen
    calm = seen.title()
    return calm if len(calm) == len(seen) else seen


def single_positions(quotes: Sequence[Quote]) -> list[int]:
    """Where single marks stand that open or close a quotation, in order."""
    found = []
    for quote in quotes:
        if quote.marks[0] in ("'", "‘", "’", "‚", "‛"):
            found.append(quote.span.start)
            if quote.closed:
                found.append(quote.span.end - 1)
    return sorted(found)


def within(positions: Sequence[int], span: Span) -> Sequence[int]:
    """The part of sorted `positions` that lies in `span`."""
    return positions[bisect_right(positions, span.start - 1) : bisect_right(positions, span.end - 1)]
