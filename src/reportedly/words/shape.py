"""The shape of running text: letters, and white space between them."""

from __future__ import annotations

SHORT = 600
"""Characters of a stretch that is read whatever it holds."""


def is_prose(text: str, *, short: int = SHORT) -> bool:
    """Whether a stretch can hold sentences; one of up to `short` characters always can.

    >>> is_prose("[" * 1000), is_prose("a-" * 1000), is_prose("The mill at Tarn was shelled. " * 40)
    (False, False, True)
    """
    if len(text) <= short:
        return True
    letters = sum(map(str.isalpha, text))
    return letters >= 0.4 * len(text) and len(text.split()) >= len(text) / 40
