"""Headlines that claim more than their text or drop its source; matters that lose their source."""

from __future__ import annotations

import importlib.util
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reportedly.compare import Parties, questions
from reportedly.compare.drift import CODE, attribution_lost, headline_drift
from reportedly.compare.questions import question_row
from reportedly.compare.relations import relate
from reportedly.model import Attribution, Claim, Document, Header, Hop, Quantity, Reading, Segment, Span, Things

_spec = importlib.util.spec_from_file_location("making", Path(__file__).with_name("making.py"))
assert _spec is not None
assert _spec.loader is not None
making = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(making)
account, origin = making.account, making.origin

TITLE = "Shells kill 35 in Kessar market"
BODY = "At least 35 people died when shells struck the market in Kessar, the Dravina Observatory said."


def reading(title: str = TITLE, body: str = BODY, **changes: Any) -> Reading:
    """A document with one claim in its title and one in its body, attributed to the Observatory."""
    text = f"{title}\n{body}"
    start = len(title) + 1
    doc = Document(
        id="d", name="d.txt", sha256="0", media_type="text/plain", text=text, lang="en", header=Header(title=title),
        segments=(
            Segment(span=Span(0, len(title)), kind="title"),
            Segment(span=Span(len(title), start), kind="separator"),
            Segment(span=Span(start, len(text)), kind="body"),
        ),
    )  # fmt: skip
    quantities = tuple(_figure(text, at, n) for n, at in enumerate(_all(text, "35")))
    said = Attribution(
        id="a", form="indirect", cue=(), source=(), content=(Span(start, len(text)),),
        chain=changes.pop("chain", (Hop(name="Dravina Observatory", anonymity="named"),)),
        type=changes.pop("type", "speech"),
    )  # fmt: skip
    in_title = Claim(
        id="t", span=Span(0, len(title)), attribution=None, voice="author", polarity="positive", modality="asserted",
        predicate="kill", family="kill", quantities=tuple(q.id for q in quantities if q.span.start < start),
    )  # fmt: skip
    in_body = replace(
        in_title, id="b", span=Span(start, len(text)), attribution="a", voice="attributed",
        quantities=tuple(q.id for q in quantities if q.span.start >= start),
    )  # fmt: skip
    in_body = replace(in_body, **changes)
    return Reading(document=doc, attributions=(said,), things=Things(quantities=quantities), claims=(in_title, in_body))


def _all(text: str, words: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(words, at)]


def _figure(text: str, at: int, number: int) -> Quantity:
    least, most = text[:at].endswith("At least "), text[:at].endswith("Up to ")
    start = at - len("At least ") * least - len("Up to ") * most
    return Quantity(
        id=f"q{number}", span=Span(start, at + 2), number=Span(at, at + 2), low=None if most else 35,
        high=None if least else 35, point=None if least or most else 35,
        bound="at_least" if least else "up_to" if most else "exact", measure="killed",
    )  # fmt: skip


def test_a_headline_without_the_source_of_its_text() -> None:
    (note,) = headline_drift(reading())
    assert note.code == CODE
    assert note.message == "The headline gives no source; the text has it from Dravina Observatory."
    assert note.span == Span(0, len(TITLE))


@pytest.mark.parametrize(
    "title",
    [
        "Observatory: 35 killed in Kessar market",
        "Shells kill 35 in Kessar market, monitor says",
        "Did shells kill 35 in Kessar market?",
        "Shells kill 35 in Kessar market in Dravina count",
        "Shells kill many in Kessar market on one day",
    ],
)
def test_headlines_that_name_ask_or_say_something_else(title: str) -> None:
    changes: dict[str, Any] = {"family": "strike"} if "many" in title else {}
    assert headline_drift(reading(title, **changes)) == []


def test_what_the_text_says_in_its_own_voice_has_no_source_to_drop() -> None:
    assert headline_drift(reading(voice="author", attribution=None)) == []
    assert headline_drift(reading(type="belief")) == []


def test_a_headline_without_figures_is_matched_by_its_words() -> None:
    body = "Shells struck the market in Kessar in the morning, the Dravina Observatory said."
    (note,) = headline_drift(reading("Shells strike Kessar market", body))
    assert "Dravina Observatory" in note.message
    assert headline_drift(reading("Bridge falls into Kessar river", body)) == []


