"""Two accounts of one matter side by side: what both sides answer, what only one reports, the words each uses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportedly.compare.account import Account
from reportedly.compare.keyness import Keyness, keyness
from reportedly.compare.questions import Question
from reportedly.compare.relations import said
from reportedly.compare.sides import Sides


@dataclass(frozen=True, slots=True)
class Beside:
    """A question with the accounts of each side (side → accounts) and of nobody's side."""

    question: Question
    of_side: Mapping[str, tuple[Account, ...]]
    others: tuple[Account, ...]

    @property
    def answered(self) -> tuple[str, ...]:
        """The sides that answer the question."""
        return tuple(side for side, accounts in self.of_side.items() if accounts)


def side_of(account: Account, sides: Sides) -> str | None:
    """The side of an account: that of its origin, else of the nearest voice that it came through, else of its outlet."""
    names = [account.origin.name, account.origin.party, *reversed(account.chain[:-1]), account.outlet]
    return sides.of(*names)


def beside(questions: Iterable[Question], sides: Sides) -> list[Beside]:
    """The questions that some side answers, those that most sides answer first."""
    found = []
    for question in questions:
        by_side: dict[str, list[Account]] = {name: [] for name in sides.names}
        others: list[Account] = []
        for account in question.accounts:
            side = side_of(account, sides)
            (by_side[side] if side else others).append(account)
        if any(by_side.values()):
            found.append(Beside(question, {name: tuple(of) for name, of in by_side.items()}, tuple(others)))
    return sorted(found, key=lambda b: (-len(b.answered), -len(b.question.accounts), b.question.id))


def beside_row(row: Beside) -> dict[str, Any]:
    """A row of `accounts`: the question, what each side says, and how the sides' accounts relate."""
    side_of_claim = {a.claim: side for side, accounts in row.of_side.items() for a in accounts}
    across = [
        {"a": r.a, "b": r.b, "kind": r.kind, "because": r.because}
        for r in row.question.relations
        if side_of_claim.get(r.a) and side_of_claim.get(r.b) and side_of_claim[r.a] != side_of_claim[r.b]
    ]
    return {
        "question": row.question.id,
        "asks": row.question.asks,
        "sides": {side: [_said(a) for a in accounts] for side, accounts in row.of_side.items()},
        "others": [_said(a) for a in row.others],
        "only": row.answered[0] if len(row.answered) == 1 else None,
        "relations": across,
        "support": row.question.support,
    }


def _said(account: Account) -> dict[str, Any]:
    return {
        "claim": account.claim,
        "origin": account.origin.name,
        "outlet": account.outlet,
        "published": account.published,
        "figure": said(account) if account.bound else None,
        "text": account.text,
    }


def words_of_sides(labels: Iterable[Mapping[str, Any]], sides: Sides) -> dict[tuple[str, str], tuple[int, Keyness]]:
    """(side, label head) → (uses, keyness against the other sides), from the rows of `labels`."""
    uses: dict[str, Counter[str]] = {name: Counter() for name in sides.names}
    for row in labels:
        side = sides.of(
            row["outlet"] if row["speaker"] == "author" else row["speaker"], row.get("party"), row["outlet"]
        )
        if side:
            uses[side][row["head"]] += row["count"]
    spoken = {side: words for side, words in uses.items() if words}
    return {key: (spoken[key[0]][key[1]], value) for key, value in keyness(spoken).items()} if len(spoken) > 1 else {}


def with_keyness(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows of `labels` with `keyness` and `interval` filled in: each speaker in an outlet against all others."""
    uses: dict[str, Counter[str]] = {}
    for row in rows:
        uses.setdefault(_voice(row), Counter())[row["head"]] += row["count"]
    found = keyness(uses) if len(uses) > 1 else {}
    filled = []
    for row in rows:
        value = found.get((_voice(row), row["head"]))
        extra = {"keyness": value.log_odds, "interval": [value.low, value.high]} if value else {}
        filled.append({**row, **extra})
    return filled


def _voice(row: Mapping[str, Any]) -> str:
    return f"{row['speaker']}\x00{row['outlet'] or ''}"
