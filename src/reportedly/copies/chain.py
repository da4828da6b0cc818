"""Seeds to passages: exact blocks, chains of blocks with gaps, walks through the gaps and beyond the ends."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reportedly.copies.extend import Walk, walk
from reportedly.copies.words import I64, U64, Bool, Words, documents_of, ragged, word_bits
from reportedly.errors import InputError
from reportedly.settings import CopySettings

GAP = 120
"""Words between two blocks of one chain, at most."""
SLANT = 30
"""Words that one side of a gap may be longer than the other, at most."""
LOOKBACK = 8
PLACE = 32
"""Bits for a word's place in a table held in memory (four thousand million words)."""
BATCH = 1 << 17


class Blocks(NamedTuple):
    """Equal runs of `size` words at places `a` and `b`, `doc_a` the earlier document; sorted by pair, then a."""

    a: I64
    b: I64
    size: I64
    doc_a: I64
    doc_b: I64


class Passages(NamedTuple):
    """Aligned stretches: words `a:a_end` of `doc_a` stand as `b:b_end` of `doc_b`; sorted by pair, then a.

    `equal`, `edits`: words that are the same, words changed, added or dropped; `bits`: what the equal words carry.
    """

    a: I64
    a_end: I64
    b: I64
    b_end: I64
    doc_a: I64
    doc_b: I64
    equal: I64
    edits: I64
    bits: I64

    def take(self, index: I64 | Bool) -> Passages:
        """The chosen passages."""
        return Passages(*(column[index] for column in self))


def blocks(seeds: tuple[I64, I64], words: Words, rank: I64, settings: CopySettings) -> Blocks:
    """Seeds (places a < b) that overlap on one diagonal become one block.

    Raises InputError for more words than PLACE bits can tell.
    """
    seed_a, seed_b = seeds
    if words.hash.size >= 1 << (PLACE - 1):
        raise InputError("too many words for one search in memory: add the documents to a ledger in parts")
    key: U64 = (seed_b - seed_a).astype(np.uint64) << np.uint64(PLACE) | seed_a.astype(np.uint64)
    key.sort()
    if key.size:
        key = key[np.concatenate([np.ones(1, np.bool_), key[1:] != key[:-1]])]
    a = (key & np.uint64((1 << PLACE) - 1)).astype(np.int64)
    diagonal = (key >> np.uint64(PLACE)).astype(np.int64)
    doc_a, doc_b = _docs(words, a), _docs(words, a + diagonal)
    head = np.ones(a.size, np.bool_)
    head[1:] = (
        (diagonal[1:] != diagonal[:-1])
        | (a[1:] > a[:-1] + settings.k)
        | (doc_a[1:] != doc_a[:-1])
        | (doc_b[1:] != doc_b[:-1])
    )
    first = np.flatnonzero(head)
    last = np.concatenate([first[1:], [a.size]]) - 1 if a.size else first
    size = a[last] + settings.k - a[first]
    found = Blocks(a[first], a[first] + diagonal[first], size, doc_a[first], doc_b[first])
    single = size == settings.k  # a lone seed may be a chance of the hash
    equal = np.ones(size.size, np.bool_)
    for offset in range(settings.k):
        equal[single] &= words.hash[found.a[single] + offset] == words.hash[found.b[single] + offset]
    return _oriented(Blocks(*(column[equal] for column in found)), rank)


def _oriented(found: Blocks, rank: I64) -> Blocks:
    """The earlier document as a, so that nothing depends on the order of the table."""
    swap = rank[found.doc_a] > rank[found.doc_b]
    a, b = np.where(swap, found.b, found.a), np.where(swap, found.a, found.b)
    doc_a, doc_b = np.where(swap, found.doc_b, found.doc_a), np.where(swap, found.doc_a, found.doc_b)
    order = np.lexsort((b, a, doc_b, doc_a))
    return Blocks(a[order], b[order], found.size[order], doc_a[order], doc_b[order])


def _docs(words: Words, places: I64) -> I64:
    return documents_of(words.bounds, places)


