"""The negative lexicon: words of time that mean no time ("Black September", "the Sunday paper's name", "may", "2000 men")."""

from __future__ import annotations

from reportedly.words import table

from .lexicon import MONTHS, WEEKDAYS
from .tokens import BREAK, DASHES, Tokens
from .tree import Ago, Clock, Date, DayPart, Length, Node, Nth, Open, Part, Range, Repeat, Same, Vague, Years

_NAMES = {key: frozenset(words) for key, words in table("times")["names"].items()}
_YEAR_BEFORE = frozenset(
    """in since of from until till by before after during between to and or early late mid through the a its his her
    their this that for around about circa ( , - – / season summer winter spring autumn fall year late-""".split()
)
_DATE_BEFORE = frozenset(
    """in since of from until till by before after during between to and or early late mid through this that last next
    for around about on the a its his her their each every , ( - – — ¶ . " “ ` past coming previous than as""".split()
)
_LENGTH_BEFORE = frozenset(
    """for in over within about than of nearly almost least most after lasting lasted another just only spent took take
    takes once until under during the every roughly approximately around some up past last next first by nearly to
    a quarter half into - barely exactly""".split()
)
_ENDS = frozenset(
    {BREAK, ".", "!", "?", '"', "“", "”", "`", ":", ";", "'", "‘", "’", "-", "–", "—", "(", "_", "*", "#"}
)


def is_no_time(t: Tokens, node: Node, first: int, last: int, relation: str) -> bool:
    """Whether the reading `node` of the tokens `first:last` is a name, a count or a figure of speech."""
    if isinstance(node, Open):
        return is_no_time(t, node.of, first, last, node.relation)
    if isinstance(node, Date):
        return _date(t, node, first, last)
    if isinstance(node, (Length, Ago)):
        return isinstance(node, Length) and _length(t, node, first, last)
    if isinstance(node, Years):
        return (
            node.count == 10
            and t.number(first) is None
            and t.low[first] not in ("'", "’", "the")
            and t.before(first) == "her"
        )
    if isinstance(node, DayPart):
        return _day_part(t, node, first, last)
    if isinstance(node, Vague):
        return _vague(t, first, last)
    if isinstance(node, Repeat):
        return t.capital(first) and t.before(first) not in _ENDS and t.capital(last)
    if isinstance(node, Range):
        return _range(t, node, first, last)
    if isinstance(node, Clock):
        return t.capital(first) and not _opens_sentence(t, first)
    if isinstance(node, Same):
        return t.low[first] == "that" and (t.low[last] in DASHES or t.before(first) in ("so",))
    if isinstance(node, Nth):
        return node.of is None and t.capital(last)
    return isinstance(node, Part) and is_no_time(t, node.of, last - 1, last, "in")


def _opens_sentence(t: Tokens, i: int) -> bool:
    return i == 0 or t.before(i) in _ENDS


def _date(t: Tokens, node: Date, first: int, last: int) -> bool:
    given = [
        v
        for v in (node.month, node.day, node.weekday, node.season, node.quarter, node.half, node.holiday)
        if v is not None
    ]
    if not given and not node.weekend and not node.fiscal and node.year is not None:
        return _bare_year(t, first, last)
    if node.weekday is not None and len(given) == 1 and node.week_shift is None:
        return _name_around(t, first, last, "before_day") or (t.low[last] in _NAMES["papers"] and t.capital(last))
    if (
        node.month is not None
        and len(given) == 1
        and node.year is None
        and node.year_shift is None
        and node.relation is None
    ):
        return _bare_month(t, first, last)
    if node.season is not None and node.relation is None:
        return _season(t, node, first, last)
    if node.holiday is not None:
        return t.low[last] in ("island", "islands", "offensive") and t.capital(last)
    return node.quarter is not None and t.before(first) in ("figure", "table")


def _name_around(t: Tokens, first: int, last: int, key: str) -> bool:
    return t.before(first) in _NAMES[key] and t.capital(first - 1)


def _bare_month(t: Tokens, first: int, last: int) -> bool:
    word, before = t.low[first], t.before(first)
    if before in _NAMES["before_month"] and t.capital(first - 1):
        return True
    if word in (
        "may",
        "march",
        "mar",
        "sep",
        "dec",
        "jan",
        "apr",
        "jun",
        "jul",
        "oct",
    ) and before not in _DATE_BEFORE - {"¶", ".", '"', "“", "`", "—"}:
        return True
    if (
        word in ("may", "march")
        and before
        in (
            "the",
            ",",
            "and",
            "or",
            "to",
            "a",
            "-",
            "–",
            "as",
            "than",
            "for",
            "on",
            "that",
            "(",
            "his",
            "her",
            "its",
            "their",
            "about",
        )
        and not _continues(t, last)
    ):
        return word == "march" or before not in ("to", "and", "-", "–")
    if word in ("may", "march") and t.low[last] in ("to", "on", "be", "have", "not"):
        return word == "may" or before in _ENDS
    if word in ("april", "june", "august", "may", "january", "march") and before not in _DATE_BEFORE:
        return t.capital(last) or (before not in _ENDS and t.capital(first - 1))
    return (
        before not in _ENDS
        and before not in _DATE_BEFORE
        and t.capital(first - 1)
        and t.low[first - 1] not in MONTHS
        and t.low[first - 1] not in WEEKDAYS
        and first > 0
        and t.low[first - 1].isalpha()
        and t.capital(last)
        and last > first
    )


