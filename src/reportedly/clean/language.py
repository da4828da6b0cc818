"""Which language the running text is in."""

from __future__ import annotations

import re

SAMPLE = 4000
"""Characters that are enough to tell a language."""
SURE = 60
"""Below so many letters the answer is no more than a guess."""
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

    return str(classify(sample)[0])
