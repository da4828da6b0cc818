"""Where sentences begin: our own rules, given to the parser before it reads.

A closing mark belongs to its sentence; `"Why?" he asked` is one sentence; abbreviations end none.
"""

from __future__ import annotations

import re
from functools import cache

from reportedly.words import table

_END = re.compile(r"[.!?…]+[\"'”’)\]]*(?=\s)|[.!?…]+[\"”]+(?=\w)|(?<=[a-z])[.!?](?=[A-Z][a-z])|:(?=\s+[\"“])")
_NEXT = re.compile(r"\s*([\"'“‘(\[]*)(\w[\w'’.-]*)?")
_WORD_BEFORE = re.compile(r"[\w.'’-]{1,40}$")
_INITIAL = re.compile(r"^(?:[A-Z]\.)*[A-Z]$")


@cache
def _owner() -> re.Pattern[str]:
    """A few words up to a reporting verb that ends its clause."""
    cues = "|".join(table("sentences")["cues"])
    return re.compile(
        r"\s*(?:[\w'’.-]+\s+){0,5}?(?:" + cues + r")(?=\s*[.,;:]|\s*$|\s+(?:in|on|at|to|during|of|from|by|[A-Z]\w+)\b)"
    )


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    data = table("sentences")
    return frozenset(data["never"]), frozenset(data["unless_opener"]), frozenset(data["openers"])


def starts(text: str) -> list[int]:
    """Offsets where a sentence begins in `text`, the first one included; each points at a character that is no space.

    >>> starts('Gen. Oru left. "Why?" he asked. Nobody knew.')
    [0, 15, 32]
    """
    found = [len(text) - len(text.lstrip())] if text.strip() else []
    for match in _END.finditer(text):
        after = _NEXT.match(text, match.end())
        if after is None or not (after[1] or after[2]):
            continue
        if _is_boundary(text, match, after):
            begin = after.end() - len(after[1] or "") - len(after[2] or "")
            if begin > found[-1]:
                found.append(begin)
    return found


def _is_boundary(text: str, match: re.Match[str], after: re.Match[str]) -> bool:
    never, unless_opener, openers = _words()
    ended = match.group()
    word = after[2] or ""
    if ended == ":":
        return False
    if word and not (word[0].isupper() or word[0].isdigit()) and not (after[1] and word[0].isalpha()):
        return False
    if word and word[0].islower():
        return False
    closes = ended[-1] in "\"'”’"
    if closes and ended[0] in "!?…" and not after[1] and _owner().match(text, match.end()):
        return False
    if ended == ".":
        before = _WORD_BEFORE.search(text, max(0, match.start() - 40), match.start())
        last = before.group() if before else ""
        if last.lower() in never and not (last.islower() and last == "no"):
            return word in openers and last.lower() in unless_opener
        if last.lower() in unless_opener or (_INITIAL.match(last) and (len(last) > 1 or _inside_name(text, match))):
            return word in openers or bool(after[1])
    return True


def _inside_name(text: str, match: re.Match[str]) -> bool:
    """Whether a single capital before the stop is an initial ("John F. Oru"), not a lettered thing ("Group B.")."""
    head = text[max(0, match.start() - 30) : match.start() - 1].rstrip()
    return not head or not head[-1].islower() or head.split()[-1][:1].isupper()
