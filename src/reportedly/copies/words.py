"""Texts to folded, hashed words with their offsets: array work over the code points of many documents at once.

A word is a run of letters and digits. Case, accents, apostrophes, soft hyphens and the comma inside a figure do not
count ("2,500" = "2500", "Kessar’s" = "kessars"); an ideograph is a word of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from reportedly import words
from reportedly.model import Document

U8 = npt.NDArray[np.uint8]
U16 = npt.NDArray[np.uint16]
U32 = npt.NDArray[np.uint32]
U64 = npt.NDArray[np.uint64]
I64 = npt.NDArray[np.int64]
Bool = npt.NDArray[np.bool_]
Channel = Literal["body", "boilerplate"]

CHANNELS: dict[str, frozenset[str]] = {
    "body": frozenset({"title", "body"}),
    "boilerplate": frozenset({"boilerplate"}),
}
CHUNK = 1 << 18
"""Characters handled at once: the arrays of one step stay in the processor's cache."""

FIGURE = np.uint16(1 << 15)
"""Bit of `marks` of a word that begins with a digit."""
_BREAK, _JOIN, _UNKNOWN = 0, 1, 0xFFFFFFFF
_JOINERS = frozenset("'’‘ʼ＇`´\u00ad\u200b\u200c\u200d\u2060\ufeff")
_MULTIPLIER = 0x9E3779B97F4A7C15
_OPEN, _CLOSE, _TOGGLE, _RESET = 1, 2, 3, 4


class Words(NamedTuple):
    """The words of one channel of many documents, end to end in the order of the documents.

    `hash[n]` uint32 of the folded word; `start[n]` uint32 and `size[n]` uint16 in characters of the document's text;
    `marks[n]` uint16: what stands around the word (see `quoted`, `lead`, `tail`, FIGURE); `bounds[d + 1]` int64: words
    `bounds[d]:bounds[d + 1]` are document d's.
    """

    hash: U32
    start: U32
    size: U16
    marks: U16
    bounds: I64

    @property
    def quoted(self) -> U16:
        """1 for words inside quotation marks."""
        return self.marks & np.uint16(1)

    @property
    def documents(self) -> int:
        """How many documents the table holds."""
        return len(self.bounds) - 1


@cache
def _fold_table() -> U32:
    """Code point → scrambled folded letter, 0 = breaks a word, 1 = is skipped, all ones = not looked up yet."""
    return np.full(0x110000, _UNKNOWN, dtype=np.uint32)


def _fold(char: str) -> int:
    if char in _JOINERS:
        return _JOIN
    category = unicodedata.category(char)
    if category in ("Mn", "Me", "Cf"):
        return _JOIN
    if not char.isalnum():
        return _BREAK
    plain = unicodedata.normalize("NFKD", char).casefold()[:1] or char
    return max(2, (ord(plain) * 0x9E3779B1 + 0x7F4A7C15) & 0x7FFFFFFF)


def _folded(points: U32) -> U32:
    table = _fold_table()
    out = table[points]
    if (out == _UNKNOWN).any():
        for point in np.unique(points[out == _UNKNOWN]).tolist():
            table[point] = _fold(chr(point))
        out = table[points]
    return out


@cache
def _powers() -> tuple[U64, U64]:
    """The powers of an odd multiplier and of its inverse modulo 2**64, for positions in a chunk."""
    size = CHUNK + 1
    inverse = pow(_MULTIPLIER, -1, 1 << 64)
    up, down = np.ones(size, np.uint64), np.ones(size, np.uint64)
    for array, base in ((up, _MULTIPLIER), (down, inverse)):
        done = 1
        while done < size:  # doubling: a[done:2·done] = a[:done] · base**done
            factor = np.uint64(pow(base, done, 1 << 64))
            array[done : 2 * done] = array[: min(done, size - done)] * factor
            done *= 2
    return up, down


def mix(values: U64) -> U64:
    """Spread the bits of 64-bit values (the finaliser of MurmurHash3, public domain)."""
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xFF51AFD7ED558CCD)
    values = values ^ (values >> np.uint64(33))
    values = values * np.uint64(0xC4CEB9FE1A85EC53)
    return values ^ (values >> np.uint64(33))


