"""Verbs of reporting by what they do: how often a source "said", "claimed", "denied", of 100 attributions."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from math import sqrt
from typing import Any

from reportedly.words import table

Z = 1.96
"""Standard normal quantile of a 95 % interval."""
OTHER, NONE = "other", "no verb"
_WORD = re.compile(r"[^\W\d_]+")
_VOWELS = "aeiou"
_NEGATIONS = frozenset({"not", "never", "n't", "cannot"})


def with_classes(rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """The rows of `sources` with `verb_classes`: class, count, rate per 100 attributions and its Wilson interval.

    The counts of a row add up to its attributions: one without a reporting word ("according to", a colon, a quotation
    alone) is "no verb". "did not say" is "other", since nothing was said.
    """
    for row in rows:
        counts: Counter[str] = Counter()
        for verb in row["verbs"]:
            counts[class_of(verb["verb"])] += verb["count"]
        total = row["attributions"]
        counts[NONE] += max(0, total - counts.total())
        ordered = sorted((name for name in counts if counts[name]), key=lambda name: (-counts[name], name))
        yield {**row, "verb_classes": [_rate(name, counts[name], total) for name in ordered] if total else []}


def _rate(name: str, count: int, total: int) -> dict[str, Any]:
    low, high = wilson(count, total)
    interval = [round(100 * low, 1), round(100 * high, 1)]
    return {"class": name, "count": count, "per_100": round(100 * count / total, 1), "interval": interval}


def wilson(count: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), which holds for small numbers too.

    >>> [round(end, 3) for end in wilson(2, 10)]
    [0.057, 0.51]
    >>> wilson(0, 0)
    (0.0, 1.0)
    """
    if total <= 0:
        return 0.0, 1.0
    share = min(1.0, count / total)
    middle = share + Z * Z / (2 * total)
    spread = Z * sqrt(share * (1 - share) / total + Z * Z / (4 * total * total))
    below = 1 + Z * Z / total
    return max(0.0, (middle - spread) / below), min(1.0, (middle + spread) / below)


def class_of(cue: str) -> str:
    """The class of a cue as it stands in a text: the first of its words that is a form of a verb in the table.

    >>> [class_of(cue) for cue in ("said on Friday", "has denied", "quoted as saying", "according to", "did not say")]
    ['say', 'deny', 'say', 'no verb', 'other']
    """
    words = _WORD.findall(cue.casefold())
    if _NEGATIONS & set(words):
        return OTHER
    if not words or words[:2] == ["according", "to"]:
        return NONE
    known = _forms()
    return next((known[word] for word in words if word in known), OTHER)


@cache
def _forms() -> dict[str, str]:
    """Form → class, for all regular forms of the verbs of the table and the irregular ones that it lists."""
    rows = table("reporting")
    found: dict[str, str] = {}
    for name, lemmas in rows["classes"].items():
        for lemma in lemmas:
            for form in inflected(lemma):
                found.setdefault(form, name)
    for form, lemma in rows["forms"].items():
        found.setdefault(form, found[lemma])
    return found


def inflected(lemma: str) -> list[str]:
    """A verb and its regular forms.

    >>> inflected("deny"), inflected("admit")
    (['deny', 'denies', 'denied', 'denying'], ['admit', 'admits', 'admitted', 'admitting'])
    """
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in _VOWELS:
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    doubled = lemma + lemma[-1] if lemma in ("admit", "brag", "put") else lemma
    return [lemma, third, doubled + "ed", doubled + "ing"]
