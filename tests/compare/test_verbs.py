"""Verbs of reporting by class, with the interval of their rate."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.compare.verbs import class_of, inflected, wilson, with_classes


@pytest.mark.parametrize(
    ("cue", "expected"),
    [
        ("said", "say"), ("has been told", "say"), ("wrote", "say"), ("claims", "claim"), ("alleging", "claim"),
        ("denied", "deny"), ("rejected", "deny"), ("admitted", "admit"), ("conceding", "admit"), ("accuses", "accuse"),
        ("accused … of", "accuse"), ("estimates", "estimate"), ("announced on friday", "announce"),
        ("urging", "demand"),
        ("found", "find"), ("according to", "no verb"), (":", "no verb"), ("", "no verb"), ("did not deny", "other"),
        ("cannot say", "other"), ("whistled", "other"), ("publishes", "announce"),
    ],
)  # fmt: skip
def test_a_cue_has_the_class_of_its_verb(cue: str, expected: str) -> None:
    assert class_of(cue) == expected


def test_rates_add_up_to_the_attributions() -> None:
    verbs = [{"verb": "said", "count": 6}, {"verb": "denied", "count": 2}]
    (row,) = with_classes([{"source": "x", "attributions": 10, "verbs": verbs}])
    assert [(c["class"], c["count"], c["per_100"]) for c in row["verb_classes"]] == [
        ("say", 6, 60.0), ("deny", 2, 20.0), ("no verb", 2, 20.0),
    ]  # fmt: skip
    assert row["verb_classes"][0]["interval"] == [31.3, 83.2]
    (silent,) = with_classes([{"source": "outlet", "attributions": 0, "verbs": []}])
    assert silent["verb_classes"] == []


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_the_share(count: int, total: int) -> None:
    count = min(count, total)
    low, high = wilson(count, total)
    assert 0 <= low <= count / total + 1e-9
    assert count / total - 1e-9 <= high <= 1


def test_forms_of_regular_verbs() -> None:
    assert inflected("publish")[1] == "publishes"
    assert inflected("say")[1] == "says"
