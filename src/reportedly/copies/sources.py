"""What a document says about where its text comes from: the facts that decide who can have taken it from whom."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from urllib.parse import urlsplit

from reportedly.copies.words import Bool, bits_of, signal_table
from reportedly.model import Document
from reportedly.words import table

_HEAD, _LATE = 200, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """An explicit credit: `name` as written ("Agency", "The Harbour Post"), in the `words` it stands in."""

    name: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document without its text. `begins`, `ends`: half-open interval of ISO days it was published in."""

    id: str
    name: str
    begins: str | None = None
    ends: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    republisher: str | None = None
    original_outlet: str | None = None
    credits: tuple[Credit, ...] = ()

    @property
    def order(self) -> tuple[str, str, str]:
        """Earliest first; documents without a day come last, then by id and name."""
        return (self.begins or "9999", self.id, self.name)

    @property
    def host(self) -> str:
        """Host of the URL without `www.`, or an empty string."""
        if not self.url:
            return ""
        try:
            return (urlsplit(self.url).hostname or "").removeprefix("www.")
        except ValueError:
            return ""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    name = r"(?P<name>[^\W\d_a-z][^\n()<>|;:,\[\]*]{1,60}?)"
    end = (
        r"(?=[^\S\n]*(?:[\n()<>|;,©\[\]*]|\.\s|\.$|$|[“\"]|https?:|(?i:copyright)"
        r"|\b(?:on|in) (?:\w+ )?\d|\band (?:is|was)\b|\bunder\b))"
    )
    label = r"\s*:?\s*(?:<\w+>|[\[*_“\"]){0,4}"
    small = "by|in|on|at|from|of|is|was|the|a|an|this|article|story|report|post"
    filler = rf"\s*:?\s*(?:(?:{small})\b\s*:?\s*){{0,6}}(?:<\w+>|[\[*_“\"]){{0,4}}"
    head = rf"\((?P<name>[^\W\d_a-z][\w&.’' /-]{{1,30}})\)\s*(?:[-–—:]|{table('credits')['dash']})"
    return re.compile(filler + name + end), re.compile(label + name + end), re.compile(head)


def _phrase_places(text: str) -> list[tuple[int, int, bool]]:
    """Where the phrases of a credit begin and end, and whether one is a bare label ("source").

    A label has to stand before a colon, at the beginning of a line, or late.
    """
    low, words = text.lower(), table("credits")
    if len(low) != len(text):  # a letter whose small form is longer: places would shift
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    found: list[tuple[int, int, bool]] = []
    for phrase in words["phrases"]:
        at = low.find(phrase)
        while at >= 0:
            found.append((at, at + len(phrase), False))
            at = low.find(phrase, at + 1)
    for label in words["labels"]:
        at = low.find(label)
        while at >= 0:
            end = at + len(label)
            line_start = at == 0 or low[at - 1] == "\n"
            if not low[max(at - 1, 0) : at].isalnum() and (
                low[end : end + 1] == ":" or ((line_start or at > len(low) - _LATE) and low[end : end + 1] == " ")
            ):
                found.append((at, end, True))
            at = low.find(label, at + 1)
    return sorted(found)


@cache
def signals() -> Bool:
    """Words of which one stands in every phrase of a credit: the rarest of each phrase."""
    listed = table("credits")
    rarest = [max(phrase.replace("-", " ").split(), key=bits_of) for phrase in listed["phrases"]]
    return signal_table([*rarest, *listed["labels"]])


def credits_in(text: str, *, wire_only: bool = False) -> tuple[Credit, ...]:
    """The explicit credits of a text, in its order; with `wire_only` just an agency at its beginning.

    >>> [credit.name for credit in credits_in("OSTRAVIA (Norden Wire) - Rain. Originally published by Harbour Post.")]
    ['Norden Wire', 'Harbour Post']
    """
    after_phrase, after_label, head = _patterns()
    found: list[Credit] = []
    wire = head.search(text[:_HEAD])
    if wire:
        found.append(Credit(name=wire["name"].strip(), words=f"({wire['name'].strip()})"))
    for at, end, bare in () if wire_only else _phrase_places(text):
        match = (after_label if bare else after_phrase).match(text, end)
        if match:
            words = " ".join(text[at : match.end()].split())
            found.append(Credit(name=match["name"].strip(" _“”\"'."), words=words))
    return tuple(dict.fromkeys(found))


def source_of(doc: Document, signal: bool = True) -> Source:
    """The facts of one document; without `signal` no phrase of a credit is looked for."""
    header = doc.header
    published = header.published
    return Source(
        id=doc.id,
        name=doc.name,
        begins=published.from_ if published else None,
        ends=(published.to or None) if published else None,
        outlet=header.outlet,
        authors=header.authors,
        url=header.url,
        republisher=header.republisher,
        original_outlet=header.original_outlet,
        credits=credits_in(doc.text, wire_only=not signal),
    )
