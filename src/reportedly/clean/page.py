"""HTML pages: their visible text as blocks that know whether they are article, comment or something else."""

from __future__ import annotations

from reportedly.clean import lines
from reportedly.clean.article import article_lines, article_words, by_density
from reportedly.clean.blocks import Block
from reportedly.clean.markup import Flat, FlatBlock
from reportedly.model import Span

HEADINGS = {"h1": 0.3, "h2": 0.2, "h3": 0.1, "h4": 0.05}
"""How much more likely a heading is the headline than any other block."""
AREA_LEAST = 30
"""Words of the smallest area that holds comments, where the markup does not part them."""
SHARE = 0.5
"""A block is article where so much of it is."""


def page_blocks(source: str, flat: Flat, headline: str | None) -> list[Block]:
    """The blocks of a flattened page with hints: "title", "body", "comment", "boilerplate"."""
    found = article_lines(source, flat)
    shares = article_words(flat, found) if found else by_density(flat)
    if not any(share >= SHARE for share in shares):
        shares = by_density(flat)
    believed = comments_believed(flat.blocks, shares)
    title = headline_block(flat, shares, headline)
    grouped = any(block.place.number for block in flat.blocks if block.place.comment)
    area = sum(flat.text.count(" ", block.start, block.end) + 1 for block in flat.blocks if block.place.comment)
    believed = believed and (grouped or area >= AREA_LEAST)
    blocks = []
    for number, (block, share) in enumerate(zip(flat.blocks, shares, strict=True)):
        said = flat.text[block.start : block.end]
        hint = "body" if share >= SHARE else "boilerplate"
        if number == title:
            hint = "title"
        elif believed and block.place.comment and share < SHARE:
            hint = "comment" if block.place.number or not grouped else "boilerplate"
        blocks.append(Block(Span(block.start, block.end), said, hint, block.place.number))
    return blocks


def comments_believed(blocks: list[FlatBlock], shares: list[float]) -> bool:
    """Whether what the markup calls comments is none of the article."""
    inside = sum(block.end - block.start for block, share in zip(blocks, shares, strict=True) if share >= SHARE)
    both = sum(
        block.end - block.start
        for block, share in zip(blocks, shares, strict=True)
        if share >= SHARE and block.place.comment
    )
    return both <= 0.5 * inside


def headline_block(flat: Flat, shares: list[float], headline: str | None) -> int | None:
    """The number of the block that is the page's headline: the heading that says most of what the page's title says."""
    first = next((i for i, share in enumerate(shares) if share >= SHARE), len(shares))
    best: tuple[float, int] | None = None
    for i, block in enumerate(flat.blocks[: first + 3]):
        said = flat.text[block.start : block.end]
        if len(said) > 400 or "\n" in said:
            continue
        alike = lines.likeness(headline, said, whole=True) if headline else 0.0
        heading = HEADINGS.get(block.place.tag, 0.0)
        if alike >= 0.8 or (heading and alike >= 0.5) or (block.place.tag == "h1" and not headline):
            worth = alike + heading + 0.0001 * i
            if best is None or worth > best[0]:
                best = (worth, i)
    return best[1] if best else None
