"""A name in a spelling that the gazetteer does not hold: the place that sounds like it, or none."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from reportedly.resolve.places.decide import Point, distance_km
from reportedly.resolve.places.folding import heard, key
from reportedly.resolve.places.gazetteer import Entry, Gazetteer

MIN_LETTERS = 4
LIKE = 0.8
"""Least likeness (0…1) of two names as they are heard, where another place of the text is near."""
LIKE_ALONE = 0.88
"""Least likeness where nothing else speaks for the place."""
CLOSER = 0.04
"""How much better than a place elsewhere the best must be; places within NEAR_KM of each other are one."""
NEAR_KM = 10.0
AROUND_KM = 60.0
"""A place this near to another place of the text goes before all others."""


def spelled(name: str, gazetteer: Gazetteer, *, near: Sequence[Point] = ()) -> tuple[Entry, ...]:
    """Places that a name may mean, exact or in a new spelling, the likeliest first; empty where nothing is like it.

    `near`: points (degrees) of places that the same text names; a place around them goes before all others. More than
    one place in the answer means that they lie apart and the name does not decide.

    >>> from reportedly.resolve.places import standard
    >>> [entry.name for entry in spelled("Qxzvaktu", standard())]
    []
    """
    exact = gazetteer.named(name)
    around = tuple(e for e in exact if _around(e, near))
    if around or (exact and not near):
        return one(around or exact)
    around = tuple(e for e in like(name, gazetteer, least=LIKE) if _around(e, near))
    return one(around or exact or like(name, gazetteer))


def one(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The first entry where all lie within NEAR_KM of it: one place with several records. Else all entries."""
    return entries[:1] if len(entries) > 1 and together(entries) else entries


def _around(entry: Entry, near: Sequence[Point]) -> bool:
    if entry.lat is None or entry.lon is None:
        return False
    return any(distance_km((entry.lat, entry.lon), point) <= AROUND_KM for point in near)


def like(name: str, gazetteer: Gazetteer, *, least: float = LIKE_ALONE) -> tuple[Entry, ...]:
    """Places with a name that is heard alike, the likeliest first; empty where nothing is near enough."""
    if len(key(name).replace(" ", "")) < MIN_LETTERS:
        return ()
    wanted = heard(name)
    best: dict[int, tuple[float, Entry]] = {}
    for entry, spelling in gazetteer.sounding(name):
        score = _likeness(wanted, spelling)
        if score >= least and score > best.get(entry.id, (0.0,))[0]:
            best[entry.id] = (score, entry)
    scored = sorted(best.values(), key=lambda pair: (-pair[0], -pair[1].population, pair[1].id))
    return tuple(entry for score, entry in scored if score > scored[0][0] - CLOSER)


def _likeness(a: str, b: str) -> float:
    a, b = a.replace(" ", ""), b.replace(" ", "")
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()


def together(entries: tuple[Entry, ...]) -> bool:
    """Whether all the places lie within NEAR_KM of the first: one place with several records."""
    first = entries[0]
    if first.lat is None or first.lon is None:
        return len(entries) == 1
    here = (first.lat, first.lon)
    return all(
        e.lat is not None and e.lon is not None and distance_km(here, (e.lat, e.lon)) <= NEAR_KM for e in entries
    )
