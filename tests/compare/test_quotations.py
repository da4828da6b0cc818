"""Words in quotation marks with their voice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.compare.quotations import quoted
from reportedly.model import Attribution, Document, Header, Hop, Reading, Span

BRELL = Hop(name="Ana Brell", anonymity="named", actor="ana-brell")


def reading(text: str, **changes: object) -> Reading:
    doc = Document(
        id="d", name="d", sha256="0", media_type="text/plain", text=text, lang="en", header=Header(), segments=()
    )
    slots = {"id": "a", "form": "direct", "cue": (), "source": (), "content": (Span(0, len(text)),), "chain": (BRELL,)}
    return Reading(document=doc, attributions=(Attribution(**{**slots, **changes}),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We stay in this town”", ["We stay in this town"]),
        ('that "we stay in this town" and "leave nobody behind"', ["we stay in this town"]),
        ('that "we stay in town" and "nobody leaves it now"', ["we stay in town", "nobody leaves it now"]),
        ("“We stay in this town", ["We stay in this town"]),
        ("a “safe corridor”", []),
        ("«We stay in this town»", ["We stay in this town"]),
        ("no marks at all in this", []),
    ],
)  # fmt: skip
def test_stretches_between_marks(text: str, expected: list[str]) -> None:
    found = list(quoted(reading(text, form="mixed")))
    assert [span.of(text) for _, _, span in found] == expected
    assert {(voice, name) for voice, name, _ in found} <= {("ana-brell", "Ana Brell")}


def test_indirect_speech_and_nameless_voices_have_none() -> None:
    assert list(quoted(reading("“We stay in this town”", form="indirect"))) == []
    assert list(quoted(reading("“We stay in this town”", chain=()))) == []
    assert list(quoted(reading("“We stay in this town”", chain=(Hop(name=None, anonymity="unknown"),)))) == []


@given(st.text(alphabet='ab “”"«»„ ', max_size=60))
def test_spans_stay_inside_and_hold_no_closing_mark(text: str) -> None:
    for _, _, span in quoted(reading(text)):
        assert 0 <= span.start < span.end <= len(text)
