"""Passages to pairs of documents: what counts, how much of either document is shared, and what kind of copy it is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from reportedly.copies.chain import Passages
from reportedly.copies.extend import EDIT
from reportedly.copies.words import FIGURE, I64, U64, Bool, Words, distinct, in_both, ragged

KINDS = ("verbatim", "near", "passage", "quote_shared")
NEAR = 1
"""Kinds up to this number are reposts."""
F64 = npt.NDArray[np.float64]


class Rules(NamedTuple):
    """When a stretch counts and what makes a repost; shares are of the words of a body."""

    least_words: int = 14
    least_bits: int = 120
    """What the equal words of a stretch carry, less EDIT for each edited word."""
    quoted_words: int = 7
    quoted_bits: int = 48
    quoted_share: float = 0.3
    """A stretch that stands inside quotation marks in one of the documents may be shorter: somebody took it over."""
    part_quoted: int = 3
    """Words of a short stretch that stand inside quotation marks there, at least."""
    part_words: int = 10
    """Such a short stretch is a whole quotation; one of this many equal words may be its beginning or end."""
    form_words: int = 60
    """Stretches with fewer equal words than this are held against their figures (see `_other_figures`)."""
    repost_most: float = 0.6
    repost_least: float = 0.4
    repost_words: int = 40
    unchanged: float = 0.99
    in_quotes: float = 0.8


RULES = Rules()


class Pairs(NamedTuple):
    """Pairs of documents and their passages `first:last` (half-open numbers into the passages)."""

    doc_a: I64
    doc_b: I64
    first: I64
    last: I64
    coverage_a: F64
    coverage_b: F64
    kind: I64
    bits: I64
    begins_a: Bool
    begins_b: Bool


def worth(found: Passages, words: Words, rules: Rules = RULES) -> Bool:
    """Passages that carry enough to be told from a common phrase: by the rarity of their words, not length alone."""
    net = found.bits - EDIT * found.edits
    ok = (found.equal >= rules.least_words) & (net >= rules.least_bits)
    short = np.flatnonzero(~ok & (found.equal >= rules.quoted_words) & (net >= rules.quoted_bits))
    some = found.take(short)
    inside = np.maximum(quoted_share(words, some.a, some.a_end), quoted_share(words, some.b, some.b_end))
    # where a quotation is cut in the middle of another, the marks tell its first words only
    first = words.marks[some.a] | words.marks[some.a + 1] | words.marks[some.b] | words.marks[some.b + 1]
    ok[short] = (inside >= rules.quoted_share) | ((first & np.uint16(1)) > 0)
    ok &= found.edits <= found.equal
    ok &= (found.equal > rules.quoted_words) | (found.edits == 0)
    maybe = np.flatnonzero(ok & (found.edits >= 2) & (found.equal < rules.form_words))
    ok[maybe[_other_figures(found.take(maybe), words)]] = False
    return np.asarray(ok, dtype=np.bool_)


def ways_of_saying(found: Passages, words: Words, rules: Rules = RULES) -> Bool:
    """Passages too short to count by themselves that are no quotation either.

    Asked last: what repeats in many texts is told by all passages.
    """
    out = np.zeros(found.a.size, np.bool_)
    enough = (found.equal >= rules.least_words) & (found.bits - EDIT * found.edits >= rules.least_bits)
    short = np.flatnonzero(~enough)
    out[short[~_taken_over(found.take(short), words, rules)]] = True
    return out


def _taken_over(found: Passages, words: Words, rules: Rules) -> Bool:
    """Stretches that begin and end (a long one: begin or end) where a quotation does, give or take a word, in one of
    the two documents. Words from the middle of somebody's longer quotation are a way of saying, not a quotation."""
    out = np.zeros(found.a.size, np.bool_)
    for begin, end, doc in ((found.a, found.a_end, found.doc_a), (found.b, found.b_end, found.doc_b)):
        inside = quoted_share(words, begin, end) * (end - begin)
        starts = (words.marks[begin] & np.uint16(1)).astype(np.bool_) & ~_all_quoted(words, begin - 1, begin + 1, doc)
        before = _all_quoted(words, begin - 2, begin + 1, doc)
        after = _all_quoted(words, end - 1, end + 2, doc)
        part = (found.equal >= rules.part_words) & ~(before & after)
        out |= ((inside >= rules.part_quoted) | starts) & (part | ~(before | after))
    return out


def _all_quoted(words: Words, begin: I64, end: I64, doc: I64) -> Bool:
    """Whether each of the words of a range stands inside quotation marks; not so beyond the ends of the document."""
    able = (begin >= words.bounds[doc]) & (end <= words.bounds[doc + 1])
    out = np.zeros(begin.size, np.bool_)
    out[able] = quoted_share(words, begin[able], end[able]) == 1
    return out


