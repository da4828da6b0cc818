"""PDF files: the text of each page in turn."""

from __future__ import annotations

import re
from collections import Counter

from reportedly.clean.blocks import Block, split
from reportedly.clean.material import Material, Refused, checked
from reportedly.model import Note, RawDocument, RawRun
from reportedly.settings import CleanSettings

PAGES_MOST = 2000
EDGE = 2
"""Lines at the top and bottom of a page that can be running heads."""
RUNNING = 3
"""A line at the edge of so many pages is a running head."""
NUMBER = re.compile(r"[\W_]*(?:page\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[\W_]*", re.I)


def from_pdf(raw: RawDocument, settings: CleanSettings) -> Material:
    """The material of a PDF file. Its words have no place of their own among the bytes: all map to the file as a whole.

    Raises Refused for a damaged or locked file and for one without text (a scan).
    """
    pages = page_texts(raw.data, settings)
    text = "\n\n".join(pages)
    checked(text, settings)
    if not text.strip():
        raise Refused("no_text", "the PDF holds no text (a scan?); run it through text recognition first")
    running = running_heads(pages)
    blocks = [marked(block, running) for block in split(text)]
    whole = (RawRun(0, len(text), 0, len(raw.data)),)
    note = Note(code="pdf_map", message="Words of a PDF map to the file as a whole, not to bytes of their own.")
    return Material(text=text, runs=whole, blocks=blocks, notes=(note,))


def page_texts(data: bytes, settings: CleanSettings) -> list[str]:
    """The text of each page, line breaks as "\\n". Raises Refused."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = "assword" in str(error)
        message = "the PDF is locked with a password" if locked else "the PDF is damaged and cannot be opened"
        raise Refused("locked" if locked else "pdf", message) from None
    try:
        pages: list[str] = []
        for number in range(min(len(document), PAGES_MOST)):
            pages.append(page_text(document, number))
            if sum(map(len, pages)) > settings.max_chars:
                break
        return pages
    finally:
        document.close()


def page_text(document: object, number: int) -> str:
    """The text of one page; nothing for a page that cannot be read."""
    import pypdfium2

    try:
        page = document[number]  # type: ignore[index]
        text = str(page.get_textpage().get_text_bounded())
    except pypdfium2.PdfiumError:
        return ""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-").replace("\x00", " ").strip("\n")


def running_heads(pages: list[str]) -> frozenset[str]:
    """Lines that stand at the edges of many pages."""
    seen: Counter[str] = Counter()
    for page in pages:
        found = [line.strip() for line in page.split("\n") if line.strip()]
        seen.update({re.sub(r"\d+", "#", line) for line in found[:EDGE] + found[-EDGE:]})
    return frozenset(line for line, count in seen.items() if count >= RUNNING)


def marked(block: Block, running: frozenset[str]) -> Block:
    """The block, called boilerplate where it is a page number or a running head."""
    line = re.sub(r"\d+", "#", block.raw.strip())
    if line in running or NUMBER.fullmatch(block.raw):
        return Block(block.span, block.raw, "boilerplate")
    return block
