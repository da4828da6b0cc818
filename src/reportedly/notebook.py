"""Answers as objects of a notebook: rows that become data frames, questions with pictures, accounts side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any, overload

from reportedly.errors import UsageError
from reportedly.settings import Settings, load

if TYPE_CHECKING:
    import pandas
    import polars

    from reportedly import compare
    from reportedly.ledger import Ledger

Row = dict[str, Any]
_ROWS_SHOWN = 50
_FILTERS = ("about", "place", "after", "before", "measure", "differs", "min_origins", "min_documents")


class Rows(Sequence[dict[str, Any]]):
    """Rows of an answer: a sequence of mappings that becomes a data frame where that library is installed."""

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        self._rows = list(rows)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> Rows: ...
    def __getitem__(self, at: int | slice) -> dict[str, Any] | Rows:
        return Rows(self._rows[at]) if isinstance(at, slice) else self._rows[at]

    def __repr__(self) -> str:
        return f"<Rows: {len(self)}>"

    def to_pandas(self) -> pandas.DataFrame:
        """A pandas data frame. Raises MissingPart where pandas is not installed."""
        return _frame("pandas", "DataFrame", self._rows)

    def to_polars(self) -> polars.DataFrame:
        """A polars data frame. Raises MissingPart where polars is not installed."""
        frame: polars.DataFrame = _frame("polars", "from_dicts", self._rows)
        return frame

    def _repr_html_(self) -> str:
        if not self._rows:
            return "<p>No rows.</p>"
        names = list(self._rows[0])
        head = "".join(f"<th>{escape(name)}</th>" for name in names)
        body = "".join(
            "<tr>" + "".join(f"<td>{escape(_cell(row.get(name)))}</td>" for name in names) + "</tr>"
            for row in self._rows[:_ROWS_SHOWN]
        )
        more = f"<caption>{_ROWS_SHOWN} of {len(self):,} rows</caption>" if len(self) > _ROWS_SHOWN else ""
        return f"<table>{more}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _frame(library: str, maker: str, rows: list[dict[str, Any]]) -> Any:
    from importlib import import_module

    from reportedly.errors import MissingPart

    try:
        module = import_module(library)
    except ImportError:
        raise MissingPart(library, library) from None
    options = {"infer_schema_length": None} if library == "polars" and rows else {}
    frame: Any = getattr(module, maker if rows else "DataFrame")(rows, **options)
    return frame


def _cell(value: object) -> str:
    """A value in a cell: chains as names, things by their words."""
    if value is None:
        return ""
    if isinstance(value, list):
        return " › ".join(_cell(each) for each in value)
    if isinstance(value, dict):
        return str(value.get("text") or value.get("name") or value.get("from") or value)
    return str(value)


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
