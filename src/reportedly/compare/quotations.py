"""Words in quotation marks with the voice that they are quoted from, for drift from outlet to outlet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from reportedly.model import Reading, Span

SHORTEST = 4
"""Words below which a quotation is a term, not a saying."""
_PAIRS = {"“": "”", '"': '"', "«": "»", "„": "“”", "‘": "’"}
_OPENING = re.compile('[“"«„]')
_WORD = re.compile(r"\w+")


def quoted(reading: Reading) -> Iterator[tuple[str, str, Span]]:
    """(voice, its name, span without its marks) for each quotation of a document that has a voice with a name.

    The voice is the last one of the chain, by its actor where it is known. Comments give none.
    """
    text = reading.document.text
    for attribution in reading.attributions:
        last = attribution.chain[-1] if attribution.chain else None
        if last is None or not last.name or attribution.form == "indirect":
            continue
        for content in attribution.content:
            for span in _inside(text, content):
                if len(_WORD.findall(text, span.start, span.end)) >= SHORTEST:
                    yield last.actor or last.name, last.name, span


def _inside(text: str, content: Span) -> Iterator[Span]:
    """The stretches between quotation marks of a content span; one that is not closed goes on to its end."""
    at = content.start
    while opened := _OPENING.search(text, at, content.end):
        closing = _PAIRS[opened[0]]
        ends = [end for mark in closing if (end := text.find(mark, opened.end(), content.end)) >= 0]
        end = min(ends, default=content.end)
        if end > opened.end():
            yield Span(opened.end(), end)
        at = end + 1
