"""Places: proper names of places with a point, its uncertainty and its containers.

Takes: a text or Parsed, a gazetteer.   Gives: list[Place], in text order.
Never: invents a place for a name it does not know, takes a capital that speaks for its government for the town.
"""

from __future__ import annotations

from reportedly.resolve.places.decide import distance_km
from reportedly.resolve.places.find import find, locate
from reportedly.resolve.places.gazetteer import Gazetteer, standard

__all__ = ["Gazetteer", "distance_km", "find", "locate", "standard"]
