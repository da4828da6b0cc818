"""Things: times, quantities, places, actors and labels as values that can be compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from reportedly.model.text import Span

Grain = Literal[
    "minute", "hour", "part_of_day", "day", "week", "weekend", "month", "quarter", "season",
    "half_year", "year", "decade", "duration", "unknown",
]  # fmt: skip
Bound = Literal["exact", "about", "at_least", "more_than", "up_to", "less_than", "nearly", "range", "vague"]
Measure = Literal[
    "killed", "wounded", "casualties", "detained", "displaced", "evacuated", "surrendered", "present", "missing",
    "suffocation", "destroyed", "captured", "area", "share", "distance", "money", "count",
]  # fmt: skip
Population = Literal[
    "civilians", "children", "newborn", "women", "men", "combatants", "soldiers", "officials", "mixed", "unstated"
]
PlaceStatus = Literal["resolved", "ambiguous", "container_only", "unresolved"]
LabelClass = Literal["descriptive", "contested", "pejorative", "honorific"]


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A time expression. `from_` and `to` are ISO 8601, half-open; None = open or not known.

    `alternatives` are further readings as (from, to), the more likely first. `anchor` is the ISO day that the
    expression was counted from, `rule` what made the value, `reason` why it is unresolved.
    """

    id: str
    span: Span
    from_: str | None
    to: str | None
    grain: Grain
    approx: bool = False
    duration: str | None = None
    alternatives: tuple[tuple[str | None, str | None], ...] = ()
    anchor: str | None = None
    rule: str = ""
    reason: str | None = None
    timex: tuple[str, str] | None = None
    """TIMEX3 (type, value) as an extra."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure with bounds, in the unit as written; `si` is (low, high, unit) in SI where there is a unit.

    `number` is the span of the number words alone. `part_of` is the id of the whole. `increment` marks
    "a further 7". `binding` is the token span of the clause the figure belongs to, if a parse was given.
    """

    id: str
    span: Span
    number: Span
    low: float | None
    high: float | None
    point: float | None
    bound: Bound
    unit: str | None = None
    counted: str | None = None
    measure: Measure = "count"
    population: Population = "unstated"
    part_of: str | None = None
    denominator: str | None = None
    vague: bool = False
    increment: bool = False
    previous: bool = False
    si: tuple[float | None, float | None, str] | None = None
    binding: Span | None = None
    alternatives: tuple[tuple[float | None, float | None], ...] = ()
    rule: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A mention of a place with a proper name. `radius_km` is the stated uncertainty; `admin` the containers,
    smallest first ("Varn Province", "Sorra"). `relation` holds "north of", "eastern", "countryside" …"""

    id: str
    span: Span
    name: str
    lat: float | None
    lon: float | None
    radius_km: float | None
    admin: tuple[str, ...]
    status: PlaceStatus
    source: str
    relation: str | None = None
    feature: str | None = None
    gazetteer_id: str | None = None
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorMention:
    """A mention of an actor by name or as a group, never a pronoun. `actor` is the same id for the same actor in a
    run, None for a contested label ("terrorists"). `family` is the institution family ("party")."""

    span: Span
    actor: str | None
    name: str
    kind: str
    family: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelUse:
    """A word used for a party. `owner` = whose word it is (a source's name, or "author")."""

    span: Span
    label: str
    head: str
    class_: LabelClass
    owner: str
    in_quote: bool
    attribution: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """All values found in one document, each list in text order."""

    times: tuple[When, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    places: tuple[Place, ...] = ()
    actors: tuple[ActorMention, ...] = ()
    labels: tuple[LabelUse, ...] = ()
