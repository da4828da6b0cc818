"""Find who copied whom.

Takes: Documents.   Gives: CopyLinks, families of reposts, the origin of a span, repeated blocks, drifting quotations.
Never: guesses a direction, joins documents through quotations or boilerplate, drops a big wire story.
"""

from reportedly.copies.families import Family, Origin, origin_of
from reportedly.copies.find import Copies, find
from reportedly.copies.index import CopyIndex
from reportedly.copies.plain import plain_document
from reportedly.copies.repeats import Block
from reportedly.copies.rows import copy_rows, family_rows, tree
from reportedly.copies.sources import Source, credits_in

__all__ = [
    "Block",
    "Copies",
    "CopyIndex",
    "Family",
    "Origin",
    "Source",
    "copy_rows",
    "credits_in",
    "family_rows",
    "find",
    "origin_of",
    "plain_document",
    "tree",
]