def _continues(t: Tokens, last: int) -> bool:
    """Whether what follows a month makes it a month: the end, a comma, a noun of events."""
    return t.low[last] in (".", ",", ")", "and", "or", "¶", "to", "through") or t.low[last] in (
        "offensive", "attack", "attacks", "election", "elections", "vote", "summit", "deal", "agreement", "meeting", "truce", "ceasefire",
    )  # fmt: skip


def _season(t: Tokens, node: Date, first: int, last: int) -> bool:
    word = t.low[first + (t.low[first] in ("the", "this", "that"))]
    before = t.before(first)
    if before in _NAMES["before_season"] and t.capital(first - 1):
        return True
    if t.low[last] in _NAMES["after_season"] and t.capital(last):
        return True
    if node.year is not None or node.year_shift is not None:
        return False
    if word == "fall":
        return not (before == "in" and t.low[first] == "the" and t.low[last] != "of") and not (before == "this")
    determined = t.low[first] in ("the", "this", "that")
    if t.capital(last - 1) and not _opens_sentence(t, last - 1):
        return not determined or t.low[last] == "of" or t.capital(last)
    return t.low[last] in ("of", "water", "board") or before not in (
        "in",
        "since",
        "by",
        "until",
        "during",
        "over",
        "before",
        "after",
        "through",
        "this",
        "from",
        "for",
        "throughout",
        "every",
    )


def _bare_year(t: Tokens, first: int, last: int) -> bool:
    before, after = t.before(first), t.low[last]
    if (
        t.glued(last)
        and (after in DASHES or after in ("%", "/", "th", "s", "m", "km", "x", "kg", "mm", "°"))
        and after not in ("–", "—")
    ):
        if not (
            after == "-"
            and t.low[last + 1].isalpha()
            and t.low[last + 1]
            not in (
                "strong",
                "unit",
                "member",
                "man",
                "bed",
                "seat",
                "foot",
                "meter",
                "metre",
                "kilometre",
                "kilometer",
                "mile",
                "km",
                "ton",
                "tonne",
                "year",
                "page",
                "pound",
            )
        ):
            return True
    if after == "," and t.glued(last) and t.glued(last + 1) and t.low[last + 1][0].isdigit():
        return True
    if after == "." and t.glued(last) and t.glued(last + 1) and t.low[last + 1][0].isdigit():
        return True
    if (
        after in _NAMES["counted_nouns"]
        or t.low[last + 1] in _NAMES["counted_nouns"]
        and before not in ("in", "since")
        and after.endswith("n")
    ):
        return True
    year = t.number(first) or 0
    if t.glued(first) and before in ("$", "€", "£", "#", ".", ":", "/", "-", "+", "_", "–"):
        return not (
            before in ("-", "–", "/")
            and t.low[first - 2] in ("pre", "post", "mid", "early", "late", "summer", "spring", "winter")
            or (before == "-" and len(t.low[first - 2]) == 4)
        )
    if before in _NAMES["number_before"]:
        return True
    if year < 1500:
        return (
            before not in ("in", "since", "year")
            or after[0].isalpha()
            and after not in ("the", "and", "when", "by", "after", "a")
        )
    if before in _YEAR_BEFORE or before in MONTHS:
        return (year < 1800 or year > 2100) and before not in (
            "in",
            "since",
            "year",
            "until",
            "of",
            "from",
            "between",
            "to",
        )
    if before in (
        "some",
        "than",
        "over",
        "nearly",
        "least",
        "almost",
        "roughly",
        "approximately",
        "only",
        "another",
        "with",
        "at",
        "more",
    ):
        return True
    if _opens_sentence(t, first):
        return not (
            before in (BREAK, ".") and after in ("was", "saw", "the", "has", "and", ":", ",", "marked", "brought")
        )
    return not (
        1900 <= year <= 2060
        and (t.capital(first - 1) or after in (".", ",", ")", "and", BREAK))
        and before not in ("by", ")")
    )