def _predecessors(found: Blocks) -> I64:
    """For each block the block it goes on from, or -1; no block is gone on from twice."""
    size = found.a.size
    best = np.full(size, np.iinfo(np.int64).max, np.int64)
    before = np.full(size, -1, np.int64)
    for lag in range(1, min(LOOKBACK, size - 1) + 1):
        gap_a = found.a[lag:] - found.a[:-lag] - found.size[:-lag]
        gap_b = found.b[lag:] - found.b[:-lag] - found.size[:-lag]
        longest = np.maximum(gap_a, gap_b)
        cost = np.maximum(longest, 0) + 2 * np.abs(gap_a - gap_b)
        overlap = np.minimum(gap_a, gap_b)
        ok = (found.doc_a[lag:] == found.doc_a[:-lag]) & (found.doc_b[lag:] == found.doc_b[:-lag])
        ok &= (longest <= GAP) & (np.abs(gap_a - gap_b) <= SLANT) & (overlap > -found.size[lag:]) & (overlap > -8)
        ok &= cost < best[lag:]
        best[lag:][ok] = cost[ok]
        before[lag:][ok] = np.flatnonzero(ok)
    linked = np.flatnonzero(before >= 0)
    order = linked[np.lexsort((linked, best[linked], before[linked]))]
    again = np.zeros(order.size, np.bool_)
    again[1:] = before[order][1:] == before[order][:-1]
    before[order[again]] = -1
    return before


def _trimmed(found: Blocks, before: I64) -> Blocks:
    """Blocks that overlap their predecessor on a side begin later."""
    has = np.flatnonzero(before >= 0)
    prior = before[has]
    over = np.maximum(
        found.a[prior] + found.size[prior] - found.a[has], found.b[prior] + found.size[prior] - found.b[has]
    )
    over = np.maximum(over, 0)
    a, b, size = found.a.copy(), found.b.copy(), found.size.copy()
    a[has] += over
    b[has] += over
    size[has] -= over
    return found._replace(a=a, b=b, size=size)


def chained(found: Blocks, words: Words) -> Passages:
    """The passages of blocks, in batches that keep whole pairs together."""
    parts: list[Passages] = []
    new_pair = np.ones(found.a.size, np.bool_)
    new_pair[1:] = (found.doc_a[1:] != found.doc_a[:-1]) | (found.doc_b[1:] != found.doc_b[:-1])
    edges = np.append(np.flatnonzero(new_pair), found.a.size)
    begin = 0
    while begin < found.a.size:
        end = int(edges[np.searchsorted(edges, min(begin + BATCH, found.a.size), side="left")])
        parts.append(_chain_batch(Blocks(*(column[begin:end] for column in found)), words))
        begin = end
    if not parts:
        return Passages(*(np.zeros(0, np.int64) for _ in range(9)))
    return Passages(*(np.concatenate([part[column] for part in parts]) for column in range(9)))


def _chain_batch(found: Blocks, words: Words) -> Passages:
    before = _predecessors(found)
    kept = _trimmed(found, before)
    after = np.full(before.size, -1, np.int64)
    has = np.flatnonzero(before >= 0)
    after[before[has]] = has
    bridges = _bridges(kept, before, has, words)
    joined = np.zeros(before.size, np.bool_)  # goes on from its predecessor without a break
    joined[has] = bridges.arrived
    ends = _ends(kept, words, joined, before, after)
    return _assembled(kept, words, joined=joined, before=before, bridges=(has, bridges), ends=ends)


def _bridges(kept: Blocks, before: I64, has: I64, words: Words) -> Walk:
    prior = before[has]
    start = kept.a[prior] + kept.size[prior], kept.b[prior] + kept.size[prior]
    return walk(words.hash, start, (kept.a[has], kept.b[has]), step=1, bridge=True)


def _ends(kept: Blocks, words: Words, joined: Bool, before: I64, after: I64) -> tuple[I64, Walk, I64, Walk]:
    """Walks to the left of blocks that begin a passage, to the right of blocks that end one."""
    heads = np.flatnonzero(~joined)
    open_end = np.ones(before.size, np.bool_)
    open_end[before[joined]] = False
    tails = np.flatnonzero(open_end)
    bounds = words.bounds
    right = walk(
        words.hash,
        (kept.a[tails] + kept.size[tails], kept.b[tails] + kept.size[tails]),
        (
            np.where(after[tails] >= 0, kept.a[after[tails]], bounds[kept.doc_a[tails] + 1]),
            np.where(after[tails] >= 0, kept.b[after[tails]], bounds[kept.doc_b[tails] + 1]),
        ),
        step=1,
    )
    end_a, end_b = np.zeros(before.size, np.int64), np.zeros(before.size, np.int64)
    end_a[tails], end_b[tails] = right.a, right.b
    prior = before[heads]
    left = walk(
        words.hash,
        (kept.a[heads] - 1, kept.b[heads] - 1),
        (
            np.where(prior >= 0, end_a[prior], bounds[kept.doc_a[heads]]) - 1,
            np.where(prior >= 0, end_b[prior], bounds[kept.doc_b[heads]]) - 1,
        ),
        step=-1,
    )
    return heads, left, tails, right


