"""Turn words into values that can be compared: when, how many, where, who.

Takes: Document, Parsed, Attributions.   Gives: Things (times, quantities, places, actors, labels), each list in text
order, every value with its span, rule and alternatives; and the Attributions with their hops tied to actors.
Never: looks at other documents' claims, invents a value for words that give none, drops a second reading.
"""

from __future__ import annotations

from reportedly.resolve.resolver import Resolver

__all__ = ["Resolver"]
