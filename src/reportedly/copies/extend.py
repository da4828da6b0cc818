"""Walk from the end of a shared run through edits, for many runs at once.

A walk compares word with word; at a difference it tries the nearest way to go on (a word changed, added, dropped, two
swapped …). Equal words earn their bits, an edited word costs `EDIT`; the walk ends where the score has fallen `DROP`
below its best, and counts up to the best point.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from reportedly.copies.words import I64, U32, Bool, word_bits

EDIT = 12
DROP = 48
_STRONG = (
    (1, 1), (1, 0), (0, 1), (2, 2), (2, 1), (1, 2), (2, 0), (0, 2), (3, 3), (3, 2), (2, 3), (3, 1), (1, 3),
    (3, 0), (0, 3),
    (4, 4), (4, 3), (3, 4),
)  # fmt: skip
_WEAK = ((1, 1), (1, 0), (0, 1))


class Walk(NamedTuple):
    """Where each walk ended: places `a`, `b` (the first not taken), equal words, edited words, bits, `arrived`."""

    a: I64
    b: I64
    equal: I64
    edits: I64
    bits: I64
    arrived: Bool


def walk(hashes: U32, start: tuple[I64, I64], stop: tuple[I64, I64], *, step: int, bridge: bool = False) -> Walk:
    """Walk from places `start` by `step` (1 or -1) to `stop` (not taken), all arrays of one length.

    With `bridge` a walk that gets to a stop alive, edits to there included, counts to there and has `arrived` set.
    """
    here = [start[0].copy(), start[1].copy()]
    size = here[0].size
    now = np.zeros((3, size), np.int64)  # equal, edits, bits
    score = np.zeros(size, np.int64)
    best_score = np.zeros(size, np.int64)
    best = [start[0].copy(), start[1].copy()]
    best_count = np.zeros((3, size), np.int64)
    arrived = np.zeros(size, np.bool_)
    bits = word_bits()
    active = np.arange(size)
    while active.size:
        inside = (here[0][active] != stop[0][active]) & (here[1][active] != stop[1][active])
        arrived[active[~inside]] = True
        active = active[inside]
        word = hashes[here[0][active]]
        same = word == hashes[here[1][active]]
        hit = active[same]
        gain = bits[word[same] >> np.uint32(12)].astype(np.int64)
        here[0][hit] += step
        here[1][hit] += step
        now[0][hit] += 1
        now[2][hit] += gain
        score[hit] += gain
        better = hit[score[hit] > best_score[hit]]
        best_score[better] = score[better]
        best[0][better], best[1][better] = here[0][better], here[1][better]
        best_count[:, better] = now[:, better]
        miss = active[~same]
        move_a, move_b = _moves(hashes, (here[0][miss], here[1][miss]), (stop[0][miss], stop[1][miss]), step)
        cost = np.maximum(move_a, move_b)
        here[0][miss] += move_a * step
        here[1][miss] += move_b * step
        now[1][miss] += cost
        score[miss] -= cost * EDIT
        alive = (cost > 0) & (score[miss] >= best_score[miss] - DROP)
        active = np.concatenate([hit, miss[alive]])
    if bridge:
        left = np.maximum(np.abs(stop[0] - here[0]), np.abs(stop[1] - here[1]))
        arrived = score - left * EDIT >= best_score - DROP
        now[1] += left
        best = [np.where(arrived, stop[side], best[side]) for side in (0, 1)]
        best_count = np.where(arrived, now, best_count)
    return Walk(best[0], best[1], best_count[0], best_count[1], best_count[2], arrived)


def _moves(hashes: U32, here: tuple[I64, I64], stop: tuple[I64, I64], step: int) -> tuple[I64, I64]:
    """How far to go on either side to the next equal words; (0, 0) where no near way goes on."""
    move_a, move_b = np.zeros(here[0].size, np.int64), np.zeros(here[0].size, np.int64)
    room_a, room_b = (stop[0] - here[0]) * step, (stop[1] - here[1]) * step
    left = np.arange(here[0].size)
    for ways, needed in ((_STRONG, 2), (_WEAK, 1)):
        for da, db in ways:
            if not left.size:
                return move_a, move_b
            ok = (room_a[left] > da) & (room_b[left] > db)
            for ahead in range(needed):
                # past the end of a document the second word cannot be asked for: the first decides
                reach = (room_a[left] > da + ahead) & (room_b[left] > db + ahead)
                one = np.where(reach, here[0][left] + (da + ahead) * step, here[0][left])
                two = np.where(reach, here[1][left] + (db + ahead) * step, here[1][left])
                ok &= (hashes[one] == hashes[two]) | (~reach if ahead else False)
            move_a[left[ok]], move_b[left[ok]] = da, db
            left = left[~ok]
    return move_a, move_b
