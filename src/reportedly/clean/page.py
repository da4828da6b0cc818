"""HTML pages: their visible text as blocks that know whether they are article, comment or something else."""

from __future__ import annotations

from dataclasses import replace

from reportedly.clean import comments, lines
from reportedly.clean.article import article_lines, article_words, by_density
from reportedly.clean.blocks import Block
from reportedly.clean.markup import Flat, FlatBlock
from reportedly.model import Span

HEADINGS = {"h1": 0.3, "h2": 0.2, "h3": 0.1, "h4": 0.05}
"""How much more likely a heading is the headline than any other block."""
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
    blocks = []
    for number, (block, share) in enumerate(zip(flat.blocks, shares, strict=True)):
        said = flat.text[block.start : block.end]
        hint = "body" if share >= SHARE else "boilerplate"
        if number == title:
            hint = "title"
        elif believed and block.place.comment and (share < SHARE or block.place.number):
            hint = "comment" if block.place.number or not grouped else "boilerplate"
        blocks.append(Block(Span(block.start, block.end), said, hint, block.place.number))
    return blocks if grouped else with_handles(blocks)


def with_handles(blocks: list[Block]) -> list[Block]:
    """The same blocks where the markup names an area of comments but not each: what stands before the first line that
    opens a comment (forms, rules, calls to log in), and an area without such a line, are no comments."""
    out: list[Block] = []
    begun = False
    for i, block in enumerate(blocks):
        if block.hint == "comment":
            begun = begun or bool(comments.handle(i, block) or comments.above(blocks, i))
            kept = begun and not comments.footers().search(block.low)
            block = block if kept else replace(block, hint="boilerplate")
        out.append(block)
    return out


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