def _assembled(
    kept: Blocks,
    words: Words,
    *,
    joined: Bool,
    before: I64,
    bridges: tuple[I64, Walk],
    ends: tuple[I64, Walk, I64, Walk],
) -> Passages:
    """Sum blocks, bridges and ends of each passage."""
    root = np.where(joined, before, np.arange(before.size))
    while True:  # pointer jumping: every block to the head of its passage
        further = root[root]
        if (further == root).all():
            break
        root = further
    heads, left, tails, right = ends
    has, bridge = bridges
    across = bridge.arrived
    slot = np.zeros(before.size, np.int64)
    slot[heads] = np.arange(heads.size)
    sums = np.zeros((3, heads.size), np.int64)
    np.add.at(sums[0], slot[root], kept.size)
    np.add.at(sums[2], slot[root], _bits(words, kept.a, kept.size))
    for owner, column in (
        (slot[root[has[across]]], [getattr(bridge, name)[across] for name in ("equal", "edits", "bits")]),
        (np.arange(heads.size), [left.equal, left.edits, left.bits]),
        (slot[root[tails]], [right.equal, right.edits, right.bits]),
    ):
        for row in range(3):
            np.add.at(sums[row], owner, column[row])
    end_a, end_b = np.zeros(heads.size, np.int64), np.zeros(heads.size, np.int64)
    end_a[slot[root[tails]]], end_b[slot[root[tails]]] = right.a, right.b
    return Passages(
        left.a + 1, end_a, left.b + 1, end_b, kept.doc_a[heads], kept.doc_b[heads], sums[0], sums[1], sums[2]
    )


def _bits(words: Words, start: I64, size: I64) -> I64:
    """Bits of all words of each range (ranges may be empty)."""
    table = word_bits()
    total = np.concatenate(
        [np.zeros(1, np.int64), np.cumsum(table[words.hash[ragged(start, size)] >> np.uint32(12)].astype(np.int64))]
    )
    ends = np.cumsum(size)
    return np.asarray(total[ends] - total[ends - size], dtype=np.int64)


def undominated(found: Passages) -> Passages:
    """Without passages of which most stands, on one side, in a passage of the same pair that carries more bits."""
    order = np.lexsort((found.b, found.a, found.doc_b, found.doc_a))
    found = found.take(order)
    drop = np.zeros(found.a.size, np.bool_)
    for _ in range(2):
        for begin, end in ((found.a, found.a_end), (found.b, found.b_end)):
            order = np.lexsort((begin, found.doc_b, found.doc_a))
            _mark(found, order, (begin, end), drop)
        found, drop = found.take(~drop), np.zeros(int((~drop).sum()), np.bool_)
    return found


def _mark(found: Passages, order: I64, sides: tuple[I64, I64], drop: Bool) -> None:
    begin, end = sides[0][order], sides[1][order]
    doc_a, doc_b, bits = found.doc_a[order], found.doc_b[order], found.bits[order]
    for lag in range(1, min(LOOKBACK, order.size - 1) + 1):
        same = (doc_a[lag:] == doc_a[:-lag]) & (doc_b[lag:] == doc_b[:-lag])
        shared = np.minimum(end[lag:], end[:-lag]) - np.maximum(begin[lag:], begin[:-lag])
        later_worse = bits[lag:] <= bits[:-lag]
        later = same & later_worse & (2 * shared > end[lag:] - begin[lag:])
        earlier = same & ~later_worse & (2 * shared > end[:-lag] - begin[:-lag])
        drop[order[lag:][later]] = True
        drop[order[:-lag][earlier]] = True
