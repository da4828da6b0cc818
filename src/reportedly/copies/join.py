"""Fingerprints to seeds: places where two documents have the same run of words.

A fingerprint of at most `limit` documents pairs them all. One of more documents is linked as a star to the earliest of
them, so that a big wire story keeps its copies at a cost that grows with their number, not its square.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reportedly.copies.fingerprints import BUCKETS, PLACE_BITS, PLACE_MASK, Prints
from reportedly.copies.words import I64, U64, Words, documents_of, ragged

STAR = 64
REPEATS = 4
"""Occurrences of one fingerprint that count in one document."""


class Seeds(NamedTuple):
    """Pairs of word places with equal runs: `a[i] < b[i]` lie in different documents. `heavy`: see `heavy_seeds`."""

    a: I64
    b: I64
    heavy_group: I64
    heavy_place: I64


class Group(NamedTuple):
    """Occurrences of fingerprints, sorted by fingerprint and place: `group` counts up, `doc` and `place` follow."""

    group: I64
    doc: I64
    place: I64


def occurrences(packed: U64, bounds: I64) -> Group:
    """Occurrences of the fingerprints of a bucket that stand in two documents or more, at most REPEATS in each."""
    key = packed >> np.uint64(PLACE_BITS)
    same = key[1:] == key[:-1]
    keep = np.zeros(key.size, np.bool_)
    keep[1:] |= same
    keep[:-1] |= same
    place = (packed[keep] & PLACE_MASK).astype(np.int64)
    key = key[keep]
    doc = documents_of(bounds, place)
    return limited(key, doc, place)


def limited(key: U64, doc: I64, place: I64) -> Group:
    """The same for occurrences sorted by key and place: single documents and too many repeats are left out."""
    if not key.size:
        none = np.zeros(0, np.int64)
        return Group(none, none, none)
    number = np.arange(key.size)
    new_doc = np.ones(key.size, np.bool_)
    new_doc[1:] = (key[1:] != key[:-1]) | (doc[1:] != doc[:-1])
    nth = number - np.maximum.accumulate(np.where(new_doc, number, 0))
    keep = nth < REPEATS
    key, doc, place, new_doc = key[keep], doc[keep], place[keep], new_doc[keep]
    new_key = np.ones(key.size, np.bool_)
    new_key[1:] = key[1:] != key[:-1]
    group = np.cumsum(new_key) - 1
    several = np.bincount(group, weights=new_doc)[group] > 1
    group = group[several]
    if group.size:
        group = np.cumsum(np.concatenate([np.ones(1, np.bool_), group[1:] != group[:-1]])) - 1
    return Group(group, doc[several], place[several])


def pair_up(found: Group, rank: I64, limit: int = STAR) -> Seeds:
    """All pairs of a light group, the star of a heavy one. `rank[d]` orders documents from earliest to latest."""
    none = np.zeros(0, np.int64)
    if not found.group.size:
        return Seeds(none, none, none, none)
    group, doc, place = found
    new_doc = np.ones(group.size, np.bool_)
    new_doc[1:] = (group[1:] != group[:-1]) | (doc[1:] != doc[:-1])
    heavy = np.bincount(group, weights=new_doc)[group] > limit
    light_a, light_b = _all_pairs(group[~heavy], doc[~heavy], place[~heavy])
    star_a, star_b = _star(group[heavy], doc[heavy], place[heavy], rank)
    return Seeds(np.concatenate([light_a, star_a]), np.concatenate([light_b, star_b]), group[heavy], place[heavy])


def _all_pairs(group: I64, doc: I64, place: I64) -> tuple[I64, I64]:
    left: list[I64] = []
    right: list[I64] = []
    at = np.arange(group.size)
    lag = 1
    while at.size:
        at = at[at + lag < group.size]
        at = at[group[at] == group[at + lag]]
        other = at[doc[at] != doc[at + lag]]
        left.append(place[other])
        right.append(place[other + lag])
        lag += 1
    if not left:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(left), np.concatenate(right)


def _star(group: I64, doc: I64, place: I64, rank: I64) -> tuple[I64, I64]:
    """Each occurrence paired with the occurrences in the earliest document of its group."""
    if not group.size:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    firsts = np.flatnonzero(np.concatenate([np.ones(1, np.bool_), group[1:] != group[:-1]]))
    sizes = np.diff(np.concatenate([firsts, [group.size]]))
    earliest = np.repeat(np.minimum.reduceat(rank[doc], firsts), sizes)
    centre = np.flatnonzero(rank[doc] == earliest)
    left = np.searchsorted(group[centre], group, side="left")
    many = np.searchsorted(group[centre], group, side="right") - left
    centres = place[centre[ragged(left, many)]]
    others = np.repeat(place, many)
    different = np.repeat(rank[doc] != earliest, many)
    centres, others = centres[different], others[different]
    return np.minimum(centres, others), np.maximum(centres, others)


def join(prints: Prints, words: Words, rank: I64, *, limit: int = STAR) -> Seeds:
    """The seeds of all pairs of documents of a table, bucket by bucket."""
    return numbered(
        [pair_up(occurrences(prints.bucket(bucket), words.bounds), rank, limit) for bucket in range(BUCKETS)]
    )


def numbered(parts: list[Seeds]) -> Seeds:
    """The seeds of all buckets as one, heavy groups numbered through."""
    groups, out = 0, []
    for part in parts:
        out.append(part._replace(heavy_group=part.heavy_group + groups))
        groups += int(part.heavy_group.max()) + 1 if part.heavy_group.size else 0
    return Seeds(
        np.concatenate([part.a for part in out]),
        np.concatenate([part.b for part in out]),
        np.concatenate([part.heavy_group for part in out]),
        np.concatenate([part.heavy_place for part in out]),
    )


def heavy_seeds(seeds: Seeds, words: Words, pairs: tuple[I64, I64]) -> tuple[I64, I64]:
    """Seeds that the star left out, for pairs of documents (d, e) that are joined by something else anyway.

    With them the seeds of a joined pair are all runs that the two share, whatever the rest of the collection holds.
    """
    none = np.zeros(0, np.int64)
    if not seeds.heavy_place.size or not pairs[0].size:
        return none, none
    doc = documents_of(words.bounds, seeds.heavy_place)
    order = np.lexsort((seeds.heavy_place, seeds.heavy_group, doc))
    doc, group, place = doc[order], seeds.heavy_group[order], seeds.heavy_place[order]
    sides = []
    for side in pairs:
        left = np.searchsorted(doc, side, side="left")
        sides.append((left, np.searchsorted(doc, side, side="right") - left))
    both = np.flatnonzero((sides[0][1] > 0) & (sides[1][1] > 0))
    if not both.size:
        return none, none
    rows, keys = [], []
    for left, many in sides:
        row = ragged(left[both], many[both])
        rows.append(row)
        keys.append(np.repeat(np.arange(both.size), many[both]) * (int(group.max()) + 1) + group[row])
    first = np.searchsorted(keys[1], keys[0], side="left")
    many = np.searchsorted(keys[1], keys[0], side="right") - first
    return np.repeat(place[rows[0]], many), place[rows[1][ragged(first, many)]]
