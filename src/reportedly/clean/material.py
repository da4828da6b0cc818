"""Text as its kind of file gives it: characters, their places in the bytes, blocks, what the file says of itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from reportedly.clean.blocks import Block, split
from reportedly.clean.decode import Undecodable, decode
from reportedly.clean.mapped import composed
from reportedly.clean.metadata import Described, described
from reportedly.model import Note, RawDocument, RawRun
from reportedly.settings import CleanSettings

DAMAGED = Note(code="encoding", message="Some bytes are no text in UTF-8; they are shown as U+FFFD.")


class Refused(Exception):
    """A document cannot be cleaned; becomes a Reject. `code` is one word, the message says what and what to do."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, kw_only=True)
class Material:
    """What the layout is made from."""

    text: str
    runs: tuple[RawRun, ...]
    blocks: list[Block]
    described: Described = field(default_factory=Described)
    notes: tuple[Note, ...] = ()


def material(raw: RawDocument, settings: CleanSettings) -> Material:
    """The material of a document, by its media type. Raises Refused."""
    kind = raw.media_type.partition(";")[0]
    if kind == "application/pdf":
        from reportedly.clean.pdf import from_pdf

        return from_pdf(raw, settings)
    try:
        text, runs, encoding = decode(raw.data, raw.media_type)
    except Undecodable as error:
        raise Refused("encoding", f"{error}; save it as UTF-8 and read it again") from None
    notes = (DAMAGED,) if "damaged" in encoding else ()
    if kind == "text/html":
        return from_page(text, runs, notes, settings)
    if kind == "application/rss+xml":
        from reportedly.clean.feed import from_entry

        return from_entry(text, runs, raw, settings)
    checked(text, settings)
    return Material(text=text, runs=runs, blocks=split(text), notes=notes)


def checked(text: str, settings: CleanSettings) -> None:
    """Raises Refused where the text is too long to be read."""
    if len(text) > settings.max_chars:
        message = (
            f"it has {len(text):,} characters, more than the limit of {settings.max_chars:,} (setting clean.max_chars)"
        )
        raise Refused("too_long", message)


def from_page(source: str, runs: tuple[RawRun, ...], notes: tuple[Note, ...], settings: CleanSettings) -> Material:
    """The material of an HTML page whose source is decoded."""
    from reportedly.clean.markup import flatten
    from reportedly.clean.page import page_blocks

    flat = flatten(source)
    checked(flat.text, settings)
    about = described(flat)
    blocks = page_blocks(source, flat, about.title)
    return Material(text=flat.text, runs=composed(flat.runs, runs), blocks=blocks, described=about, notes=notes)
