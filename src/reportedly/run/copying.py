"""Copies of a ledger's documents, kept up to date beside it, and copies among the texts of a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportedly import clean, ingest
from reportedly.copies import Block, Copies, CopyIndex, find, plain_document
from reportedly.ledger import Ledger
from reportedly.model import Document, RawDocument, Reject, Span
from reportedly.settings import Settings

KIND = "copies"
REPEATED = "repeated"
_BATCH = 20_000


def index_folder(ledger_path: str | Path) -> Path:
    """Where the fingerprints of a ledger are kept: beside it, safe to remove (they are made again)."""
    return Path(f"{ledger_path}.copies")


def copies(ledger: Ledger, folder: str | Path, settings: Settings) -> Copies:
    """The copies among a ledger's documents; only those that are new since the last call are compared.

    Links are kept in the ledger too. Raises LedgerError for an index folder that cannot be used.
    """
    index = CopyIndex(folder, settings.copies)
    todo = ledger.unmarked(KIND)
    if len(index) + len(todo) != ledger.counts()["documents"]:
        todo = [row["id"] for row in ledger.documents()]
    fresh = False
    for start in range(0, len(todo), _BATCH):
        batch = todo[start : start + _BATCH]
        index.add(ledger.texts(batch))
        ledger.mark(KIND, batch)
        fresh = True
    found = index.copies()
    if fresh:
        ledger.put_copies(found.links)
        _keep_repeated(ledger, found.repeated)
    return found


def repeated_blocks(ledger: Ledger) -> dict[str, tuple[Span, ...]]:
    """The blocks, by document, that repetition showed to be notices when copies were last looked for."""
    return {doc: tuple(Span(a, b) for a, b in json.loads(data)) for doc, data in ledger.state(REPEATED)}


def _keep_repeated(ledger: Ledger, blocks: Iterable[Block]) -> None:
    """Keep these blocks in place of those of before."""
    spans: dict[str, list[tuple[int, int]]] = {}
    for block in blocks:
        spans.setdefault(block.doc, []).append((block.span.start, block.span.end))
    values: dict[str, bytes | None] = {doc: None for doc, _ in ledger.state(REPEATED)}
    ledger.put_state(REPEATED, values | {doc: json.dumps(some).encode() for doc, some in spans.items()})


def copies_of_texts(path: str, settings: Settings) -> tuple[Copies, list[Reject]]:
    """The copies among the documents of an input file (FORMAT.md, Input), and the documents that were set aside.

    A text that the language check would set aside is compared whole: copies need no grammar.
    """
    rejects: list[Reject] = []
    return find(_documents(path, settings, rejects), settings.copies), rejects


def _documents(path: str, settings: Settings, rejects: list[Reject]) -> Iterator[Document]:
    for raw in ingest.read([path], settings.ingest):
        result = clean.clean(raw, settings.clean) if isinstance(raw, RawDocument) else raw
        if isinstance(result, Reject) and isinstance(raw, RawDocument) and result.code == "language":
            given = dict(raw.given)
            text = raw.data.decode("utf-8", "replace")
            yield plain_document(raw.name, text, published=given.get("published"), outlet=given.get("outlet"))
        elif isinstance(result, Reject):
            rejects.append(result)
        else:
            yield result
