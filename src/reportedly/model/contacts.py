"""Contacts: e-mail addresses and phone numbers are masked in everything derived from a text.

The text itself is kept as it is, since every offset counts in it; names, excerpts and exports are masked character
by character, so that spans inside an excerpt still hold.
"""

from __future__ import annotations

import re

MASK = "•"
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_PHONE = re.compile(
    r"(?<![\w.,/:-])(?:\+\d{1,3}[ .()/-]{0,2}(?:\d[ .)/-]{0,2}){6,11}\d"  # with the sign of a country code
    r"|\(\d{2,5}\)[ .-]?(?:\d[ .-]?){5,9}\d"  # with an area code in brackets
    r"|\d{3}[ .-]\d{3}[ .-]\d{4}"  # three, three, four
    r"|0\d{2,4}[ /-]\d{3,4}[ -]?\d{3,4})(?![\w%])"
)
_HINT = re.compile(r"@|\d[\d ().+/-]{5,}\d")


def mask(text: str) -> str:
    """The text with the letters and digits of contacts replaced, its length unchanged.

    >>> mask("Write to desk@kessar.example or call +99 55 123 456.")
    'Write to ••••@••••••.••••••• or call +•• •• ••• •••.'
    >>> mask("2,500 of 40 000 people; 12-16 May 2031")
    '2,500 of 40 000 people; 12-16 May 2031'
    """
    if not _HINT.search(text):
        return text
    return _PHONE.sub(_masked, _EMAIL.sub(_masked, text))


def _masked(match: re.Match[str]) -> str:
    return "".join(MASK if letter.isalnum() else letter for letter in match.group())
