"""Questions and accounts as objects of a notebook, with the same filters as on the command line. It only forwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from reportedly.errors import UsageError
from reportedly.library import Rows
from reportedly.settings import Settings, load

if TYPE_CHECKING:
    from reportedly import compare
    from reportedly.ledger import Ledger

Row = dict[str, Any]
_FILTERS = ("about", "place", "after", "before", "measure", "differs", "min_origins", "min_documents")


class Question(dict[str, Any]):
    """The row of one question; a notebook shows its picture and table."""

    @property
    def claims(self) -> Rows:
        """One row an account."""
        return Rows(self["claims"])

    @property
    def relations(self) -> Rows:
        """One row a pair of accounts, with the reason."""
        return Rows(self["relations"])

    @property
    def svg(self) -> str:
        """The dot-range picture as SVG; empty where no account gives a figure."""
        from reportedly.draw import ranges_svg

        return ranges_svg(self)

    def __repr__(self) -> str:
        return f"<Question {self['id'][:8]}: {self['asks']} {len(self['claims'])} accounts>"

    def _repr_html_(self) -> str:
        from reportedly.draw import question_html

        return question_html(self)


class Questions(Rows):
    """Questions, those with the most documents first."""

    def question(self, which: int | str) -> Question:
        """One question by its number or the beginning of its id. Raises UsageError for none or several."""
        if isinstance(which, int):
            return Question(self[which])
        found = [row for row in self if row["id"].startswith(which)]
        if len(found) != 1:
            raise UsageError(f"{len(found)} questions have an id that begins with {which}.")
        return Question(found[0])

    def _repr_html_(self) -> str:
        names = ("id", "asks", "low", "high", "documents", "parties", "support")
        shown = [{**{name: row[name] for name in names}, "accounts": len(row["claims"])} for row in self]
        return Rows(shown)._repr_html_()


class Accounts(Rows):
    """Rows of three kinds told apart by `row`: "side", "question", "word"; a notebook shows them side by side."""

    def __init__(self, rows: Sequence[Row], title: str) -> None:
        super().__init__(rows)
        self.title = title

    def of(self, kind: str) -> Rows:
        """The rows of one kind."""
        return Rows([row for row in self if row["row"] == kind])

    @property
    def html(self) -> str:
        """One page, complete in itself, to read or print."""
        from reportedly.draw import accounts_html

        return accounts_html(self, title=self.title)

    def _repr_html_(self) -> str:
        from html import escape

        return f'<iframe srcdoc="{escape(self.html, quote=True)}" width="100%" height="600"></iframe>'


def asked(ledger: Ledger, options: Mapping[str, Any]) -> list[Row]:
    """The rows of `questions`. Raises UsageError for an unknown option."""
    from reportedly import compare, run
    from reportedly.compare.asking import fits

    settings, wanted = _settings(options, _FILTERS)
    table = compare.Parties.with_file(settings.resolve.parties)
    return [compare.question_row(q, table) for q in run.questions(ledger, settings) if fits(q, **wanted)]


def matter(ledger: Ledger, options: Mapping[str, Any]) -> tuple[list[Row], str]:
    """The rows of `accounts` and a title."""
    from reportedly import run

    settings, wanted = _settings(options, ("about", "since", "until"))
    return run.matter(ledger, settings, **wanted).rows(), str(wanted.get("about") or "all questions")


def history(ledger: Ledger, options: Mapping[str, Any]) -> list[Row]:
    """The rows of `history`."""
    from reportedly import compare, run
    from reportedly.compare.asking import fits

    settings, wanted = _settings(options, ("about", "measure", "place"))
    table = compare.Parties.with_file(settings.resolve.parties)
    found: list[compare.Question] = [q for q in run.questions(ledger, settings) if fits(q, **wanted)]
    rows = [row for question in found for row in compare.history_rows(question, table)]
    return [row for row in rows if wanted.get("measure") in (None, row["measure"])]


def _settings(options: Mapping[str, Any], known: Sequence[str]) -> tuple[Settings, dict[str, Any]]:
    """Settings with the files of sides and parties, and the filters."""
    unknown = sorted(set(options) - {*known, "sides", "parties"})
    if unknown:
        raise UsageError(f"There is no option {unknown[0]}. There are: {', '.join((*known, 'sides', 'parties'))}.")
    files = {"compare.sides": options.get("sides"), "resolve.parties": options.get("parties")}
    settings = load({name: None if value is None else str(value) for name, value in files.items()})
    return settings, {name: options[name] for name in known if name in options}
