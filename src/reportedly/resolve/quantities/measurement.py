"""Measured quantities of scientific prose: values with units, tolerances, powers of ten, ranges and comparators.

The grammar of the `measurement` profile. Unlike the news it keeps years, ages and durations, and leaves the counted
noun out of the span. Takes a text; gives figures with their spans in text order; linear in the length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from reportedly.model.things import Bound
from reportedly.resolve.quantities.numerals import numerals
from reportedly.words import table

_SIGN = r"[<>≤≥⩽⩾~∼≈≃±+−–-]"
_NUMBER = r"(?:\d{1,3}(?:,\d{3})++(?!\d)|\d++)(?:\.\d++)?|\.\d++"
_POWER = r"(?:\s?[×x]\s?10\s?[−–-]?\s?\d{1,3}|[eE][−-]?\d{1,3}\b)"
_START = re.compile(r"(?<![\w.])(?:\d|\.\d)|(?<=[a-z] )\d|\b[a-zA-Z]{3,}")
_LINK = re.compile(r"\s?(?:[–−‒-]|\bto\b|\band\b|\bor\b|(?<=\d)[/:](?=\d)|[×x](?=\s?\d))\s?", re.I)
_TOLERANCE = re.compile(rf"\s?(?:±|\+/[-−])\s?(?P<value>{_NUMBER})")
_MONTH = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    "Nov(?:ember)?|Dec(?:ember)?"
)
_DATE = re.compile(
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTH})\b\.?(?: \d{{1,2}}(?:st|nd|rd|th)?)?(?:,? \d{{4}})?(?!\w)"
)
_CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?(?: UTC?| GMT)?")


class Value(NamedTuple):
    """One value at `start:end`; `unit` as written; `core` is the end of the number alone."""

    start: int
    end: int
    core: int
    value: float
    unit: str | None
    tolerance: float | None
    sign: str


@dataclass(slots=True)
class Measured:
    """A measured quantity at `start:end`; `number` is the stretch of its number words."""

    start: int
    end: int
    number: tuple[int, int]
    low: float | None
    high: float | None
    point: float | None
    bound: Bound
    unit: str | None
    rule: str


@cache
def _grammar() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], frozenset[str]]:
    """The patterns for one value, a unit, and the comparators before it; and the label words."""
    science = table("units")["science"]
    atoms = "|".join(sorted(map(re.escape, science["atoms"]), key=len, reverse=True))
    words = "|".join(sorted((re.escape(w).replace(r"\ ", r"[\s-]") for w in science["words"]), key=len, reverse=True))
    power = r"(?:\s?[−–-]\s?\d|[²³⁻¹]{1,2}|[23](?!\d))"
    atom = rf"(?:[%‰°](?![CFA-Za-z])|°\s?[CF](?![A-Za-z])|(?:{atoms}){power}?(?![A-Za-zα-ωμ]))"
    inverse = rf"\s?(?:{atoms}|year|day|week|month){power}(?![A-Za-z0-9])"
    per = rf"(?:\s?[/·⋅∙]\s?{atom}|{inverse}|\sper\s[a-z]+|\sby\s(?:mass|volume|weight)\b)"
    unit = rf"(?:[\s-]?(?:{words})(?![A-Za-z])(?:\sper\s[a-z]+)?|\s?{atom}{per}{{0,3}})"
    scale = r"(?P<scale>\s(?:hundred|thousand|million|billion)\b)?"
    value = rf"(?P<sign>{_SIGN}{{0,2}}\s?)(?P<number>{_NUMBER})(?P<power>\s?\(?{_POWER}\)?)?{scale}"
    bounds = {words for words, bound in numerals()["before"].items() if bound not in ("", "+") and words[-1].isalpha()}
    phrase = "|".join(re.escape(w) for w in sorted({*bounds, *science["before"]}, key=len, reverse=True))
    lead = rf"\b(?:{phrase}|between|from)\s(?:a\s)?$"
    return re.compile(value), re.compile(unit), re.compile(lead, re.I), frozenset(science["labels"])


def measured(text: str, start: int = 0, end: int | None = None) -> list[Measured]:
    """The measured quantities of `text[start:end]`.

    >>> [(m.low, m.high, m.unit) for m in measured("grown at 10–20 °C in 5 ± 0.5 mg/L")]
    [(10.0, 20.0, '°C'), (4.5, 5.5, 'mg/L')]
    """
    stop = len(text) if end is None else end
    found: list[Measured] = []
    at = floor = start
    while True:
        match = _START.search(text, at, stop)
        if match is None:
            return found
        item = _item(text, match.start(), stop, floor)
        if item is None:
            at = max(match.end(), _word_end(text, match.start(), stop))
        else:
            found.append(item)
            at = floor = item.end


def _word_end(text: str, at: int, stop: int) -> int:
    """The end of the code or word at `at`, with what is joined to its digits ("10a-4", "2–5")."""
    numeric = text[at].isdigit()
    while at < stop and (
        text[at].isalnum()
        or text[at] == "_"
        or (numeric and text[at] in ".,-–/" and at + 1 < stop and text[at + 1].isdigit())
    ):
        at += 1
    return at


def _item(text: str, at: int, stop: int, floor: int) -> Measured | None:
    if text[at].isalpha():
        return _worded(text, at, stop, floor)
    date = _DATE.match(text, at, stop) or _CLOCK.match(text, at, stop)
    if date and any(c.isalpha() or c == ":" for c in date.group()):
        return _plain(text, date.start(), date.end(), floor, rule="measurement.date")
    one = _value(text, at, stop, floor)
    if one is None:
        return None
    two = _second(text, one, stop)
    if _is_label(text, one._replace(unit=one.unit or (two.unit if two else None))) or _in_formula(text, one):
        return None
    if two is not None and text[one.core : two.start].strip() in ("×", "x"):
        two = _second(text, two, stop) or two
    return _build(text, one, two, floor)


def _value(text: str, at: int, stop: int, floor: int) -> Value | None:
    """The value whose digits begin at `at`; signs before it are taken along."""
    pattern, units, _, _ = _grammar()
    begin = at
    while (
        begin > floor
        and at - begin < 3
        and (
            re.match(_SIGN, text[begin - 1])
            or (text[begin - 1] in " \u2009\u00a0" and begin - 1 > floor and text[begin - 2] in "<>≤≥⩽⩾~∼≈±−–")
        )
    ):
        begin -= 1
    if begin > 0 and begin < at and text[begin] in "-–+" and text[begin - 1].isalnum():
        begin = at if text[begin - 1].isdigit() else begin + 1
    match = pattern.match(text, begin, stop)
    if match is None or len(match.group("number")) > 15:
        return None
    value = float(match.group("number").replace(",", ""))
    if match.group("power"):
        value *= _power(match.group("power"))
    if match.group("scale"):
        value *= float(numerals()["scales"][match.group("scale").strip().lower()])
    sign = match.group("sign").strip()
    if sign.endswith(("−", "-", "–")):
        value = -value
    end = core = match.end()
    unit = units.match(text, end, stop)
    tolerance = _TOLERANCE.match(text, unit.end() if unit else end, stop)
    spread = None
    if tolerance:
        spread = float(tolerance.group("value").replace(",", "")) if len(tolerance.group("value")) < 16 else None
        end = core = tolerance.end()
        unit = units.match(text, end, stop) or unit
    if unit and unit.end() > end:
        end = unit.end()
    return Value(begin, end, core, value, unit.group().strip(" -") if unit else None, spread, sign)


def _power(words: str) -> float:
    digits = re.findall(r"[−–-]?\s?\d+", words.replace("×", " ").replace("x", " "))
    exponent = int(digits[-1].replace("−", "-").replace("–", "-").replace(" ", ""))
    if "10" in words and len(digits) == 1:
        tail = words.split("10", 1)[1].strip(" )").replace("−", "-").replace("–", "-").replace(" ", "")
        exponent = int(tail) if tail.lstrip("-").isdigit() else 0
    return float(10.0 ** max(-300, min(300, exponent)))


def _second(text: str, one: Value, stop: int) -> Value | None:
    """The other end of a range: "10–20 °C", "from 4 to 88 days", "between 5 and 300 K"."""
    link = _LINK.match(text, one.end, stop)
    if link is None or link.end() >= stop:
        return None
    word = link.group().strip().lower()
    opened = text[max(0, one.start - 9) : one.start].lower().rstrip()
    if word in ("and", "or") and one.unit is not None and not opened.endswith(("between", "from", "either")):
        return None
    if word in ("-", "−", "–", "‒") and link.group() != word and len(link.group()) == 2:
        return None
    joined = opened.endswith(("between", "from", "either")) or word == "or"
    at = link.end()
    while at < stop and text[at] in "~∼−–- " and at - link.end() < 3:
        at += 1
    for opening in ("around ", "about "):
        if text.startswith(opening, at):
            at += len(opening)
    if at >= stop or not (text[at].isdigit() or text[at] == "."):
        return None
    two = _value(text, at, stop, link.end())
    if two is None or text[two.end : two.end + 1].isalpha() or (word == "and" and not joined and two.unit is None):
        return None
    return two


def _is_label(text: str, one: Value) -> bool:
    """Citations, figure numbers, codes and years of references are no quantities."""
    before = text[max(0, one.start - 30) : one.start]
    after = text[one.end : one.end + 12]
    labels = _grammar()[3]
    if text[one.start].isdigit() and re.search(r"(?:[\w/)]|[A-Za-z\d][-–])$", before):
        return not re.search(r"\d\s?[-–/]$", before)
    if after[:1].isalpha() or after[:1] == "_" or re.match(r"/?\d*[a-z]\b|-[A-Za-z]{1,2}\b|-\d", after):
        return True
    if _glued_letter(text, one):
        return True
    if re.search(r"\[[\d,;–\-\s]*$", before) and re.match(r"[\d,;–\-\s]*\]", after):
        return True
    if 1800 < one.value < 2100 and one.unit is None and _cited(before, after):
        return True
    lone = re.search(r"\((?:\d{1,3}[,;–-]\s?)*$", before) and re.match(r"(?:[,;–-]\s?\d{1,3})*\)", after)
    if lone and one.unit is None and not one.sign and one.value < 1000:
        return True
    word = re.search(r"([A-Za-z]+)\.?\s?\(?(?:\d+(?:\.\d+)?[a-zA-Z]?(?:,? and |, | to |–|-))*$", before)
    short = one.unit is None or (len(one.unit) == 1 and one.unit.isalpha() and one.end == one.core + 1)
    if word and word.group(1).lower() in labels and short and not one.sign:
        return True
    name = re.search(r"(?:^|[a-z,(]\s)([A-Z][A-Za-z]+|[A-Z]{2,})[\s-]$", before)
    return bool(name) and one.unit is None and name is not None and name.group(1).lower() not in _NO_NAMES


def _in_formula(text: str, one: Value) -> bool:
    """A bare number among the signs of a formula or in the brackets of a function: "f(x, 2)", "x + 3", "−2sin"."""
    if one.unit is not None or one.sign:
        return False
    before, after = text[max(0, one.start - 16) : one.start].rstrip(), text[one.end : one.end + 4].lstrip()
    if re.match(r"[\^+*·∈≠≤≥⩽⩾|}]", after) or re.search(r"[\^+*·∈≠{|]$", before):
        return True
    if re.search(r"[)\]′'}]\s?=$", before):
        return True
    return re.search(r"\w\((?:[\w.]+,\s?)*$", before) is not None


def _glued_letter(text: str, one: Value) -> bool:
    """ "3D", "13C", "2006a": a digit with one letter is a code, save for the units that are written so."""
    letter = text[one.core : one.end]
    return len(letter) == 1 and (letter in "CDHGMRFUTaBb" or (letter == "A" and one.value < 10))


_NO_NAMES = frozenset("ad bc p n the in of at a since before after age from january february march april may june july "
                      "august september october november december figs".split())  # fmt: skip


def _cited(before: str, after: str) -> bool:
    """ "(Smith et al., 2006a; Jones, 2008)"."""
    if re.search(r"(?:al\.?|[A-Z][\w’'-]+|\d{4}[a-z]?|press),?\s?\(?$", before):
        return bool(re.match(r"[a-z]?\s?[);,]|[a-z]\b|$", after)) and not re.search(
            r"(?:In|Since|By|Until|January|February|March|April|May|June|July|August|September|October|November|December)\s$",
            before,
        )
    return False


_TAIL = re.compile(r" (?:or|and) (?P<word>more|less|higher|lower|above|below|older|over|fewer|greater)\b")
_UPWARD = frozenset(("more", "higher", "above", "older", "over", "greater"))
_LISTED = re.compile(r"[×x/:]|\band\b|\bor\b")


def _build(text: str, one: Value, two: Value | None, floor: int) -> Measured:
    """A quantity from one value or two ends, with the comparators before and after it."""
    last = two or one
    begin, words = _lead(text, one, floor, ranged=two is not None)
    bound, note = _bound(words, one.sign)
    item = Measured(
        begin, last.end, (one.start, last.core), one.value, last.value, one.value, "exact", None, "measurement"
    )
    item.unit = last.unit or one.unit
    tail = _TAIL.match(text, last.end)
    if two is not None:
        spoken = words.lower().startswith(("between", "from"))
        listed = not spoken and _LISTED.search(text, one.core, two.start)
        item.low, item.high, item.point = min(one.value, two.value), max(one.value, two.value), None
        item.bound, item.rule = "range", "measurement.list" if listed else "measurement.range"
    elif one.tolerance is not None:
        item.low, item.high = one.value - one.tolerance, one.value + one.tolerance
        item.bound, item.rule = "range", "measurement.tolerance"
    elif tail:
        item.end = tail.end()
        _limit(item, "at_least" if tail.group("word") in _UPWARD else "up_to")
    else:
        _limit(item, bound)
    if note:
        item.rule += ".about"
    return item


def _limit(item: Measured, bound: str) -> None:
    """Opens the interval of an exact value as its comparator says."""
    value = item.point or 0.0
    if bound in ("at_least", "more_than"):
        item.high = item.point = None
    elif bound in ("up_to", "less_than"):
        item.low = item.point = None
    elif bound in ("about", "nearly"):
        spread = abs(value) * 0.1
        item.low, item.high = value - spread, value + (spread if bound == "about" else 0.0)
    item.bound = bound or "exact"  # type: ignore[assignment]


def _bound(words: str, sign: str) -> tuple[str, bool]:
    """The bound that words and signs before a value give, and whether it is approximate."""
    signs = {"<": "less_than", ">": "more_than", "≤": "up_to", "⩽": "up_to", "≥": "at_least", "⩾": "at_least"}
    strong = next((signs[c] for c in sign if c in signs), "")
    about = any(c in "~∼≈≃" for c in sign)
    key = words.strip().lower().removesuffix(" a").strip()
    found = numerals()["before"].get(key, "")
    if key in ("after", "before"):
        found = "more_than" if key == "after" else "less_than"
    if key in ("within", "last", "past", "top", "upper", "lower", "down to"):
        found = "up_to"
    if key in ("every", "average", "an average of", "for", "between", "from", "as low as"):
        found = ""
    if found in ("of the order of", "in the order of") or key in (
        "of the order of",
        "in the order of",
        "on the order of",
    ):
        found = "about"
    if found in ("about", "nearly"):
        about = True
    bound = strong or found or ("about" if about else "")
    return ("" if bound == "+" else bound), about


_OPEN_TIME = re.compile(r"\b(?:after|before)\s$", re.I)


def _lead(text: str, one: Value, floor: int, *, ranged: bool) -> tuple[int, str]:
    """Where the comparator words before a value begin, and what they are."""
    lead = _grammar()[2]
    begin, words = one.start, ""
    for _ in range(2):
        window = text[max(floor, begin - 32) : begin]
        match = lead.search(window)
        if match is None and one.unit and not words:
            match = _OPEN_TIME.search(window)
        key = match.group().strip().lower() if match else ""
        if match is None or (key in ("between", "from") and not ranged) or key in ("for", "average", "as low as"):
            return begin, words
        begin = begin - len(window) + match.start()
        words = words or match.group()
    return begin, words


def _plain(text: str, start: int, end: int, floor: int, *, rule: str) -> Measured:
    return Measured(start, end, (start, end), None, None, None, "exact", None, rule)


_WORDS = re.compile(
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|hundred|"
    r"zero|half|several|dozens?)(?:[ -](?:one|two|three|four|five|six|seven|eight|nine|hundred|thousand|million))*\b",
    re.I,
)


def _worded(text: str, at: int, stop: int, floor: int) -> Measured | None:
    """A number word; dates with a month in front."""
    match = _WORDS.match(text, at, stop)
    if match is None:
        date = _DATE.match(text, at, stop)
        if date and re.search(r"\d", date.group()):
            return _plain(text, at, date.end(), floor, rule="measurement.date")
        return None
    word = match.group().lower()
    unit = _grammar()[1].match(text, match.end(), stop)
    worth = numerals()["numerals"].get(word)
    hyphen = text[at - 1 : at] in ("-", "–") or (unit is None and text[match.end() : match.end() + 1] == "-")
    if hyphen or worth is None or text[match.end() : match.end() + 3] == " of" or (word == "one" and unit is None):
        return None
    end = unit.end() if unit else match.end()
    one = Value(at, end, match.end(), float(worth), unit.group().strip(" -") if unit else None, None, "")
    return _build(text, one, None, floor)
