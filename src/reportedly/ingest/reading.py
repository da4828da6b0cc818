"""The reading itself: each path in turn, each document by what it is."""

from __future__ import annotations

import datetime
import io
import os
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import BinaryIO

from reportedly.ingest import feeds, jsonl
from reportedly.ingest.paths import expand, is_url
from reportedly.ingest.sniff import TEXTUAL, WINDOW, sniff
from reportedly.ingest.streams import Opened, Unreadable
from reportedly.ingest.web import fetch
from reportedly.model import RawDocument, Reject
from reportedly.settings import IngestSettings

Read = RawDocument | Reject
CHARSET = re.compile(r"charset\s*=\s*\"?([\w.:-]{2,40})", re.I)


def read(paths: Sequence[str], settings: IngestSettings, *, stdin: BinaryIO | None = None) -> Iterator[Read]:
    """Every document that `paths` mean, in their order, one at a time; what cannot be read is a Reject.

    `paths`: files, folders (all files below, sorted), globs, http(s) addresses, and "-" for JSON Lines on `stdin`.
    """
    for path in paths:
        if path == "-":
            yield from guarded(stdin or sys.stdin.buffer, "-", settings, stdin=True)
        elif is_url(path):
            yield from web(path, settings)
        else:
            yield from files(path, settings)


def files(path: str, settings: IngestSettings) -> Iterator[Read]:
    """The documents of the files that a local path means."""
    found = False
    for file in expand(path):
        found = True
        yield from one_file(file, settings)
    if not found:
        empty = os.path.isdir(path)
        message = "the folder holds no file to read" if empty else "there is no such file or folder"
        yield Reject(file=path, room="ingest", code="empty_folder" if empty else "not_found", message=message)


def one_file(file: str, settings: IngestSettings) -> Iterator[Read]:
    """The documents of one file."""
    try:
        source = open(file, "rb")  # noqa: SIM115 - closed below
    except OSError as error:
        message = f"the file cannot be opened ({error.strerror or type(error).__name__})"
        yield Reject(file=file, room="ingest", code="unreadable", message=message)
        return
    with closing(source):
        seconds = os.fstat(source.fileno()).st_mtime
        changed = datetime.datetime.fromtimestamp(max(0.0, seconds), tz=datetime.UTC).isoformat(timespec="seconds")
        yield from guarded(source, file, settings, captured_at=changed)


def guarded(
    source: BinaryIO, name: str, settings: IngestSettings, *, captured_at: str | None = None, stdin: bool = False
) -> Iterator[Read]:
    """The documents of a byte stream; trouble with the stream becomes a Reject."""
    try:
        opened = Opened(source, WINDOW)
        kind = "application/x-ndjson" if stdin else sniff(opened.head, name)
        if kind == "application/x-ndjson":
            lines = opened.lines(settings.max_bytes)
            yield from jsonl.documents(lines, name, captured_at=captured_at, published=settings.published)
        else:
            yield from whole(opened.all(settings.max_bytes), kind, name, settings, captured_at=captured_at)
    except Unreadable as error:
        yield Reject(file=name, room="ingest", code=error.code, message=error.message)
    except OSError as error:
        message = f"reading stopped ({error.strerror or type(error).__name__})"
        yield Reject(file=name, room="ingest", code="unreadable", message=message)


def whole(
    data: bytes,
    kind: str,
    name: str,
    settings: IngestSettings,
    *,
    captured_at: str | None = None,
    given: tuple[tuple[str, str], ...] = (),
) -> Iterator[Read]:
    """The documents of one file's bytes, of the media type `kind`."""
    if settings.published:
        given = (*given, ("fallback_published", settings.published))
    if not data.strip():
        yield Reject(file=name, room="ingest", code="empty", message="the file is empty")
    elif kind == "application/rss+xml":
        yield from feeds.documents(data, name, captured_at=captured_at, given=given)
    elif kind.partition(";")[0] in TEXTUAL or kind == "application/pdf":
        yield RawDocument(data=data, media_type=kind, name=name, captured_at=captured_at, given=given)
    elif kind == "application/json":
        message = "JSON, but not JSON Lines: one object with id and text on each line is needed"
        yield Reject(file=name, room="ingest", code="not_jsonl", message=message)
    else:
        message = "no text was found in it (binary data)" if kind.endswith("octet-stream") else f"{kind} cannot be read"
        yield Reject(file=name, room="ingest", code="binary", message=message)


def web(address: str, settings: IngestSettings) -> Iterator[Read]:
    """The document at a web address."""
    try:
        page = fetch(address, settings)
        now = datetime.datetime.now(tz=datetime.UTC).isoformat(timespec="seconds")
        opened = Opened(io.BytesIO(page.data), WINDOW)
        kind = sniff(opened.head, "")
        charset = CHARSET.search(page.content_type)
        if charset and kind.startswith("text/"):
            kind = f"{kind}; charset={charset.group(1)}"
        given = (("url", page.url),)
        yield from whole(opened.all(settings.max_bytes), kind, address, settings, captured_at=now, given=given)
    except Unreadable as error:
        yield Reject(file=address, room="ingest", code=error.code, message=error.message)