def _is_solo(points: U32) -> Bool:
    """Ideographs and kana: each is a word of its own."""
    return (
        ((points >= 0x3040) & (points <= 0x30FF))
        | ((points >= 0x3400) & (points <= 0x9FFF))
        | ((points >= 0x20000) & (points <= 0x3134F))
    )


def _split(points: U32) -> tuple[U64, I64, I64]:
    """Hashes, starts and ends of the words of a chunk of code points."""
    folded = _folded(points)
    commas = np.flatnonzero(points == 0x2C)
    if commas.size:
        inner = commas[(commas > 0) & (commas < points.size - 1)]
        left, right = points[inner - 1], points[inner + 1]
        digits = (left >= 48) & (left <= 57) & (right >= 48) & (right <= 57)
        folded[inner[digits]] = _JOIN
    kept = np.flatnonzero(folded != _JOIN)
    letters = folded[kept]
    is_word = letters > 1
    edge = np.empty(is_word.size + 1, np.bool_)
    edge[0], edge[-1] = is_word[:1].any(), is_word[-1:].any()
    np.not_equal(is_word[1:], is_word[:-1], out=edge[1:-1])
    if points.size and int(points.max()) >= 0x3040:
        solo = _is_solo(points[kept])
        both = is_word[1:] & is_word[:-1] & (solo[1:] | solo[:-1])
        return _hash_words(letters, kept, *_edges_with_solo(edge, both, is_word))
    edges = np.flatnonzero(edge)
    return _hash_words(letters, kept, edges[0::2], edges[1::2])


def _edges_with_solo(edge: Bool, both: Bool, is_word: Bool) -> tuple[I64, I64]:
    starts, ends = edge.copy(), edge.copy()
    starts[:-1] &= is_word
    starts[-1] = False
    ends[1:] &= is_word
    ends[0] = False
    starts[1:-1] |= both
    ends[1:-1] |= both
    return np.flatnonzero(starts), np.flatnonzero(ends)


def _hash_words(letters: U32, kept: I64, first: I64, last: I64) -> tuple[U64, I64, I64]:
    """Polynomial hash of each run by prefix sums: (sum of letter · m**position) · m**-first, modulo 2**64."""
    if not first.size:
        return np.zeros(0, np.uint64), first, last
    up, down = _powers()
    prefix = np.zeros(letters.size + 1, np.uint64)
    np.cumsum(letters * up[: letters.size], out=prefix[1:])
    hashes = mix((prefix[last] - prefix[first]) * down[first])
    return hashes, kept[first], kept[last - 1] + 1


_MARKS = {
    0x22: _TOGGLE, 0xFF02: _TOGGLE, 0x201C: _OPEN, 0x201D: _CLOSE, 0x201E: _OPEN, 0xAB: _OPEN, 0xBB: _CLOSE,
    0x0A: _RESET,
}  # fmt: skip


@cache
def _mark_table() -> U8:
    table = np.zeros(0x10000, np.uint8)
    for point, kind in _MARKS.items():
        table[point] = kind
    return table


def _quote_state(points: U32, doc_starts: I64) -> tuple[I64, U8]:
    """Where the state inside/outside quotation marks changes, and the state from there on.

    A mark with a letter on one side only opens or closes; other straight marks toggle; a paragraph's end closes.
    """
    kinds = _mark_table()[np.minimum(points, 0xFFFF)]
    pairs = np.flatnonzero((points[1:] == 0x27) & (points[:-1] == 0x27))  # two apostrophes: ''…''
    kinds[pairs] = _TOGGLE
    at = np.flatnonzero(kinds)
    kind = kinds[at].copy()
    before = points[np.maximum(at - 1, 0)]
    before = np.where(np.isin(at, doc_starts), np.uint32(0x0A), before)
    width = np.where(points[at] == 0x27, 2, 1)
    after = points[np.minimum(at + width, points.size - 1)]
    space_before, space_after = before <= 32, after <= 32
    straight = kind == _TOGGLE
    kind[straight & (space_before | (before == 0x28)) & ~space_after] = _OPEN
    kind[straight & ~space_before & (space_after | (after == 0x2C) | (after == 0x2E))] = _CLOSE
    ended = (kind == _RESET) & ~((before > 126) | np.isin(before, _ENDS))
    kind, at = kind[~ended], at[~ended]  # a line broken inside a sentence does not close
    at = np.concatenate([doc_starts, at])
    kind = np.concatenate([np.full(doc_starts.size, _RESET, np.uint8), kind])
    order = np.argsort(at, kind="stable")
    at, kind = at[order], kind[order]
    number = np.arange(at.size)
    base = np.maximum.accumulate(np.where(kind != _TOGGLE, number, 0))
    toggles = np.cumsum(kind == _TOGGLE)
    state = ((kind[base] == _OPEN).astype(np.int64) + toggles - toggles[base]) & 1
    length = np.diff(at, append=points.size)
    reopened = np.append(kind[1:] == _OPEN, False)  # never closed: where it ends is not known, so it is none
    state[reopened | (length > _LONGEST)] = 0
    return at, state.astype(np.uint8)


