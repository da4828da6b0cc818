"""Entries of RSS and Atom feeds: the words of the longest text an entry carries, under its title."""

from __future__ import annotations

import html
import re

from reportedly.clean.blocks import Block
from reportedly.clean.mapped import composed
from reportedly.clean.markup import ENTITY, flatten
from reportedly.clean.material import Material, Refused, checked
from reportedly.clean.metadata import Described, address, moment
from reportedly.model import RawDocument, RawRun, Span
from reportedly.settings import CleanSettings

CONTENT = re.compile(
    r"<(content:encoded|content|description|summary|atom:content|atom:summary)(?=[\s>])[^>]*(?<!/)>", re.I
)
TITLE = re.compile(r"<title(?=[\s>])[^>]*(?<!/)>", re.I)
CDATA = re.compile(r"\s*<!\[CDATA\[", re.I)


def from_entry(source: str, runs: tuple[RawRun, ...], raw: RawDocument, settings: CleanSettings) -> Material:
    """The material of one entry's XML. Raises Refused where it carries no words."""
    parts = [part for part in (element(source, TITLE), longest(source)) if part]
    text = ""
    inner: list[RawRun] = []
    blocks: list[Block] = []
    for number, (start, end) in enumerate(parts):
        words, pieces = unwrapped(source, start, end)
        flat = flatten(words)
        if not flat.text:
            continue
        base = len(text) + 2 if text else 0
        text = f"{text}\n\n{flat.text}" if text else flat.text
        inner.extend(run._replace(start=run.start + base, end=run.end + base) for run in composed(flat.runs, pieces))
        hint = "title" if number == 0 and len(parts) > 1 and len(flat.blocks) == 1 else "body"
        for block in flat.blocks:
            blocks.append(Block(Span(block.start + base, block.end + base), flat.text[block.start : block.end], hint))
    checked(text, settings)
    if not blocks:
        raise Refused("empty", "the feed entry carries no words")
    return Material(text=text, runs=composed(inner, runs), blocks=blocks, described=around(raw))


def around(raw: RawDocument) -> Described:
    """What the feed says of the entry; `ingest` hands it over as fields that begin with "feed."."""
    said = {name.removeprefix("feed."): value for name, value in raw.given if name.startswith("feed.")}
    authors = [value for name, value in raw.given if name == "feed.author"]
    return Described(
        title=said.get("title"),
        authors=authors,
        outlet=said.get("outlet"),
        url=address(said.get("url")),
        day=moment(said.get("published")),
    )


def element(source: str, opening: re.Pattern[str]) -> tuple[int, int] | None:
    """Where the content of the first such element stands."""
    match = opening.search(source)
    return content_of(source, match) if match else None


def longest(source: str) -> tuple[int, int] | None:
    """Where the longest text of the entry stands."""
    found = [place for match in CONTENT.finditer(source) if (place := content_of(source, match))]
    return max(found, key=lambda place: place[1] - place[0], default=None)


def content_of(source: str, match: re.Match[str]) -> tuple[int, int] | None:
    """The range between an opening tag and its closing one."""
    name = match.group(1) if match.re.groups else "title"
    cdata = CDATA.match(source, match.end())
    after = source.find("]]>", cdata.end()) if cdata else match.end()
    end = source.find(f"</{name}", max(after, match.end()))
    return (match.end(), end) if end >= 0 else None


def unwrapped(source: str, start: int, end: int) -> tuple[str, tuple[RawRun, ...]]:
    """The HTML that an element of a feed wraps (in CDATA, in entities or as it is), and its map to the source."""
    cdata = CDATA.match(source, start, end)
    if cdata:
        stop = source.find("]]>", cdata.end(), end)
        stop = end if stop < 0 else stop
        return source[cdata.end() : stop], (RawRun(0, stop - cdata.end(), cdata.end(), stop),)
    if "<" in source[start:end]:
        return source[start:end], (RawRun(0, end - start, start, end),)
    parts, runs, at, size = [], [], start, 0
    for match in ENTITY.finditer(source, start, end):
        said = html.unescape(match.group())
        for piece, low, high in ((source[at : match.start()], at, match.start()), (said, match.start(), match.end())):
            if piece:
                runs.append(RawRun(size, size + len(piece), low, high))
                parts.append(piece)
                size += len(piece)
        at = match.end()
    if at < end:
        parts.append(source[at:end])
        runs.append(RawRun(size, size + end - at, at, end))
    return "".join(parts), tuple(runs)
