"""What a page's head says about it: JSON-LD, OpenGraph and other meta elements, the address."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from reportedly.clean import dates
from reportedly.clean.markup import Flat

ARTICLES = re.compile(r"Article|Posting|Report|WebPage|CreativeWork")
TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title", "headline")
PUBLISHED = (
    "article:published_time", "datepublished", "og:published_time", "dc.date.issued", "dcterms.issued",
    "dc.date", "dcterms.date", "dcterms.created", "date", "pubdate", "publishdate", "publish-date",
    "publication_date", "parsely-pub-date", "sailthru.date", "article.published", "published",
    "cxenseparse:recs:publishtime", "citation_publication_date",
)  # fmt: skip
AUTHORS = (
    "author", "article:author", "dc.creator", "dcterms.creator", "byl", "parsely-author", "sailthru.author",
    "citation_author",
)  # fmt: skip
OUTLETS = ("og:site_name", "application-name", "dc.publisher", "twitter:app:name:iphone")
DEEPEST = 12


@dataclass
class Described:
    """What the head says; empty where it says nothing."""

    title: str | None = None
    authors: list[str] = field(default_factory=list)
    outlet: str | None = None
    url: str | None = None
    day: datetime.date | None = None


def described(flat: Flat) -> Described:
    """The header fields of a page's metadata, JSON-LD first."""
    found = Described()
    for item in linked(flat):
        from_item(found, item)
    meta = [(name, value) for name, value in flat.meta if value]
    found.title = found.title or first(meta, TITLES) or headline_of(flat.title)
    found.outlet = found.outlet or first(meta, OUTLETS)
    found.url = address(found.url or first(meta, ("canonical", "og:url")))
    found.day = found.day or next(
        (day for name in PUBLISHED for key, value in meta if key == name and (day := moment(value))), None
    )
    if not found.authors:
        found.authors = [value for name in AUTHORS for key, value in meta if key == name and is_name(value)][:3]
    if found.day is None and len(set(flat.times)) == 1:
        found.day = moment(flat.times[0])
    return found


def first(meta: list[tuple[str, str]], names: tuple[str, ...]) -> str | None:
    """The value of the first of `names` that is given."""
    return next((" ".join(value.split()) for name in names for key, value in meta if key == name), None)


def headline_of(title: str | None) -> str | None:
    """The headline in a page title: the part before the outlet's name."""
    parts = re.split(r"\s+[|–—»·•]\s+|\s+-\s+(?=[^-]+$)", title or "")
    return max(parts, key=len).strip() or None


def address(value: str | None) -> str | None:
    return value if value and value.lower().startswith(("http://", "https://")) and len(value) < 2000 else None


def is_name(value: str) -> bool:
    """Whether the value of an author field is a name, not an address or a sentence."""
    return 2 <= len(value) <= 60 and "//" not in value and "@" not in value and len(value.split()) <= 6


def moment(value: object) -> datetime.date | None:
    """The day of an ISO moment or a date in words.

    >>> moment("2031-05-04T23:10:00+03:00"), moment("4 May 2031"), moment("soon")
    (datetime.date(2031, 5, 4), datetime.date(2031, 5, 4), None)
    """
    if not isinstance(value, str):
        return None
    value = value.strip()[:60]
    match = re.match(r"(\d{4})-?(\d{2})-?(\d{2})(?!\d)", value)
    if match:
        return (
            dates.calendar(match.group(1), int(match.group(2)), match.group(3))
            if 1 <= int(match.group(2)) <= 12
            else None
        )
    return next((found.day for found in dates.find(value)), None)


def linked(flat: Flat) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects that describe an article, articles before pages."""
    items: list[dict[str, Any]] = []
    for source in flat.linked_data[:20]:
        try:
            data = json.loads(source.strip().removeprefix("<!--").removesuffix("-->"), strict=False)
        except (ValueError, RecursionError):
            continue
        items.extend(objects(data, 0))
    told = [item for item in items if ARTICLES.search(kind(item))]
    yield from sorted(told, key=lambda item: "WebPage" in kind(item) or "CreativeWork" in kind(item))


def kind(item: dict[str, Any]) -> str:
    """The type of a JSON-LD object as one string."""
    said = item.get("@type")
    return " ".join(map(str, said)) if isinstance(said, list) else str(said or "")


def objects(data: object, depth: int) -> Iterator[dict[str, Any]]:
    """All objects in a JSON-LD value, outermost first."""
    if depth > DEEPEST:
        return
    if isinstance(data, list):
        for item in data[:200]:
            yield from objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for value in data.get("@graph", ()) if isinstance(data.get("@graph"), list) else ():
            yield from objects(value, depth + 1)
        if isinstance(data.get("mainEntity"), dict):
            yield from objects(data["mainEntity"], depth + 1)


def from_item(found: Described, item: dict[str, Any]) -> None:
    """Fill what is still open from one JSON-LD object."""
    title = item.get("headline") or ("" if "WebPage" in kind(item) else item.get("name"))
    if isinstance(title, str) and title.strip():
        found.title = found.title or " ".join(title.split())
    found.day = found.day or moment(item.get("datePublished"))
    if not found.authors:
        found.authors = [name for name in names(item.get("author")) if is_name(name)]
    publisher = names(item.get("publisher"))
    found.outlet = found.outlet or (publisher[0] if publisher else None)
    url = item.get("url")
    found.url = found.url or (url if isinstance(url, str) else None)


def names(value: object) -> list[str]:
    """The names in an author or publisher field."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, dict):
        return names(value.get("name"))
    return [name for item in value[:10] for name in names(item)] if isinstance(value, list) else []
