"""Finds places in a text and decides which ones they are, or says that it cannot."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from reportedly.model import Parsed, Place, Span, make_id
from reportedly.model.things import PlaceStatus
from reportedly.resolve.places.folding import key
from reportedly.resolve.places.gazetteer import Entry, Gazetteer, standard
from reportedly.resolve.places.spots import MAX_WORDS, Labels, Spot, spots, types

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
OTHER_LABELS = frozenset({"PERSON", "ORG", "NORP", "WORK_OF_ART", "PRODUCT", "EVENT", "LAW"})
BIG = 100_000
SHIPPED = frozenset({"geonames", "supplement"})
"""Sources of every gazetteer. A place from a user's own file is more likely meant: he gave it for his texts."""
SURE, WEAK = 1.0, 0.0
"""Evidence at which a name is a place by itself, and where the same name stands surely elsewhere in the text."""


@dataclass(frozen=True, slots=True)
class _Found:
    """A name with the places that have it, and what speaks for its being a place (0…)."""

    span: Span
    name: str
    entries: tuple[Entry, ...]
    evidence: float
    relation: str | None


def find(
    text: str,
    *,
    parsed: Parsed | None = None,
    spans: Sequence[Span] | None = None,
    gazetteer: Gazetteer | None = None,
) -> list[Place]:
    """The places with a proper name in a text, in text order.

    Every mention keeps its status: `resolved`, `ambiguous` (two places are as likely), `container_only` (only the
    region around it is known) or `unresolved` (written like a place, in no gazetteer).

    >>> [(p.name, p.status) for p in find("The talks in Geneva ended.")]
    [('Geneva', 'resolved')]
    """
    gazetteer = gazetteer or standard()
    labels = Labels(parsed)
    found = [f for spot in spots(text, spans) for f in _in_spot(text, spot, labels, gazetteer)]
    sure = {key(f.name) for f in found if f.evidence >= SURE}
    found = [f for f in found if f.evidence >= SURE or key(f.name) in sure]
    context = _Context(found)
    return [_place(text, f, context) for f in found]


def locate(text: str, names: Sequence[Span], *, gazetteer: Gazetteer | None = None) -> list[Place]:
    """Which places the given names of one text mean: one Place for each span, in the same order."""
    gazetteer = gazetteer or standard()
    found = [
        _Found(span, span.of(text), _fitting(span.of(text), gazetteer.named(span.of(text))), 1.0, None)
        for span in names
    ]
    context = _Context(found)
    return [_place(text, f, context) for f in found]


def _in_spot(text: str, spot: Spot, labels: Labels, gazetteer: Gazetteer) -> list[_Found]:
    """The names inside one run of capitalised words, longest first from the left."""
    found: list[_Found] = []
    i = 0
    while i < len(spot.words):
        for j in range(min(len(spot.words), i + MAX_WORDS), i, -1):
            span = Span(spot.words[i].start, spot.words[j - 1].end)
            hit = _hit(text, spot, (i, j), span, labels, gazetteer)
            if hit is not None:
                found.append(hit)
                i = j
                break
        else:
            i += 1
    return found or _unknown(text, spot, labels)


def _hit(text: str, spot: Spot, at: tuple[int, int], span: Span, labels: Labels, gazetteer: Gazetteer) -> _Found | None:
    name = span.of(text)
    short = len(name.replace(".", "")) < 4
    if (
        name.lower() in types("never")
        or len(name) < 2
        or (short and at[1] - at[0] == 1 and not _big_name(name, gazetteer))
    ):
        return None
    entries = _fitting(name, gazetteer.named(name))
    if not entries:
        return None
    evidence = _evidence(text, spot, at, span, labels, entries)
    if evidence < WEAK:
        return None
    whole, relation = _with_direction(text, spot, at, span)
    return _Found(whole, name, entries, evidence, relation)


