"""Folding: what two spellings of a word have in common, for search and for matching names.

Case, accents, Arabic vowel marks and the Arabic article (in either script), and the shape of quotation marks go.
"""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼʻʿʾ`´′＇"), "'")
_ARABIC = {0x0640: "", 0x0622: "ا", 0x0623: "ا", 0x0625: "ا", 0x0671: "ا", 0x0649: "ي", 0x0629: "ه"}
_ARTICLE = re.compile(r"(?<![^\W_])(?:[ae]l|a[rsntzd]|ash)-(?=[^\W\d_])|(?<![^\W_])ال(?=[^\W\d_]{2})")
_POSSESSIVE = re.compile(r"(?<=\w)'s(?!\w)")
_INSIDE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])|(?<![^\W_])'(?=[^\W\d_])")
WORD = re.compile(r"[^\W_]+")


class _Letters(dict[int, str]):
    """What each code point becomes; found out once and remembered."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        if code >= 0x80 and not 0xD800 <= code < 0xE000:
            letter = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
        self[code] = letter.casefold()
        return self[code]


_LETTERS = _Letters(_APOSTROPHES | _ARABIC)


def fold(text: str) -> str:
    """The text as search sees it.

    >>> fold("Al-Kessár’s GOVERNOR")
    'kessar governor'
    >>> fold("الْبَاب") == fold("باب")
    True
    """
    folded = _POSSESSIVE.sub(" ", text.translate(_LETTERS))
    return " ".join(_INSIDE.sub("", _ARTICLE.sub(" ", folded)).split())
