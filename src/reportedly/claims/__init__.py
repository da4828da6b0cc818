"""Cut the text into claims: one assertion each, with its voice, roles, figures, times and places.

Takes: Document, Parsed, Attributions, Things.   Gives: list[Claim], in text order.
Never: takes a reporting clause for a claim, reads comments or boilerplate, judges what is claimed.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportedly.claims.build import ClaimBuilder
from reportedly.model import Attribution, Claim, Document, Parsed, Things

__all__ = ["find"]


def find(doc: Document, parsed: Parsed, attributions: Sequence[Attribution], things: Things) -> list[Claim]:
    """The claims of a document's title and body.

    A clause with a predicate of its own is a claim, unless the predicate only reports (it stands in a cue). Spans
    are continuous, end before closing punctuation, and never cross the edge of an attribution's content.
    """
    return ClaimBuilder(doc, parsed, attributions, things).claims()