_LONGEST = 1500
"""Characters of a quotation between two marks, at most; beyond that a mark is missing."""


_ENDS = np.array([ord(c) for c in '.!?":;)\n\r '], dtype=np.uint32)


def lead(mark: int) -> tuple[int, int]:
    """How many marks stand between white space and the word, and a hash of them, from an element of `marks`."""
    return (mark >> 1) & 7, (mark >> 4) & 15


def tail(mark: int) -> tuple[int, int]:
    """The same for marks between the word and white space."""
    return (mark >> 8) & 7, (mark >> 11) & 15


def _surroundings(points: U32, start: I64, end: I64) -> U16:
    """Marks next to the words, packed for `lead` and `tail`: a passage ends with the marks that both texts have."""
    spaces = np.concatenate([[-1], np.flatnonzero(points <= 32), [points.size]])
    following = spaces[np.searchsorted(spaces, end, side="left")] - end
    preceding = start - spaces[np.searchsorted(spaces, start, side="left") - 1] - 1
    following[:-1][end[:-1] + following[:-1] > start[1:]] = 0
    preceding[1:][start[1:] - preceding[1:] < end[:-1]] = 0
    packed = np.zeros(start.size, np.int64)
    for count, first, shift in ((preceding, start - preceding, 1), (following, end, 8)):
        count[count > 7] = 0
        has = np.flatnonzero(count)
        one, two = points[first[has]], points[first[has] + count[has] - 1]
        code = (one * np.uint32(0x9E3779B1) + two * np.uint32(0x85EBCA6B)) >> np.uint32(28)
        packed[has] |= (count[has] | code.astype(np.int64) << 3) << shift
    first_letter = points[start]
    packed |= ((first_letter >= 48) & (first_letter <= 57)).astype(np.int64) << 15
    return packed.astype(np.uint16)


class _Part(NamedTuple):
    hash: U32
    start: U32
    size: U16
    marks: U16
    counts: I64
    signals: Bool


def _chunk(docs: Sequence[Document], kinds: frozenset[str], signals: Bool | None = None) -> _Part:
    """The words of some documents whose texts together fit a chunk."""
    joined = "\n\n".join(doc.text for doc in docs)
    points = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32, copy=False)
    begins, codes, offsets, at = [], [], [], 0
    for doc in docs:
        offsets.append(at)
        for segment in doc.segments:
            begins.append(at + segment.span.start)
            codes.append(segment.kind in kinds)
        at += len(doc.text) + 2
        begins.append(at - 2)
        codes.append(False)
    doc_starts = np.array(offsets, np.int64)
    hashes, start, end = _split(points)
    if not hashes.size:
        empty = np.zeros(0, np.uint32)
        return _Part(
            empty,
            empty,
            empty.astype(np.uint16),
            empty.astype(np.uint16),
            np.zeros(len(docs), np.int64),
            np.zeros(len(docs), np.bool_),
        )
    has_signal = np.full(len(docs), signals is None)
    if signals is not None:
        at_signal = start[signals[(hashes >> np.uint64(48)).astype(np.int64)]]
        has_signal[np.searchsorted(doc_starts, at_signal, side="right") - 1] = True
    segment_of = np.searchsorted(np.array(begins, np.int64), start, side="right") - 1
    keep = np.array(codes, np.bool_)[segment_of] & (segment_of >= 0)
    marks = _surroundings(points, start, end)[keep]
    hashes, start, end = hashes[keep], start[keep], end[keep]
    doc_of = np.searchsorted(doc_starts, start, side="right") - 1
    change, state = _quote_state(points, doc_starts)
    marks |= state[np.searchsorted(change, start, side="right") - 1]
    return _Part(
        (hashes >> np.uint64(32)).astype(np.uint32),
        (start - doc_starts[doc_of]).astype(np.uint32),
        np.minimum(end - start, 0xFFFF).astype(np.uint16),
        marks,
        np.bincount(doc_of, minlength=len(docs)),
        has_signal,
    )


