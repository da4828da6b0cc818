"""The store: one SQLite file that any program can read, full-text search, judgements.

Takes: Readings, Rejects, CopyLinks, Judgements.   Gives: the same again, and rows that answer a question.
Never: interprets a text, edits a record, answers differently because of the order in which documents came.
"""

from __future__ import annotations

from pathlib import Path

from reportedly.ledger.fold import fold
from reportedly.ledger.protocol import ClaimFilter, Entry, Kept, Ledger

__all__ = ["ClaimFilter", "Entry", "Kept", "Ledger", "fold", "open"]


def open(path: str | Path, *, create: bool = False, busy_s: float = 30.0) -> Ledger:
    """The ledger at `path`; with `create`, a new one where there is none.

    Waits up to `busy_s` seconds for another run that is writing. Use it as a context manager.

    Raises LedgerError (no such file), NotALedger, SchemaTooNew, LedgerBusy.

    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder, open(f"{folder}/siege.ledger", create=True) as ledger:
    ...     ledger.counts()["documents"]
    0
    """
    from reportedly.ledger.sqlite import SqliteLedger

    return SqliteLedger.at(Path(path), create=create, busy_s=busy_s)
