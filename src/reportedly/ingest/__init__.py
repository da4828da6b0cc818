"""Read whatever a person points at, as bytes with a name.

Takes: paths, globs, folders, URLs or "-" (JSON Lines on standard input).   Gives: RawDocuments and Rejects, in order.
Never: understands a text, holds more than one document at a time, fetches anything that was not given as a URL.
"""

from __future__ import annotations

from reportedly.ingest.reading import read
from reportedly.ingest.sniff import sniff

__all__ = ["read", "sniff"]
