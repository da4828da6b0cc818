"""Blocks that many documents share while the rest of them differs: notices, whatever they say."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable

from reportedly.clean.blocks import Block
from reportedly.model import Document

LEAST = 3
"""Documents that must share a block before repetition says anything."""
MOST_SHARED = 0.5
"""A document that shares more of its words than this with the same others is a copy of them, not a neighbour."""


def key(block: Block) -> str:
    """What two blocks have in common when they say the same: a digest of their words in lower case."""
    said = " ".join(word.lower() for word in block.words)
    return hashlib.blake2b(said.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def blocks_of(doc: Document) -> list[Block]:
    """The document's segments as blocks, separators left out."""
    kept = (segment for segment in doc.segments if segment.kind != "separator")
    return [Block(segment.span, segment.span.of(doc.text)) for segment in kept]


def repeated_blocks(docs: Iterable[Document]) -> frozenset[str]:
    """Keys of the blocks that stand in three documents or more whose other blocks differ.

    A repost shares everything, so a block that is shared only inside groups of copies is not counted. Takes memory for
    one short key a block, not for the texts.
    """
    sizes: dict[str, int] = {}
    where: dict[str, set[str]] = defaultdict(set)
    words: dict[str, dict[str, int]] = {}
    for doc in docs:
        if doc.id in words:
            continue
        found = {key(block): block.size for block in blocks_of(doc) if block.size}
        words[doc.id] = found
        sizes.update(found)
        for name in found:
            where[name].add(doc.id)
    shared = {name: ids for name, ids in where.items() if len(ids) >= LEAST and sizes[name] >= LEAST}
    return frozenset(name for name, ids in shared.items() if strangers(name, sorted(ids), words) >= LEAST)


def strangers(name: str, ids: list[str], words: dict[str, dict[str, int]]) -> int:
    """How many of the documents that hold block `name` are no copies of one another (counted greedily)."""
    apart: list[str] = []
    for doc_id in ids[:64]:
        own = {block: size for block, size in words[doc_id].items() if block != name}
        total = sum(own.values())
        copies = (sum(size for block, size in own.items() if block in words[other]) for other in apart)
        if total and all(common <= MOST_SHARED * total for common in copies):
            apart.append(doc_id)
            if len(apart) >= LEAST:
                break
    return len(apart)
