"""Quotations that drift, asked of a ledger."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from reportedly import run
from reportedly.ledger import Ledger
from reportedly.model import Attribution, Document, Header, Hop, Published, Reading, Span


class Kept:
    """A ledger that only has readings."""

    def __init__(self, *readings: Reading) -> None:
        self._readings = readings

    def readings(self, docs: Any = None) -> Iterator[Reading]:
        return iter(self._readings)


def reading(name: str, text: str, day: str, voice: str) -> Reading:
    published = Published(from_=day, to=None, grain="day", method="user")
    doc = Document(
        id=name, name=f"{name}.txt", sha256="0", media_type="text/plain", text=text, lang="en",
        header=Header(outlet=f"Outlet {name}", published=published), segments=(),
    )  # fmt: skip
    hop = Hop(name=voice, anonymity="named", actor="ana-brell")
    said = Attribution(id=name, form="direct", cue=(), source=(), content=(Span(0, len(text)),), chain=(hop,))
    return Reading(document=doc, attributions=(said,))


def test_two_wordings_of_one_quotation_with_what_changed() -> None:
    one = reading("a", "“We will never leave this old town, write to desk@kessar.example”", "2031-05-04", "Brell")
    two = reading("b", "“We will never leave this town, write to desk@kessar.example”", "2031-05-06", "Ana Brell")
    (row,) = run.quote_drifts(cast(Ledger, Kept(two, one)))
    assert (row["voice"], row["first"]["outlet"], row["later"]["outlet"]) == ("Ana Brell", "Outlet a", "Outlet b")
    assert (row["added"], row["dropped"], row["changed"]) == ([], ["old"], [])
    assert "desk@" not in row["first"]["text"]
    assert one.document.text[row["first"]["start"] : row["first"]["end"]].startswith("We will never")


def test_the_same_words_do_not_drift() -> None:
    same = [reading(name, "“We will never leave this town”", "2031-05-04", "Ana Brell") for name in ("a", "b")]
    assert run.quote_drifts(cast(Ledger, Kept(*same))) == []
