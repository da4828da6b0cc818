"""The error tree: what can go wrong for a user, each with its exit code.

ReportedlyError
├── UsageError    2   the command or call makes no sense
├── InputError    3   nothing readable was given
├── LedgerError   4   LedgerBusy · SchemaTooNew · NotALedger
└── MissingPart   5   an optional part is not installed; the message has the install command

A bad *document* is not an exception: it becomes a `reportedly.model.Reject` row and the run goes on.
Messages say what happened, where, and what to do.
"""

from __future__ import annotations


class ReportedlyError(Exception):
    """Base of every error that a user can act on."""

    exit_code = 1


class UsageError(ReportedlyError):
    """The command or call makes no sense as given."""

    exit_code = 2


class InputError(ReportedlyError):
    """No input could be read at all."""

    exit_code = 3


class LedgerError(ReportedlyError):
    """The ledger file cannot be used."""

    exit_code = 4


class LedgerBusy(LedgerError):
    """Another run is writing to the ledger."""


class SchemaTooNew(LedgerError):
    """The ledger was written by a newer version of the program."""


class NotALedger(LedgerError):
    """The file exists but is not a ledger."""


class MissingPart(ReportedlyError):
    """An optional part is not installed."""

    exit_code = 5

    def __init__(self, part: str, extra: str) -> None:
        self.part, self.extra = part, extra
        super().__init__(f"{part} is not installed. Install it with: pip install 'reportedly[{extra}]'")

    def __reduce__(self) -> tuple[type[MissingPart], tuple[str, str]]:
        """It travels from a worker to the process that asked."""
        return MissingPart, (self.part, self.extra)
