"""The example read once for each attributor, into a ledger, with its copies and questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reportedly import compare, example, ledger, run
from reportedly.compare import Account, Question
from reportedly.model import Attribution, CopyLink, Reading, Span
from reportedly.settings import load


@dataclass
class Run:
    """What the whole line found in the example."""

    attributor: str
    readings: dict[str, Reading]
    rejects: list[dict[str, Any]]
    links: list[CopyLink]
    families: list[set[str]]
    questions: list[Question]
    parties: compare.Parties

    def number(self, doc: str) -> str:
        """The number of a document in the answer sheet."""
        return next(number for number, reading in self.readings.items() if reading.document.id == doc)

    def span(self, at: dict[str, Any]) -> Span:
        """Where the words of the sheet stand."""
        text = self.readings[at["doc"]].document.text
        words = re.escape(at["words"]).replace('"', '["“”]').replace("'", "['’]")
        found = list(re.finditer(words, text))
        assert found, f"{at['words']!r} stands nowhere in {at['doc']}"
        hit = found[at.get("nth", 1) - 1]
        return Span(hit.start(), hit.end())

    def attribution(self, at: dict[str, Any]) -> Attribution | None:
        """The innermost attribution in whose content the words stand."""
        span = self.span(at)
        inside = [
            a
            for a in self.readings[at["doc"]].attributions
            if any(_shared(c, span) >= 0.8 * len(span) for c in a.content)
        ]
        return max(inside, key=lambda a: (len(a.chain), -sum(len(c) for c in a.content)), default=None)

    def accounts(self, at: dict[str, Any]) -> list[Account]:
        """The accounts of the words: with its bounds where the sheet gives them, else without a figure."""
        doc, span = self.readings[at["doc"]].document.id, self.span(at)
        near = [a for q in self.questions for a in q.accounts if a.doc == doc and _meet(a.span, span)]
        if "bounds" in at:
            low, high = at["bounds"]
            near = [a for a in near if a.quantity and _close(a.low, low) and _close(a.high, high)]
        return sorted(near, key=lambda a: -_shared(a.span, span) / len(a.span))

    def in_title(self, account: Account) -> bool:
        """Whether an account stands in a headline."""
        reading = next(r for r in self.readings.values() if r.document.id == account.doc)
        return any(segment.span.overlaps(account.span) for segment in reading.document.segments_of("title"))

    def home(self, at: dict[str, Any]) -> list[Question]:
        """The questions that hold the account of the words."""
        accounts = {(a.claim, a.quantity) for a in self.accounts(at)}
        return [q for q in self.questions if any((a.claim, a.quantity) in accounts for a in q.accounts)]


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))


def _meet(a: Span, b: Span) -> bool:
    return _shared(a, b) >= 0.5 * min(len(a), len(b))


def _close(found: float | None, wanted: float | None) -> bool:
    if found is None or wanted is None:
        return found is wanted
    return abs(found - wanted) <= 0.01 * max(1.0, abs(wanted))


@pytest.fixture(scope="session", params=["rules", "model"])
def found(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """The example, read by one attributor."""
    from reportedly.run import copying

    settings = load({**example.settings(), "attribute.attributor": request.param, "run.workers": 1}, env={})
    path: Path = tmp_path_factory.mktemp("example") / "demo.ledger"
    with ledger.open(path, create=True) as kept:
        run.add(kept, [str(example.articles())], settings, executor=run.Inline())
        copies = copying.copies(kept, copying.index_folder(path), settings)
        readings = {Path(r.document.name).name[:2]: r for r in kept.readings()}
        numbers = {r.document.id: n for n, r in readings.items()}
        yield Run(
            attributor=request.param,
            readings=readings,
            rejects=list(kept.rejects()),
            links=list(copies.links),
            families=[{numbers[doc] for doc in family.members} for family in copies.families],
            questions=run.questions(kept, settings),
            parties=compare.Parties.with_file(settings.resolve.parties),
        )
