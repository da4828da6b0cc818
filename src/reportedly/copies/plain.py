"""A document from bare text, for callers that have no reader: whole text as body, or blocks told by the caller."""

from __future__ import annotations

import hashlib

from reportedly.model import Document, Header, Published, Segment, Span, make_id


def plain_document(
    name: str, text: str, *, published: str | None = None, outlet: str | None = None, url: str | None = None
) -> Document:
    """A Document whose whole `text` is body; its id comes from name and text.

    >>> plain_document("n1", "Three posts fell.").segments[0].kind
    'body'
    """
    data = text.encode("utf-8", "surrogatepass")
    when = Published(from_=published, to=None, grain="day", method="user") if published else None
    return Document(
        id=make_id("document", name, data),
        name=name,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type="text/plain",
        text=text,
        lang="en",
        segments=(Segment(span=Span(0, len(text)), kind="body"),) if text else (),
        header=Header(outlet=outlet, outlet_method="user" if outlet else None, url=url, published=when),
    )