def test_a_headline_that_claims_more() -> None:
    body = BODY.replace("At least 35", "Up to 35")
    (note,) = headline_drift(reading(body=body))
    assert note.message == "The headline gives “35” where the text gives “Up to 35”."
    (note,) = headline_drift(reading(modality="conditional"))
    assert note.message == "The headline reports as having happened what the text gives as possible."


def test_a_headline_that_shortens_the_chain() -> None:
    chain = (Hop(name="Levant Post", anonymity="named"), Hop(name="a surgeon", anonymity="anonymous"))
    found = reading(chain=chain)
    short = Attribution(
        id="s", form="indirect", cue=(), source=(), content=(Span(0, 5),), chain=chain[:1],
    )  # fmt: skip
    title = replace(found.claims[0], voice="attributed", attribution="s")
    found = replace(found, attributions=(*found.attributions, short), claims=(title, found.claims[1]))
    (note,) = headline_drift(found)
    assert note.message == "The headline has it from Levant Post; the text has it through Levant Post › a surgeon."


def test_a_document_without_body_or_title_has_no_drift() -> None:
    found = reading()
    doc = found.document
    assert headline_drift(replace(found, document=replace(doc, segments=doc.segments[:1]))) == []
    assert headline_drift(replace(found, document=replace(doc, segments=doc.segments[2:]))) == []


# ------------------------------------------------------------------------------------------------ attribution lost

COUNCIL = origin("Kessar Council")
OWN = {"voice": "author", "chain": (), "outlet": "Levant Post"}


def first(**slots: Any) -> Any:
    return account("a", origin=COUNCIL, **{"figure": ("at_least", 12, None), **slots})


def later(claim: str = "b", **slots: Any) -> Any:
    own = replace(origin("Levant Post"), key="outlet:levant post")
    return account(
        claim, **{"figure": ("at_least", 12, None), "published": "2031-05-06", "origin": own, **OWN, **slots}
    )


def lost(*accounts: Any) -> list[Any]:
    relations = [relate(a, b) for n, a in enumerate(accounts) for b in accounts[n + 1 :]]
    return attribution_lost(accounts, relations)


def test_a_figure_that_had_a_source_and_has_none_later() -> None:
    (loss,) = lost(first(), later())
    assert (loss.claim, loss.was, loss.doc) == ("b", "a", "doc-b")
    assert loss.because == (
        "Harbour Agency of 2031-05-04 gave at least 12 as said by Kessar Council; "
        "Levant Post of 2031-05-06 gives no source."
    )


def test_an_event_that_had_a_source() -> None:
    words = frozenset({"shells", "market", "struck", "noon"})
    assert [loss.claim for loss in lost(first(figure=None, words=words), later(figure=None, words=words))] == ["b"]
    assert lost(first(figure=None), later(figure=None)) == []
    assert lost(first(figure=("vague", 24, 99)), later(figure=("vague", 24, 99))) == []
    other = frozenset({"bridge", "convoy", "halted"})
    assert lost(first(figure=None), later(figure=None, words=other)) == []


@pytest.mark.parametrize(
    "slots",
    [
        {"published": "2031-05-04"},
        {"published": None},
        {"figure": ("exact", 12, 12)},
        {"published": "2031-06-20"},
        {"words": frozenset({"bridge", "fell", "killed"})},
        {"copy_of": "a"},
        {"doc": "doc-a"},
        {"voice": "attributed", "origin": COUNCIL},
        {"modality": "conditional"},
        {"origin": COUNCIL},
    ],
)
def test_where_nothing_was_lost(slots: dict[str, Any]) -> None:
    assert lost(first(), later(**slots)) == []


def test_a_document_that_names_the_source_elsewhere_has_not_lost_it() -> None:
    named = later("c", voice="attributed", origin=COUNCIL, chain=("Kessar Council",), doc="doc-b")
    assert lost(first(), later(), named) == []


def test_the_row_of_a_question_says_so() -> None:
    (question,) = questions([first(), later()], Parties([]))
    row = question_row(question, Parties([]))
    assert [(loss["claim"], loss["was"]) for loss in row["attribution_lost"]] == [("b", "a")]
    assert row["claims"][0]["population"] == "unstated"
