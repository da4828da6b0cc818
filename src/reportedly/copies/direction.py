"""Who can have taken a text from whom: explicit credit over time stamps over containment, else unknown."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from reportedly.copies.sources import Credit, Source
from reportedly.model.accounts import Direction

WHOLE, CUT = 0.95, 0.8
"""A text that stands whole as the beginning of one that goes on for a fifth or more can be cut from it."""


class Evidence(NamedTuple):
    """A direction and the words that speak for it. `grade`: credit, time, containment or none."""

    direction: Direction
    words: str
    grade: str


class Shared(NamedTuple):
    """How two documents share text: coverage either way, whether the shared part begins the document."""

    coverage_a: float
    coverage_b: float
    begins_a: bool
    begins_b: bool


@lru_cache(maxsize=65_536)
def folded(name: str | None) -> str:
    """A name for comparison: letters and digits of lower case, without an article or a web suffix.

    >>> folded("The Harbour-Post.com") == folded("Harbour Post")
    True
    """
    text = unicodedata.normalize("NFKD", name or "").casefold()
    text = re.sub(r"^(?:www\.|the\s+)|\.(?:com|org|net|info|co|news)(?:\.\w\w)?/?$", "", text.strip())
    return "".join(c for c in text if c.isalnum())


@lru_cache(maxsize=65_536)
def _names(outlet: str | None, host: str) -> frozenset[str]:
    names = {folded(outlet), folded(host)}
    return frozenset(name for name in names if len(name) >= 2)


def names_of(source: Source) -> frozenset[str]:
    """Folded names under which other documents may credit this one."""
    return _names(source.outlet, source.host)


def credit_to(copy: Source, original: Source) -> Credit | None:
    """The credit in `copy` that names the outlet of `original`, if their outlets differ."""
    names = names_of(original) - names_of(copy)
    if not names:
        return None
    for credit in copy.credits:
        if _credited(credit.name) & names:
            return credit
    if copy.original_outlet and folded(copy.original_outlet) in names:
        return Credit(name=copy.original_outlet, words=f"original outlet: {copy.original_outlet}")
    return None


def _credited(name: str) -> set[str]:
    """Folded names in a credit: the whole and the parts of "A and B", "A/B", "A + B"."""
    parts = re.split(r"\s+(?:and|via|with)\s+|[/+,&]", name)
    return {folded(name), *(folded(part) for part in parts)} - {""}


def _own(source: Source) -> Credit | None:
    """The credit by which a document names its own outlet as the original source."""
    names = names_of(source)
    if source.republisher:
        return None
    return next((credit for credit in source.credits if _credited(credit.name) & names), None)


def direction(a: Source, b: Source, shared: Shared) -> Evidence:
    """Which of two documents can have taken the shared text from the other; never a guess.

    >>> a = Source(id="1", name="a", outlet="Norden Wire", begins="2031-05-02", ends="2031-05-03")
    >>> b = Source(id="2", name="b", outlet="Harbour Post", begins="2031-05-01", ends="2031-05-02",
    ...            credits=(Credit(name="Norden Wire", words="(Norden Wire)"),))
    >>> direction(a, b, Shared(1.0, 1.0, True, True))
    Evidence(direction='a_to_b', words='b credits Norden Wire: “(Norden Wire)”', grade='credit')
    """
    for found in (_by_credit(a, b), _by_time(a, b), _by_containment(shared)):
        if found is not None:
            return found
    return Evidence("unknown", _why_unknown(a, b), "none")


def _by_credit(a: Source, b: Source) -> Evidence | None:
    to_b, to_a = credit_to(b, a), credit_to(a, b)
    if to_b and not to_a:
        return Evidence("a_to_b", f"b credits {to_b.name}: “{to_b.words}”", "credit")
    if to_a and not to_b:
        return Evidence("b_to_a", f"a credits {to_a.name}: “{to_a.words}”", "credit")
    if to_a and to_b:
        return None
    if bool(a.republisher) != bool(b.republisher) and a.outlet == b.outlet:
        copy, side = (b, "b") if b.republisher else (a, "a")
        way: Direction = "a_to_b" if side == "b" else "b_to_a"
        return Evidence(way, f"{side} is republished by {copy.republisher}", "credit")
    own_a, own_b = _own(a), _own(b)
    if own_a and not own_b and not names_of(a) & names_of(b):
        return Evidence("a_to_b", f"a names its own outlet as the source: “{own_a.words}”", "credit")
    if own_b and not own_a and not names_of(a) & names_of(b):
        return Evidence("b_to_a", f"b names its own outlet as the source: “{own_b.words}”", "credit")
    return None


def _by_time(a: Source, b: Source) -> Evidence | None:
    if not a.begins or not b.begins:
        return None
    if (a.ends or a.begins) <= b.begins and a.begins != b.begins:
        return Evidence("a_to_b", f"a is dated {a.begins}, b {b.begins}", "time")
    if (b.ends or b.begins) <= a.begins and a.begins != b.begins:
        return Evidence("b_to_a", f"b is dated {b.begins}, a {a.begins}", "time")
    return None


def _by_containment(shared: Shared) -> Evidence | None:
    """Text is cut from its end: the shorter one stands whole as the beginning of the longer one."""
    if not (shared.begins_a and shared.begins_b):
        return None
    if shared.coverage_b >= WHOLE and shared.coverage_a <= CUT:
        return Evidence("a_to_b", _cut("b", "a", shared.coverage_a), "containment")
    if shared.coverage_a >= WHOLE and shared.coverage_b <= CUT:
        return Evidence("b_to_a", _cut("a", "b", shared.coverage_b), "containment")
    return None


def _cut(short: str, long: str, coverage: float) -> str:
    return f"all of {short} stands as the first {coverage:.0%} of {long}; no date or credit tells more"


def _why_unknown(a: Source, b: Source) -> str:
    both = {folded(credit.name): credit for credit in a.credits}
    for credit in b.credits:
        if folded(credit.name) in both:
            return f"both credit {credit.name}; neither is it"
    if a.begins and b.begins:
        return f"no credit, and the dates ({a.begins}, {b.begins}) do not tell"
    return "no credit, and not both are dated"
