"""JSON Lines: one document a line, as programs hand them over."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from reportedly.model import RawDocument, Reject

GIVEN = ("title", "outlet", "url")
HOPELESS = 100
"""After this many unreadable lines and no good one, the file is taken for something else."""
SURROGATE = re.compile("[\ud800-\udfff]")


class BadLine(Exception):
    """A line that is no document; `code` and the message go into its Reject."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def documents(
    lines: Iterable[tuple[int, bytes | None]],
    name: str,
    *,
    captured_at: str | None = None,
    published: str | None = None,
) -> Iterator[RawDocument | Reject]:
    """The documents of a JSON Lines stream; an invalid line becomes a Reject that names it."""
    good = bad = 0
    for number, line in lines:
        if line is not None and not line.strip().removeprefix(b"\xef\xbb\xbf"):
            continue
        try:
            yield document(line, captured_at=captured_at, published=published)
            good += 1
        except BadLine as error:
            bad += 1
            yield Reject(file=f"{name}:{number}", room="ingest", code=error.code, message=f"line {number}: {error}")
        if bad >= HOPELESS and not good:
            message = f"the first {HOPELESS} lines hold no document; one JSON object with id and text a line is needed"
            yield Reject(file=name, room="ingest", code="not_jsonl", message=message)
            return


def document(line: bytes | None, *, captured_at: str | None = None, published: str | None = None) -> RawDocument:
    """One line as a document. Raises BadLine.

    >>> raw = document(b'{"id": "a1", "text": "Kessar fell on Monday.", "outlet": "Tarn Post"}')
    >>> raw.name, raw.data, raw.given
    ('a1', b'Kessar fell on Monday.', (('id', 'a1'), ('outlet', 'Tarn Post')))
    """
    row = parse(line)
    name, text = row.get("id"), row.get("text")
    if not isinstance(name, str | int) or isinstance(name, bool) or not str(name).strip():
        raise BadLine("json_id", "the field `id` is missing or is no string")
    if not isinstance(text, str):
        raise BadLine("json_text", "the field `text` is missing or is no string")
    name = SURROGATE.sub("\ufffd", str(name))
    text = SURROGATE.sub("\ufffd", text)
    return RawDocument(
        data=text.encode("utf-8"),
        media_type="text/plain; charset=utf-8",
        name=name,
        captured_at=captured_at,
        given=(("id", name), *given(row, published)),
    )


def parse(line: bytes | None) -> dict[str, Any]:
    """The JSON object of a line. Raises BadLine."""
    if line is None:
        raise BadLine("too_large", "the line is larger than the limit (setting ingest.max_bytes)")
    try:
        row = json.loads(line.removeprefix(b"\xef\xbb\xbf").decode("utf-8"))
    except UnicodeDecodeError:
        raise BadLine("json", "not UTF-8") from None
    except (ValueError, RecursionError) as error:
        raise BadLine("json", f"not JSON ({type(error).__name__})") from None
    if not isinstance(row, dict):
        raise BadLine("json", "not a JSON object")
    return row


def given(row: dict[str, Any], fallback: str | None) -> Iterator[tuple[str, str]]:
    """The header fields that the caller stated, as (field, value); `authors` once for each."""
    for field in GIVEN:
        value = row.get(field)
        if isinstance(value, str) and value.strip():
            yield field, SURROGATE.sub("\ufffd", value.strip())
    authors = row.get("authors")
    for author in [authors] if isinstance(authors, str) else authors if isinstance(authors, list) else []:
        if isinstance(author, str) and author.strip():
            yield "authors", SURROGATE.sub("\ufffd", author.strip())
    published = row.get("published")
    if published is not None and published != "":
        yield "published", day(published)
    elif fallback:
        yield "fallback_published", fallback


def day(value: object) -> str:
    """The ISO day of `value`. Raises BadLine where it is none."""
    try:
        return datetime.date.fromisoformat(str(value)[:10]).isoformat()
    except ValueError:
        raise BadLine("json_published", "the field `published` is no ISO 8601 day (YYYY-MM-DD)") from None
