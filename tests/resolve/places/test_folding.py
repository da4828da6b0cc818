"""Names across spellings: the exact key, the sound, and how likely two names are one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.resolve.places.folding import heard, key, sound


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Al-Kessār", "Kessar"),
        ("U.K.", "UK"),
        ("Ash-Shorra", "ash Shorra"),
        ("Ta`rin", "Tarin"),
        ("San-Vero", "San Vero"),
    ],
)
def test_spellings_with_one_key(one: str, other: str) -> None:
    assert key(one) == key(other)


@pytest.mark.parametrize(("one", "other"), [("Kessar", "Kossar"), ("Sorra", "Sora Nova"), ("Al", "Ul Kessar")])
def test_different_names_keep_different_keys(one: str, other: str) -> None:
    assert key(one) != key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Qessar", "Kissar"), ("Touloun", "Tulun"), ("Djerrah", "Jarra"), ("Cheikh", "Sheikh")]
)
def test_spellings_that_sound_alike(one: str, other: str) -> None:
    assert sound(one) == sound(other)


def test_vowels_count_for_likeness_but_not_for_sound() -> None:
    assert sound("Kasir") == sound("Kusar")
    assert heard("Kasir") != heard("Kusar")


@given(st.text(max_size=40))
def test_any_text_has_a_key_that_is_its_own_key(name: str) -> None:
    assert key(key(name)).split() == key(key(key(name))).split()
    assert isinstance(sound(name), str)