def _other_figures(found: Passages, words: Words) -> Bool:
    """Passages that are one form filled in twice ("rose 4 per cent to 12 from 11"): two or more figures on either side
    stand in no place of the other, and not even half of the figures are shared. One figure changed is a copy."""
    many = found.a.size
    keys: list[U64] = []
    for begin, end in ((found.a, found.a_end), (found.b, found.b_end)):
        index = ragged(begin, end - begin)
        passage = np.repeat(np.arange(many), end - begin)
        figure = (words.marks[index] & FIGURE) > 0
        key = passage[figure].astype(np.uint64) << np.uint64(32) | words.hash[index[figure]].astype(np.uint64)
        keys.append(distinct(key))
    counts = [np.bincount((key >> np.uint64(32)).astype(np.int64), minlength=many) for key in (in_both(*keys), *keys)]
    shared, least = counts[0], np.minimum(counts[1], counts[2])
    return np.asarray((least - shared >= 2) & (2 * shared <= least), dtype=np.bool_)


def pair_starts(found: Passages) -> Bool:
    """Where a new pair of documents begins in sorted passages."""
    new = np.ones(found.a.size, np.bool_)
    new[1:] = (found.doc_a[1:] != found.doc_a[:-1]) | (found.doc_b[1:] != found.doc_b[:-1])
    return new


def covered(group: I64, begin: I64, end: I64, groups: int) -> I64:
    """Words that the union of the ranges of each group holds; `group` counts up from 0."""
    order = np.lexsort((begin, group))
    group, begin, end = group[order], begin[order], end[order]
    if not group.size:
        return np.zeros(groups, np.int64)
    span = int(end.max()) + 1
    reach = np.maximum.accumulate(group * span + end) - group * span
    before = np.zeros(group.size, np.int64)
    before[1:] = np.where(group[1:] == group[:-1], reach[:-1], 0)
    new = np.maximum(0, end - np.maximum(begin, before))
    return np.bincount(group, weights=new, minlength=groups).astype(np.int64)


def quoted_share(words: Words, begin: I64, end: I64) -> F64:
    """Share of the words of each range that stand inside quotation marks."""
    size = end - begin
    inside = words.marks[ragged(begin, size)] & np.uint16(1)
    total = np.concatenate([np.zeros(1, np.int64), np.cumsum(inside, dtype=np.int64)])
    ends = np.cumsum(size)
    return np.asarray((total[ends] - total[ends - size]) / np.maximum(size, 1), dtype=np.float64)


def paired(found: Passages, words: Words, rules: Rules = RULES) -> Pairs:
    """The pairs of sorted passages (see `chain.undominated`)."""
    new = pair_starts(found)
    first = np.flatnonzero(new)
    last = np.append(first[1:], found.a.size)
    group = np.cumsum(new) - 1
    doc_a, doc_b = found.doc_a[first], found.doc_b[first]
    size_a = words.bounds[doc_a + 1] - words.bounds[doc_a]
    size_b = words.bounds[doc_b + 1] - words.bounds[doc_b]
    cover_a = covered(group, found.a, found.a_end, first.size)
    cover_b = covered(group, found.b, found.b_end, first.size)
    share_a, share_b = cover_a / np.maximum(size_a, 1), cover_b / np.maximum(size_b, 1)
    kind = _kinds(found, words, rules, group=group, shares=(share_a, share_b), cover=np.minimum(cover_a, cover_b))
    bits = np.bincount(group, weights=found.bits, minlength=first.size).astype(np.int64)
    begins_a = np.zeros(first.size, np.bool_)
    begins_b = np.zeros(first.size, np.bool_)
    begins_a[group[found.a - words.bounds[found.doc_a] <= 5]] = True
    begins_b[group[found.b - words.bounds[found.doc_b] <= 5]] = True
    return Pairs(doc_a, doc_b, first, last, share_a, share_b, kind, bits, begins_a, begins_b)


def _kinds(found: Passages, words: Words, rules: Rules, *, group: I64, shares: tuple[F64, F64], cover: I64) -> I64:
    """0 verbatim, 1 near, 2 passage, 3 quote_shared for each pair."""
    pairs = cover.size
    equal = np.bincount(group, weights=found.equal, minlength=pairs)
    edits = np.bincount(group, weights=found.edits, minlength=pairs)
    most, least = np.maximum(*shares), np.minimum(*shares)
    repost = (most >= rules.repost_most) & (least >= rules.repost_least)
    repost &= (cover >= rules.repost_words) | (least >= WHOLE_SHORT)
    kind = np.full(pairs, 2, np.int64)
    size = found.a_end - found.a
    for begin, end in ((found.a, found.a_end), (found.b, found.b_end)):
        inside = quoted_share(words, begin, end) * size
        quoted = np.bincount(group, weights=inside, minlength=pairs) / np.maximum(
            np.bincount(group, weights=size, minlength=pairs), 1
        )
        kind[quoted >= rules.in_quotes] += 1
    kind = np.where(kind == 4, 3, 2)  # inside quotation marks on both sides
    unchanged = equal >= rules.unchanged * (equal + edits)
    return np.where(repost, np.where(unchanged, 0, 1), kind)


WHOLE_SHORT = 0.8
"""Two texts too short for `repost_words` are a repost if each stands in the other to this share."""