def _length(t: Tokens, node: Length, first: int, last: int) -> bool:
    word, before = t.low[first], t.before(first)
    if node.age:
        return _age(t, node, last)
    if t.low[last] == "per" or before in ("per",):
        return True
    if node.unit == "q":
        return word in ("a", "three", "one") or t.low[last] in ("of", "-")
    if (
        t.low[last - 1] in ("second", "minute", "moment")
        and word in ("a", "one", "the", "any", "some")
        and before not in _LENGTH_BEFORE
    ):
        return True
    if word in ("a", "an"):
        return _per_unit(t, first, last, before)
    if word in ("some", "many") and t.low[first + 1] in ("day", "night", "second"):
        return True
    if node.count is None and t.low[first].endswith("s") and last == first + 1:
        return not _bare_plural(t, first, last, before)
    if word == "second":
        return True
    if t.glued(first) and before in ("-", ".", ",", "$", "/", "–"):
        return not (before in ("-", "–") and t.low[first - 2].isalpha())
    return (
        word == "one"
        and node.unit in ("d", "n")
        and t.low[last] not in ("after", "before", "later", "earlier", "of")
        and before not in _LENGTH_BEFORE
    )


def _age(t: Tokens, node: Length, last: int) -> bool:
    """Whether it is the age of a person: "a 12-year-old boy", "she is 44 years old"."""
    if t.low[last - 2] not in DASHES:
        return True
    following = {t.low[last], t.low[last + 1]}
    if following & _NAMES["people"] or not t.low[last][0].isalpha() or t.capital(last):
        return True
    return node.unit == "y" and node.count is not None and 12 <= node.count <= 99 and t.low[last] in ("", ",")


def _per_unit(t: Tokens, first: int, last: int, before: str) -> bool:
    """ "$1 billion a year" and "60 km an hour" are rates, "after a year" is a length."""
    unit = t.low[first + 1]
    if (
        last > first + 2
        or before in _LENGTH_BEFORE
        or t.low[last] in ("later", "earlier", "ago", "after", "before", "of")
    ):
        return unit in ("second", "min") or (
            unit in ("day", "night")
            and before in ("of", "for", "the", "in", "by")
            and t.low[last] in ("when", "of", "that")
        )
    return True


def _bare_plural(t: Tokens, first: int, last: int, before: str) -> bool:
    if t.low[last] in ("later", "earlier", "ago"):
        return True
    if before == "for":
        return True
    if t.low[last] in ("after", "before") and before not in ("many",):
        return True
    return before in ("in", "over", "within", "of", "the") and t.low[last] in (
        "following",
        "since",
        "leading",
        "preceding",
    )


def _day_part(t: Tokens, node: DayPart, first: int, last: int) -> bool:
    if node.on is not None or node.name in ("early hours",) or node.into:
        return False
    word, before = t.low[first], t.before(first)
    if t.capital(first) and not _opens_sentence(t, first):
        return True
    if word == "overnight":
        return t.low[last] in ("bag", "stay", "success", "delivery") or before in ("an",)
    if node.name in ("night", "daytime", "dusk", "nighttime") and word != "the":
        return before not in ("at", "by", "during", "until", "before", "after", "since", "every")
    if word == "the":
        return before not in ("in", "during", "by", "until", "since", "through", "before", "throughout")
    return before not in (
        "at",
        "by",
        "before",
        "after",
        "since",
        "until",
        "till",
        "from",
        "around",
        "in",
        "early",
        "this",
    )


def _vague(t: Tokens, first: int, last: int) -> bool:
    words, before = t.text[t.start[first] : t.end[last - 1]].lower(), t.before(first)
    if words in ("the time", "the moment", "this time", "this moment", "that moment", "that time"):
        return before not in ("at", "by", "for", "until", "since", "from") or (
            words == "the time" and (before in ("by", "for", "from") or t.low[last] in ("of", "being", "to"))
        )
    if words == "the past" or words == "the present":
        return (
            before not in ("in", "from", "to", "of", "at", "with", "than")
            or t.low[last].isalpha()
            and t.low[last] not in ("and", "but", "that", "when", "to", "by", "he", "it", "they", "we")
        )
    if words == "soon":
        return before in ("as", "too", "how", "so") or t.low[last] in ("as",)
    if words == "to date":
        return before in ("up", "out", "and")
    return t.low[last] in DASHES and t.glued(last)


def _range(t: Tokens, node: Range, first: int, last: int) -> bool:
    if (
        isinstance(node.first, Date)
        and node.first.year is not None
        and node.first.month is None
        and isinstance(node.last, Date)
    ):
        if t.low[last] in _NAMES["counted_nouns"] or (node.last.year or 0) <= node.first.year:
            return node.last.month is None
        return (
            node.first.season is None
            and node.last.month is None
            and (_bare_year(t, first, first + 1) and t.before(first) not in ("(", "from"))
        )
    if isinstance(node.first, DayPart) and node.first.on is None:
        return t.before(first) not in ("from", "between")
    return False
