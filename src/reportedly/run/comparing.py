"""Questions of a ledger, kept up to date: new documents touch only the blocks of their own accounts."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from itertools import islice

from reportedly import compare
from reportedly.compare import Account, Parties, Passages, Question, Sides, Topics
from reportedly.compare.grouping import Group
from reportedly.compare.stored import FORM, from_bytes, to_bytes
from reportedly.ledger import Ledger
from reportedly.model import Reading, Span
from reportedly.run import copying
from reportedly.settings import Settings

KIND = "questions"
_BATCH = 256
Block = tuple[str, str, str]


def update(ledger: Ledger, settings: Settings) -> int:
    """Sort the accounts of documents that are new into their blocks; gives how many documents were new.

    A run that dies in between does the same documents again, which changes nothing.
    """
    parties, topics = Parties.with_file(settings.resolve.parties), Topics()
    kind = _kind(settings)
    waiting = iter(todo := ledger.unmarked(kind))
    while batch := list(islice(waiting, _BATCH)):
        _add(ledger, kind, ledger.readings(batch), parties, topics)
        ledger.mark(kind, batch)
    return len(todo)


def questions(ledger: Ledger, settings: Settings, *, wanted: Callable[[Account], bool] | None = None) -> list[Question]:
    """The questions of a ledger, new documents taken in first. `wanted`: only questions with such an account.

    What persons decided (`Ledger.judgements`) is applied; copies that the ledger knows are folded, and what stands in
    a block that repetition showed to be a notice is left out.
    """
    update(ledger, settings)
    _find_copies(ledger, settings)
    parties = Parties.with_file(settings.resolve.parties)
    sides, passages = Sides.of_file(settings.compare.sides), Passages(ledger.copies())

    def made(group: Group) -> Question:
        return compare.question_of(group, parties, sides, passages)

    notices = copying.repeated_blocks(ledger)
    found = []
    for _, data in ledger.state(_kind(settings)):
        for group in compare.groups(_outside(_unpacked(data), notices)):
            if wanted is None or any(map(wanted, group.accounts)):
                found.append(made(group))
    return list(compare.ordered(compare.apply(found, ledger.judgements(), made)))


def _find_copies(ledger: Ledger, settings: Settings) -> None:
    """Look for copies among new documents first: origins cannot be counted before reposts are folded."""
    path = getattr(ledger, "path", None)
    if path is not None and ledger.unmarked(copying.KIND):
        copying.copies(ledger, copying.index_folder(path), settings)


def _add(ledger: Ledger, kind: str, readings: Iterable[Reading], parties: Parties, topics: Topics) -> None:
    new: dict[str, list[Account]] = {}
    for reading in readings:
        for account in compare.accounts_of(reading, parties, topics):
            new.setdefault(_name(compare.block_of(account)), []).append(account)
    kept = {name: _unpacked(data) for name, data in ledger.state(kind, new)}
    ledger.put_state(kind, {name: _packed([*kept.get(name, ()), *accounts]) for name, accounts in new.items()})


def _outside(accounts: Iterable[Account], notices: Mapping[str, Sequence[Span]]) -> list[Account]:
    """The accounts that stand in no notice."""
    return [
        a for a in accounts if not any(n.start <= a.span.start and a.span.end <= n.end for n in notices.get(a.doc, ()))
    ]


def _kind(settings: Settings) -> str:
    """Accounts hold their parties: another table of parties, or another form of accounts, makes other blocks."""
    return f"{KIND}:{_name((settings.resolve.parties or '', FORM, ''))}"


def _name(block: Block) -> str:
    return blake2b(json.dumps(block).encode(), digest_size=16).hexdigest()


def _packed(accounts: Sequence[Account]) -> bytes:
    """Accounts without those that stand twice (a run that was broken off)."""
    once = {(a.claim, a.quantity, a.topic): a for a in accounts}
    return zlib.compress(to_bytes(once.values()), 1)


def _unpacked(data: bytes) -> list[Account]:
    return from_bytes(zlib.decompress(data))
