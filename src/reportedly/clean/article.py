"""Which blocks of a page are the article: trafilatura finds it, and its words are looked up in the flattened page."""

from __future__ import annotations

import logging
import re
from collections import defaultdict

from reportedly.clean.markup import Flat, FlatBlock

WORD = re.compile(r"\w+")
GRAM = 4
"""Words that are enough to find a place by."""
PAGE_MOST = 4_000_000
"""Characters of the largest page that is given to trafilatura."""
DEEP_MOST = 200
"""Levels of the deepest page that is given to it."""
MARKS_MOST = 60_000
"""Tags of the page with the most markup that is given to it."""
NEAR = 400
"""So many words ahead a short line is looked for."""


def article_lines(source: str, flat: Flat) -> list[str]:
    """The article's lines as trafilatura gives them; none for a page that is too large or nested too deeply for it."""
    if len(source) > PAGE_MOST or flat.depth > DEEP_MOST or source.count("<") > MARKS_MOST:
        return []
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        text = trafilatura.extract(source, include_comments=False)
    except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError, AssertionError):
        return []  # a page that it cannot digest; the page's own blocks are judged instead
    return [line for line in (text or "").split("\n") if line.strip()]


def article_words(flat: Flat, lines: list[str]) -> list[float]:
    """For each block of the page the share of its words that stand in the article."""
    said: list[str] = []
    owner: list[int] = []
    for number, block in enumerate(flat.blocks):
        found = WORD.findall(flat.text[block.start : block.end].lower())
        said.extend(found)
        owner.extend([number] * len(found))
    taken = bytearray(len(said))
    grams: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for i in range(len(said) - GRAM + 1):
        grams[tuple(said[i : i + GRAM])].append(i)
    at = 0
    for line in lines:
        at = mark(WORD.findall(line.lower()), said, grams, taken, at)
    hits, sizes = [0] * len(flat.blocks), [0] * len(flat.blocks)
    for number, hit in zip(owner, taken, strict=True):
        sizes[number] += 1
        hits[number] += hit
    return [hit / size if size else 0.0 for hit, size in zip(hits, sizes, strict=True)]


def mark(line: list[str], said: list[str], grams: dict[tuple[str, ...], list[int]], taken: bytearray, at: int) -> int:
    """Mark the page's words that a line of the article consists of; gives the place behind them."""
    i = 0
    while i < len(line):
        place = (
            short(line, said, taken, at)
            if len(line) < GRAM
            else nearest(grams.get(tuple(line[i : i + GRAM]), ()), taken, at)
        )
        if place < 0:
            if len(line) < GRAM:
                return at
            i += 1
            continue
        while i < len(line) and place < len(said) and line[i] == said[place]:
            taken[place] = 1
            i, place = i + 1, place + 1
        at = place
    return at


def nearest(places: list[int] | tuple[int, ...], taken: bytearray, at: int) -> int:
    """The first of `places` that is not taken, from `at` on, else the first free one before; -1 for none."""
    free = [place for place in places[:200] if not taken[place]]
    return next((place for place in free if place >= at), free[0] if free else -1)


def short(line: list[str], said: list[str], taken: bytearray, at: int) -> int:
    """Where a line of few words stands, soon after `at`; -1 where it does not."""
    for place in range(at, min(at + NEAR, len(said) - len(line) + 1)):
        if said[place : place + len(line)] == line and not taken[place]:
            return place
    return -1


def by_density(flat: Flat) -> list[float]:
    """1.0 for each block that reads like running text: long, hardly linked, not in a margin."""
    return [float(dense(flat, block)) for block in flat.blocks]


def dense(flat: Flat, block: FlatBlock) -> bool:
    """Whether a block reads like running text."""
    length = block.end - block.start
    words = flat.text.count(" ", block.start, block.end) + 1
    sentence = words >= 5 and flat.text[block.end - 1] in '.!?"”'
    long = words >= 12 or sentence
    return long and block.linked < 0.3 * length and not block.place.aside and not block.place.comment
