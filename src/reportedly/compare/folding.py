"""Copies folded: an account that stands in copied text points to the account that it was copied from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from reportedly.compare.account import Account
from reportedly.model import CopyLink, Span

COPIES = frozenset({"verbatim", "near", "passage"})
"""A shared quotation is the same voice quoted twice, not a copy."""
MIN_COVERED = 0.6


@dataclass(frozen=True, slots=True)
class _Passage:
    own: Span
    other: Span
    other_doc: str
    taken: bool | None
    """Whether the text was taken from the other document; None where the direction is not known."""


class Passages:
    """The copied passages of a ledger, by document."""

    def __init__(self, links: Iterable[CopyLink]) -> None:
        self._of: dict[str, list[_Passage]] = defaultdict(list)
        for link in links:
            if link.kind not in COPIES:
                continue
            taken = {"a_to_b": False, "b_to_a": True}.get(link.direction)
            for a, b in link.passages:
                self._of[link.a].append(_Passage(a, b, link.b, taken))
                self._of[link.b].append(_Passage(b, a, link.a, None if taken is None else not taken))

    def fold(self, accounts: Sequence[Account]) -> list[Account]:
        """The accounts of one question with `copy_of` set on those whose words were taken from another of them."""
        found: list[Account] = []
        for account in accounts:
            source = self._source(account, accounts)
            found.append(replace(account, copy_of=source.claim) if source is not None else account)
        return found

    def _source(self, account: Account, accounts: Sequence[Account]) -> Account | None:
        for passage in self._of.get(account.doc, ()):
            if passage.taken is False or not _covers(passage.own, account.span):
                continue
            for other in accounts:
                if other.doc != passage.other_doc or not _covers(passage.other, other.span):
                    continue
                if not _same_words(account, other) or (other.low, other.high) != (account.low, account.high):
                    continue
                if passage.taken or (passage.taken is None and other.order < account.order):
                    return other
        return None


def _covers(passage: Span, span: Span) -> bool:
    shared = max(0, min(passage.end, span.end) - max(passage.start, span.start))
    return shared >= MIN_COVERED * max(1, len(span))


def _same_words(a: Account, b: Account) -> bool:
    return len(a.words & b.words) >= 0.5 * max(1, min(len(a.words), len(b.words)))
