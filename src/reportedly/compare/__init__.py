"""Line up what the accounts say about one matter, count independent origins, and relate them with a reason.

Takes: Readings, the user's parties and sides, links of copies.   Gives: Questions with Relations.
Never: rules who is right, averages figures, calls two accounts different before they were found comparable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reportedly.compare.account import Account, Topics, accounts_of
from reportedly.compare.grouping import blocks, groups
from reportedly.compare.parties import Parties
from reportedly.compare.questions import Question, account_row, question_of, question_row

__all__ = [
    "Account", "Parties", "Question", "Topics", "account_row", "accounts_of", "block_questions", "blocks", "groups",
    "question_row", "questions",
]  # fmt: skip


def questions(accounts: Iterable[Account], parties: Parties, sides: Mapping[str, str] | None = None) -> list[Question]:
    """All questions of the accounts, those with the most documents and accounts first."""
    found = [q for block in blocks(accounts).values() for q in block_questions(block, parties, sides or {})]
    return sorted(found, key=lambda q: (-len({a.doc for a in q.accounts}), -len(q.accounts), q.id))


def block_questions(block: Iterable[Account], parties: Parties, sides: Mapping[str, str]) -> list[Question]:
    """The questions of one block; a block does not look at any other."""
    return [question_of(group, parties, sides) for group in groups(list(block))]
