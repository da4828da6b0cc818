"""Figures: number words with comparators, units and what they count → bounds that can be compared.

Takes: a text, and where there are any its parse, its time expressions and the stretches to read.
Gives: `Quantity` values in text order, by the rules of CONVENTIONS.md ("Figures"), and notes on parts and wholes.
Never: takes a number inside a name, an ordinal, a year, an age or a time expression for a figure; adds figures up.
"""

from __future__ import annotations

from reportedly.resolve.quantities.finder import Profile, find
from reportedly.resolve.quantities.parts import check

__all__ = ["Profile", "check", "find"]
