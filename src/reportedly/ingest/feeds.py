"""RSS and Atom files: one document an entry, cut out of the feed as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from reportedly.ingest.streams import Unreadable
from reportedly.model import RawDocument, Reject

ENTRY = re.compile(r"<((?:\w{1,20}:)?(?:item|entry))(?=[\s>])")
ENCODING = re.compile(rb"<\?xml[^>]{0,200}encoding\s*=\s*[\"']([\w.-]{2,40})", re.I)
ENTRIES_MOST = 20_000


def documents(
    data: bytes, name: str, *, captured_at: str | None = None, given: tuple[tuple[str, str], ...] = ()
) -> Iterator[RawDocument | Reject]:
    """The entries of a feed. Raises Unreadable where there are none.

    The bytes of an entry are those that stand in the feed (as UTF-8). What the feed says of it is handed over as given
    fields that begin with "feed.": title, url, author, published, outlet.
    """
    cut = list(entries(decoded(data)))
    if not cut:
        raise Unreadable("feed", "the feed holds no entries")
    told = parsed(data)
    outlet = text_of(told.get("feed", {}), "title")
    for number, (entry, about) in enumerate(zip_longest(cut, told.get("entries", [])[: len(cut)], fillvalue=None), 1):
        if entry is None:
            return
        fields = tuple(entry_fields(about or {}, outlet))
        label = next((value for field, value in fields if field == "feed.url"), str(number))
        yield RawDocument(
            data=entry.encode("utf-8"),
            media_type="application/rss+xml; charset=utf-8",
            name=f"{name}#{label}",
            captured_at=captured_at,
            given=(*given, *fields),
        )


def decoded(data: bytes) -> str:
    """The feed as text, in the encoding that it declares."""
    match = ENCODING.search(data[:300])
    for encoding in (match.group(1).decode("ascii") if match else "utf-8", "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except (LookupError, UnicodeDecodeError):
            continue
    return data.decode("utf-8", "replace")


def entries(source: str) -> Iterator[str]:
    """The XML of each entry, in the order of the feed."""
    at = 0
    for _ in range(ENTRIES_MOST):
        opening = ENTRY.search(source, at)
        if not opening:
            return
        closing = f"</{opening.group(1)}>"
        end = source.find(closing, opening.end())
        if end < 0:
            return
        at = end + len(closing)
        yield source[opening.start() : at]


def parsed(data: bytes) -> dict[str, Any]:
    """What feedparser makes of the feed; nothing where it fails."""
    import feedparser

    try:
        found: dict[str, Any] = feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError, AssertionError):
        return {}
    return found


def entry_fields(about: dict[str, Any], outlet: str | None) -> Iterator[tuple[str, str]]:
    """The given fields of one entry."""
    moment = about.get("published_parsed") or about.get("updated_parsed")
    day = f"{moment.tm_year:04d}-{moment.tm_mon:02d}-{moment.tm_mday:02d}" if moment else None
    source = text_of(about.get("source", {}), "title")
    for field, value in (
        ("title", text_of(about, "title")),
        ("url", text_of(about, "link")),
        ("author", text_of(about, "author")),
        ("published", day),
        ("outlet", source or outlet),
    ):
        if value:
            yield f"feed.{field}", value


def text_of(about: Any, field: str) -> str | None:
    """A field of feedparser's as one line, or None."""
    value = about.get(field) if hasattr(about, "get") else None
    return " ".join(value.split()) or None if isinstance(value, str) else None