def _fitting(name: str, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Letters in capitals ("US", "U.K.") mean a country, never a town with such a foreign name."""
    if len(name.replace(".", "")) < 4 and name.replace(".", "").isupper():
        return tuple(e for e in entries if e.kind == "country")
    return entries


def _big_name(name: str, gazetteer: Gazetteer) -> bool:
    """A short name must be a country's written in capitals ("UK") or a great town's own name ("Ufa")."""
    entries = gazetteer.named(name)
    if name.replace(".", "").isupper():
        return any(e.kind == "country" for e in entries)
    return len(name) > 2 and any(e.population > 500_000 and e.main for e in entries)


def _evidence(
    text: str, spot: Spot, at: tuple[int, int], span: Span, labels: Labels, entries: tuple[Entry, ...]
) -> float:
    """What speaks for a place: a country's name, size, the recogniser, a type word or a preposition beside it."""
    top = entries[0]
    before = spot.before if at[0] == 0 else (*spot.before, *(w.of(text).lower() for w in spot.words[: at[0]]))
    after = spot.after if at[1] == len(spot.words) else tuple(w.of(text).lower() for w in spot.words[at[1] :])
    score = 0.0
    label = labels.of(span)
    own = any(entry.main and entry.source not in SHIPPED for entry in entries)
    if label in PLACE_LABELS:
        score += 1.2
    elif label in OTHER_LABELS:
        score -= (1.6 if label == "PERSON" else 1.2) * (0.5 if own else 1.0)
    if top.kind in ("country", "continent", "region", "water") and top.main:
        score += 1.2
    elif top.population >= BIG:
        score += 0.8 if top.main else 0.4
    elif top.population >= 10_000:
        score += 0.3
    if own:
        score += 1.2
    if before and before[-1] in types("prepositions") - {"of", "for", "to", "on"}:
        score += 0.6
    elif (
        len(before) > 1
        and before[-1] in ("of", "to", "the")
        and {before[-2], before[-2].removesuffix("s")} & (types("before") | types("prepositions") | types("parts"))
    ):
        score += 0.8
    elif before and (before[-1] in types("directions") or before[-1] in types("before")):
        score += 0.7
    if after and after[0] in types("after"):
        score += 0.7
    if at[1] - at[0] > 1 and not spot.opening:
        score += 0.2
    if len(spot.words) > at[1] - at[0] and label is None:
        score -= 0.6
    if spot.opening and at == (0, 1) and label is None:
        score -= 0.3
    return score


def _with_direction(text: str, spot: Spot, at: tuple[int, int], span: Span) -> tuple[Span, str | None]:
    """ "eastern Kessar", "Northern Sorra": the direction belongs to the place; "north of Kessar" stays outside it."""
    if at[0] > 0:
        word = spot.words[at[0] - 1]
        if word.of(text).lower() in types("directions"):
            return Span(word.start, span.end), word.of(text).lower()
        return span, None
    if spot.before and spot.before[-1] in types("directions"):
        start = text.lower().rfind(spot.before[-1], 0, span.start)
        if start >= 0 and text[start + len(spot.before[-1]) : span.start].strip() == "":
            return Span(start, span.end), spot.before[-1]
    if len(spot.before) > 1 and spot.before[-1] == "of" and spot.before[-2] in types("directions") | types("parts"):
        return span, f"{spot.before[-2]} of"
    if (
        spot.after
        and at[1] == len(spot.words)
        and spot.after[0] in ("countryside", "province", "governorate", "suburbs", "outskirts")
    ):
        return span, spot.after[0]
    return span, None


def _unknown(text: str, spot: Spot, labels: Labels) -> list[_Found]:
    """Words in no gazetteer that the recogniser or a type word takes for a place."""
    label = labels.of(spot.span)
    typed = bool(spot.after and spot.after[0] in types("after")) or (
        len(spot.before) > 1 and spot.before[-1] == "of" and spot.before[-2] in types("before")
    )
    name = spot.span.of(text)
    if name.lower() in types("never") or not (label in PLACE_LABELS or (typed and label not in OTHER_LABELS)):
        return []
    whole, relation = _with_direction(text, spot, (0, len(spot.words)), spot.span)
    return [_Found(whole, name, (), 1.0, relation)]


class _Context:
    """What the document is about: the countries and the points that its sure names speak for."""

    def __init__(self, found: Sequence[_Found]) -> None:
        self.countries: Counter[str] = Counter()
        self.regions: Counter[str] = Counter()
        self.points: list[tuple[float, float]] = []
        for f in found:
            if not f.entries:
                continue
            top = f.entries[0]
            if top.kind == "country":
                self.countries[top.country] += 3
            elif top.kind == "region":
                self.countries[top.country] += 2
                self.regions[top.name] += 2
            elif top.population >= BIG and _dominates(f.entries):
                self.countries[top.country] += 1
                if top.lat is not None and top.lon is not None:
                    self.points.append((top.lat, top.lon))
        self.total = sum(self.countries.values())

    def score(self, entry: Entry, asked: str) -> float:
        """How well an entry fits: its size, its name, and how near it is to what the document is about."""
        value = math.log10(max(entry.population, 1) + 10)
        value += 1.2 if key(entry.name) == key(asked) else 0.0
        value += 1.0 if entry.kind == "country" else 0.0
        if self.total:
            value += 2.5 * min(1.0, self.countries[entry.country] / self.total * 1.5)
        value += 1.5 if any(a in self.regions for a in entry.admin) else 0.0
        if entry.lat is not None and entry.lon is not None and self.points:
            nearest = min(distance_km((entry.lat, entry.lon), p) for p in self.points)
            value += 1.2 if nearest < 150 else 0.5 if nearest < 500 else 0.0
        return value


def _dominates(entries: tuple[Entry, ...]) -> bool:
    return len(entries) == 1 or entries[0].population >= 10 * max(1, entries[1].population)


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance of two points (latitude, longitude in degrees), in kilometres.

    >>> round(distance_km((0.0, 0.0), (0.0, 1.0)))
    111
    """
    (lat1, lon1), (lat2, lon2) = [(math.radians(p[0]), math.radians(p[1])) for p in (a, b)]
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


def _place(text: str, f: _Found, context: _Context) -> Place:
    surface = f.span.of(text)
    if not f.entries:
        return Place(
            id=make_id("place-mention", surface, f.span.start),
            span=f.span,
            name=f.name,
            lat=None,
            lon=None,
            radius_km=None,
            admin=(),
            status="unresolved",
            source="recogniser",
            relation=f.relation,
            confidence=0.3,
        )
    ranked = sorted(f.entries, key=lambda e: (-context.score(e, f.name), e.id))
    best = ranked[0]
    margin = context.score(best, f.name) - context.score(ranked[1], f.name) if len(ranked) > 1 else 3.0
    far = len(ranked) > 1 and _far(best, ranked[1])
    status: PlaceStatus = "ambiguous" if margin < 0.15 and far else "resolved"
    return Place(
        id=make_id("place-mention", surface, f.span.start),
        span=f.span,
        name=best.name if best.kind == "country" else f.name,
        lat=best.lat,
        lon=best.lon,
        radius_km=_radius(best, f.relation),
        admin=best.admin,
        status=status,
        source=best.source,
        relation=f.relation,
        feature=best.kind,
        gazetteer_id=best.ref,
        confidence=round(min(1.0, 0.4 + margin / 5), 3),
        alternatives=tuple(e.ref for e in ranked[1:4]),
    )


def _far(a: Entry, b: Entry) -> bool:
    if a.lat is None or b.lat is None or a.lon is None or b.lon is None:
        return False
    return distance_km((a.lat, a.lon), (b.lat, b.lon)) > 100


def _radius(entry: Entry, relation: str | None) -> float:
    """A relation widens the point ("north of X", "X countryside"); a part of a place stays within its radius."""
    if relation in ("countryside", "province", "governorate"):
        return max(entry.radius_km, 40.0)
    if relation and relation.endswith(" of") and relation.split()[0] in types("directions"):
        return round(entry.radius_km * 2 + 20, 1)
    return entry.radius_km