def _long(doc: Document, kinds: frozenset[str]) -> _Part:
    """The words of one document longer than a chunk: cut at spaces, quotation state kept from cut to cut apart."""
    from dataclasses import replace

    from reportedly.model import Segment, Span

    parts, at = [], 0
    while at < len(doc.text):
        end = min(at + CHUNK - 2, len(doc.text))
        if end < len(doc.text):
            end = max(doc.text.rfind(" ", at + CHUNK // 2, end), doc.text.rfind("\n", at + CHUNK // 2, end)) + 1 or end
        pieces = tuple(
            Segment(span=Span(max(s.span.start, at) - at, min(s.span.end, end) - at), kind=s.kind)
            for s in doc.segments
            if s.span.start < end and s.span.end > at
        )
        part = _chunk([replace(doc, text=doc.text[at:end], segments=pieces)], kinds)
        parts.append(part._replace(start=part.start + np.uint32(at)))
        at = end
    return _Part(
        np.concatenate([part.hash for part in parts]),
        np.concatenate([part.start for part in parts]),
        np.concatenate([part.size for part in parts]),
        np.concatenate([part.marks for part in parts]),
        np.array([sum(int(part.counts.sum()) for part in parts)], np.int64),
        np.ones(1, np.bool_),
    )


def tabulate(
    docs: Iterable[Document],
    *,
    channel: Channel = "body",
    visit: Callable[[Document, bool], Any] | None = None,
    signals: Bool | None = None,
) -> Words:
    """The words of a channel of the documents, in their order.

    `visit` is called with each document, and whether one of its words, in any channel, is among `signals` (see
    `signal_table`; without it, always).

    >>> from reportedly.copies.plain import plain_document
    >>> table = tabulate([plain_document("n1", "“We hold 2,500 posts,” she said.")])
    >>> table.bounds.tolist(), table.quoted.tolist(), table.start.tolist()
    ([0, 6], [1, 1, 1, 1, 0, 0], [1, 4, 9, 15, 23, 27])
    """
    kinds = CHANNELS[channel]
    parts: list[_Part] = []
    waiting: list[Document] = []
    chars = 0

    def close() -> None:
        if waiting:
            part = _chunk(waiting, kinds, signals)
            parts.append(part)
            if visit is not None:
                for doc, signal in zip(waiting, part.signals.tolist(), strict=True):
                    visit(doc, signal)
            waiting.clear()

    for doc in docs:
        size = len(doc.text) + 2
        if chars + size > CHUNK:
            close()
            chars = 0
        if size > CHUNK:
            parts.append(_long(doc, kinds))
            if visit is not None:
                visit(doc, True)
            continue
        waiting.append(doc)
        chars += size
    close()
    return _joined(parts)


def signal_table(listed: Iterable[str]) -> Bool:
    """A table of words to look out for, by the top 16 bits of their hashes (now and then another word is taken)."""
    points = np.frombuffer(" ".join(listed).encode("utf-32-le"), dtype="<u4").astype(np.uint32)
    table = np.zeros(1 << 16, np.bool_)
    table[(_split(points)[0] >> np.uint64(48)).astype(np.int64)] = True
    return table


def _joined(parts: list[_Part]) -> Words:
    if not parts:
        none = np.zeros(0, np.uint32)
        return Words(none, none, none.astype(np.uint16), none.astype(np.uint16), np.zeros(1, np.int64))
    counts = np.concatenate([part.counts for part in parts])
    bounds = np.zeros(counts.size + 1, np.int64)
    np.cumsum(counts, out=bounds[1:])
    hashes, starts = [part.hash for part in parts], [part.start for part in parts]
    sizes, marks = [part.size for part in parts], [part.marks for part in parts]
    parts.clear()  # each column is let go as soon as it is joined: a million articles have to fit twice otherwise
    return Words(_taken(hashes), _taken(starts), _taken(sizes), _taken(marks), bounds)


Column = TypeVar("Column", U16, U32)


def _taken(parts: list[Column]) -> Column:
    joined = np.concatenate(parts)
    parts.clear()
    return joined


def gather(parts: Sequence[tuple[Words, I64]]) -> Words:
    """A new table of the chosen documents (int64 numbers) of each of several tables, in the order given."""
    columns: tuple[list[U32], list[U32], list[U16], list[U16]] = ([], [], [], [])
    counts: list[I64] = [np.zeros(1, np.int64)]
    for table, chosen in parts:
        sizes = table.bounds[chosen + 1] - table.bounds[chosen]
        index = ragged(table.bounds[chosen], sizes)
        columns[0].append(table.hash[index])
        columns[1].append(table.start[index])
        columns[2].append(table.size[index])
        columns[3].append(table.marks[index])
        counts.append(sizes)
    hashes, starts = np.concatenate(columns[0]), np.concatenate(columns[1])
    return Words(
        hashes, starts, np.concatenate(columns[2]), np.concatenate(columns[3]), np.cumsum(np.concatenate(counts))
    )


_last_coarse: list[I64] = []


def documents_of(bounds: I64, places: I64) -> I64:
    """The documents that places of a table lie in; `bounds` as in Words.

    Looks up the document at every 64th place and goes on from there: a binary search in all bounds is slower.

    >>> documents_of(np.array([0, 3, 3, 200]), np.array([0, 2, 3, 199])).tolist()
    [0, 0, 2, 2]
    """
    if places.size < 4096:
        return np.asarray(np.searchsorted(bounds, places, side="right") - 1, dtype=np.int64)
    if not _last_coarse or _last_coarse[0] is not bounds:
        marks = np.arange(0, int(bounds[-1]) + 64, 64)
        _last_coarse[:] = [bounds, np.searchsorted(bounds, marks, side="right") - 1]
    docs = _last_coarse[1][places >> 6]
    late = np.flatnonzero(bounds[docs + 1] <= places)
    while late.size:
        docs[late] += 1
        late = late[bounds[docs[late] + 1] <= places[late]]
    return np.asarray(docs, dtype=np.int64)


def ragged(starts: I64, sizes: I64) -> I64:
    """The numbers of all ranges `starts[i] : starts[i] + sizes[i]`, end to end.

    >>> ragged(np.array([10, 3]), np.array([2, 3])).tolist()
    [10, 11, 3, 4, 5]
    """
    total = int(sizes.sum())
    ends = np.cumsum(sizes)
    return np.asarray(np.arange(total, dtype=np.int64) + np.repeat(starts - (ends - sizes), sizes), dtype=np.int64)


Number = TypeVar("Number", np.int64, np.uint64)


def distinct(values: npt.NDArray[Number]) -> npt.NDArray[Number]:
    """The different values, ascending (by sorting: numpy's own way by hashing is many times slower on large arrays)."""
    values = np.sort(values)
    if not values.size:
        return values
    return np.asarray(values[np.concatenate([np.ones(1, np.bool_), values[1:] != values[:-1]])])


def distinct_pairs(one: I64, two: I64) -> tuple[I64, I64]:
    """The different pairs of numbers from 0 on, ascending."""
    if not one.size:
        return one, two
    base = int(two.max()) + 1
    both = distinct(one * base + two)
    return both // base, both % base


def in_both(one: U64, two: U64) -> U64:
    """Values that stand in both of two arrays of different values."""
    values = np.sort(np.concatenate([one, two]))
    return np.asarray(values[1:][values[1:] == values[:-1]], dtype=np.uint64)


@cache
def word_bits() -> U8:
    """Bits that a word carries, by the top 20 bits of its hash: words of `words/en/commonness.toml`, others rare."""
    table = words.table("commonness")
    out = np.full(1 << 20, int(table["otherwise"]), np.uint8)
    for bits, listed in table["bits"].items():
        points = np.frombuffer(str(listed).encode("utf-32-le"), dtype="<u4").astype(np.uint32)
        hashes, _, _ = _split(points)
        out[(hashes >> np.uint64(44)).astype(np.int64)] = int(bits)
    return out


def bits_of(word: str) -> int:
    """Bits that one word carries."""
    points = np.frombuffer(word.encode("utf-32-le"), dtype="<u4").astype(np.uint32)
    return int(word_bits()[int(_split(points)[0][0] >> np.uint64(44))])
