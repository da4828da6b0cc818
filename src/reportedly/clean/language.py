"""Which language the running text is in."""

from __future__ import annotations

import re

from reportedly import words

SAMPLE = 4000
"""Characters that are enough to tell a language."""
SURE = 60
"""Below so many letters the answer is no more than a guess."""
SMALL_SHARE = 0.18
"""A text with so many small words of a language is in it."""
WORD = re.compile(r"[^\W\d_]+")
LETTER = re.compile(r"[^\W\d_]")
LATIN = re.compile(r"[A-Za-zÀ-ɏ]")


def language(text: str, wanted: tuple[str, ...]) -> str:
    """BCP 47 code of the language of `text`; for a few words in a fitting script, the first language of `wanted`.

    >>> language("The town fell on Monday after a siege of nine weeks, officials said.", ("en",))
    'en'
    """
    sample = text[:SAMPLE]
    letters = LETTER.findall(sample)
    if len(letters) < SURE and wanted and sum(map(bool, map(LATIN.match, letters))) >= 0.8 * len(letters):
        return wanted[0]
    from py3langid import classify

    code = str(classify(sample)[0])
    return code if code in wanted else near(sample, code, wanted) or code


def near(sample: str, code: str, wanted: tuple[str, ...]) -> str | None:
    """The wanted language that the text is in after all: taken for a close relative, or full of its small words."""
    said = WORD.findall(sample.lower())
    for lang in wanted:
        try:
            table = words.table("page_layout", lang)
        except FileNotFoundError:
            continue
        small = set(table["small_words"])
        share = sum(word in small for word in said) / len(said) if said else 0.0
        if code in table["near_languages"] or share >= SMALL_SHARE:
            return lang
    return None
