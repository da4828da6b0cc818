"""A text as a document whose paragraphs are all body: for measuring single rooms without the clean stage."""

from __future__ import annotations

import re

from reportedly.model import Document, Header, Published, Segment, Span, make_id

_BLOCK = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")


def document(text: str, *, name: str = "text", published: str | None = None) -> Document:
    """One body segment a paragraph, separators between."""
    segments, at = [], 0
    for match in _BLOCK.finditer(text):
        if match.start() > at:
            segments.append(Segment(span=Span(at, match.start()), kind="separator"))
        segments.append(Segment(span=Span(match.start(), match.end()), kind="body"))
        at = match.end()
    if at < len(text):
        segments.append(Segment(span=Span(at, len(text)), kind="separator"))
    day = Published(from_=published, to=None, grain="day", method="user") if published else None
    return Document(
        id=make_id("document", text), name=name, sha256="", media_type="text/plain", text=text, lang="en",
        segments=tuple(segments), header=Header(published=day),
    )  # fmt: skip
