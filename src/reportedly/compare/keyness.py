"""Keyness: which words a speaker uses more than the others, as log-odds with an informative Dirichlet prior.

Monroe, Colaresi & Quinn (2008), Fightin' Words, Political Analysis 16(4), equations 15-22: the prior is the use of
the word by all speakers together, so that rare words are drawn towards no difference.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import log, sqrt

PRIOR = 10.0
"""Words that the prior is worth in all."""
Z = 1.96
"""Standard normal quantile of a 95 % interval."""


@dataclass(frozen=True, slots=True)
class Keyness:
    """Log-odds ratio of a word between one speaker and all others, with its 95 % interval."""

    log_odds: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval leaves out zero."""
        return self.low > 0 or self.high < 0


def keyness(uses: Mapping[str, Mapping[str, int]], *, prior: float = PRIOR) -> dict[tuple[str, str], Keyness]:
    """For every speaker and word the keyness against all other speakers. `uses`: speaker → word → count.

    >>> found = keyness({"north": {"rebel": 20, "army": 5}, "south": {"terrorist": 18, "army": 6}})
    >>> found["north", "rebel"].clear, found["north", "army"].clear
    (True, False)
    """
    everything: Counter[str] = Counter()
    for words in uses.values():
        everything.update(words)
    if len(everything) < 2:
        return {}  # odds of a word need another word
    total = sum(everything.values())
    found = {}
    for speaker, words in uses.items():
        own = sum(words.values())
        for word, count in words.items():
            alpha = prior * everything[word] / total
            found[speaker, word] = _log_odds(count, own, everything[word] - count, total - own, alpha, prior)
    return found


def _log_odds(own: int, own_all: int, rest: int, rest_all: int, alpha: float, prior: float) -> Keyness:
    first = log((own + alpha) / max(own_all + prior - own - alpha, 1e-9))
    second = log((rest + alpha) / max(rest_all + prior - rest - alpha, 1e-9))
    spread = sqrt(1 / (own + alpha) + 1 / (rest + alpha))
    value = first - second
    return Keyness(round(value, 3), round(value - Z * spread, 3), round(value + Z * spread, 3))
