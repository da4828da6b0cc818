"""Which way a sentence looks: back on what happened, or forward."""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from reportedly.model.text import Parsed
from reportedly.words import table

from .tokens import BREAK, Tokens

PAST, FUTURE, UNKNOWN = -1, 1, 0
_TENSE = {key: frozenset(words) for key, words in table("times")["tense"].items()}
_STOPS = frozenset({".", "!", "?", ";", BREAK})
_REACH = 40


def tense_at(t: Tokens, first: int, last: int, parsed: Parsed | None = None) -> int:
    """-1 where the words at tokens `first:last` stand in a report of the past, 1 where ahead, 0 where nothing tells.

    The parse decides where it is given; else the nearest telling word of the sentence, those before it first.
    """
    if parsed is not None and (found := _by_parse(parsed, t.start[first], t.end[last - 1])) != UNKNOWN:
        return found
    found = _nearest(t, first - 1, -1)
    if found != UNKNOWN and _distance_right(t, last) > 2:
        return found
    right = _nearest(t, last, 1)
    return right if found == UNKNOWN else found


def _distance_right(t: Tokens, last: int) -> int:
    return 9 if t.low[last] not in _TENSE["future"] else 1


def _nearest(t: Tokens, i: int, step: int) -> int:
    """The first telling word from token `i` on, in steps of -1 or 1, within the sentence."""
    for _ in range(_REACH):
        if i < 0 or i >= t.count:
            return UNKNOWN
        word = t.low[i]
        if word in _STOPS and not (
            word == "."
            and t.glued(i)
            and i + 1 < t.count
            and (t.glued(i + 1) or len(t.low[i - 1]) <= 4 and step < 0 and not t.capital(i + 1))
        ):
            return UNKNOWN
        found = _told(t, i)
        if found != UNKNOWN:
            return found
        i += step
    return UNKNOWN


def _told(t: Tokens, i: int) -> int:
    word = t.low[i]
    if word in _TENSE["future"]:
        after = t.low[i + 1]
        if word in ("may", "can") and t.capital(i):
            return UNKNOWN
        return PAST if after == "have" else FUTURE
    if word in _TENSE["future_governors"]:
        return (
            FUTURE
            if word
            not in (
                "set",
                "plan",
                "plans",
                "agreed",
                "begins",
                "opens",
                "asked",
                "ordered",
                "decided",
                "urged",
                "bound",
                "ends",
                "going",
            )
            or t.low[i + 1] in ("to", "for", "on", "in", "next")
            else UNKNOWN
        )
    if word in _TENSE["past"]:
        return (
            UNKNOWN
            if word in ("set", "put", "cut", "hit", "shut", "split", "spread", "left", "led", "since")
            and t.before(i) == "to"
            else PAST
        )
    if (
        word.endswith("ed")
        and len(word) > 4
        and word not in _TENSE["not_past"]
        and (not t.capital(i) or t.before(i) in _STOPS)
    ):
        return PAST
    return UNKNOWN


_STARTS: dict[int, tuple[Parsed, list[int]]] = {}


def _by_parse(parsed: Parsed, start: int, end: int) -> int:
    starts = _starts(parsed)
    i = bisect_left(starts, start)
    if i >= len(starts) or parsed.tokens[i].start >= end:
        i = bisect_right(starts, start) - 1
    if i < 0:
        return UNKNOWN
    for _ in range(12):
        token = parsed.tokens[i]
        if token.pos in ("VERB", "AUX"):
            return _of_verb(parsed, i)
        if token.head == i:
            return UNKNOWN
        i = token.head
    return UNKNOWN


def _starts(parsed: Parsed) -> list[int]:
    """Token offsets of the parse that was looked at last."""
    held = _STARTS.get(0)
    if held is None or held[0] is not parsed:
        _STARTS[0] = held = (parsed, [token.start for token in parsed.tokens])
    return held[1]


def _of_verb(parsed: Parsed, i: int) -> int:
    """The direction of a verb: its auxiliaries first, then its own form, then its governor's."""
    for _ in range(6):
        token = parsed.tokens[i]
        around = [parsed.tokens[k] for k in range(max(0, i - 6), i) if parsed.tokens[k].head == i]
        lemmas = {a.text.lower() for a in around if a.dep in ("aux", "auxpass")}
        if lemmas & {"will", "'ll", "’ll", "would", "shall", "may", "might", "could", "should", "must", "can"}:
            return PAST if "have" in lemmas else FUTURE
        if token.tag == "VBD" or lemmas & {"had", "was", "were", "has", "have", "did", "been"}:
            lemma = token.lemma.lower()
            ahead = token.text.lower() in _TENSE["future_governors"] and any(
                x.text.lower() in ("to", "for") for x in parsed.tokens[i + 1 : i + 2]
            )
            return FUTURE if ahead or lemma in ("expect", "schedule", "slate") else PAST
        if token.tag == "VBN" and token.dep in ("acl", "advcl", "amod"):
            return FUTURE if token.text.lower() in _TENSE["future_governors"] else PAST
        if token.text.lower() in _TENSE["future_governors"] and token.dep != "amod":
            return FUTURE
        if token.tag == "VB" and any(a.text.lower() == "to" for a in around):
            governor = parsed.tokens[token.head]
            if governor.text.lower() in _TENSE["future_governors"] or token.dep == "advcl":
                return FUTURE
        if token.tag in ("VB", "VBG") and token.head != i:
            i = token.head
            continue
        return UNKNOWN
    return UNKNOWN
