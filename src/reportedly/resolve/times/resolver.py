"""Dates a syntax tree: one function a kind of node, by the rules of the ledger's conventions for times."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from reportedly.model.things import Grain

from .calendar import DAY, add, add_months, containing
from .calendar_dates import resolve_date, undated
from .day_times import resolve_clock, resolve_day_part
from .pieces import resolve_nth, resolve_part
from .timex import GRAINS, duration_code, interval_code, length_value
from .tree import (
    Ago,
    Clock,
    Date,
    DayPart,
    Deictic,
    Eve,
    EventDay,
    Length,
    Node,
    Nth,
    Open,
    Part,
    Range,
    Repeat,
    Running,
    Same,
    Shift,
    Vague,
    Years,
)  # fmt: skip
from .values import Context, Value

_POINTS = frozenset({"dawn", "dusk", "sunset", "sunrise", "nightfall", "daybreak"})
_SHORT = frozenset("smhdn")
_DAYLIKE = frozenset({"day", "part_of_day", "minute", "hour"})


def resolve(node: Node, context: Context) -> Value:
    """The value of a tree where `context` holds; never raises on dates outside the calendar."""
    try:
        return _RESOLVERS[type(node)](node, context)
    except (OverflowError, ValueError):
        return Value(rule="out_of_calendar", reason="outside the calendar")


def _years(node: Years, context: Context) -> Value:
    start, end = datetime(max(node.first, 1), 1, 1), datetime(node.first + node.count, 1, 1)
    code = f"{node.first // 10}" if node.count == 10 else f"{node.first // 100:02d}"
    return Value(
        start=start,
        end=end,
        grain="decade" if node.count == 10 else "unknown",
        rule="years.named",
        timex=("DATE", code),
    )


def _deictic(node: Deictic, context: Context) -> Value:
    if context.published is None:
        return undated("deictic", "the day of publication is not known", ("DATE", "PRESENT_REF"))
    unit = node.unit
    point = add(containing(context.published, unit)[0] if unit != "d" else context.published, node.shift, unit)
    start, end = containing(point, unit)
    value = Value(start=start, end=end, grain=GRAINS[unit], anchor=context.anchor_day, rule=f"deictic.{unit}")
    value = replace(value, timex=("DATE", interval_code(value)))
    if unit == "w" and node.shift:
        value = value.other(
            (
                context.published + timedelta(days=7 * min(node.shift, 0)),
                context.published + timedelta(days=7 * max(node.shift, 0)),
            )
        )
    return value


def _ago(node: Ago, context: Context) -> Value:
    length = node.length
    duration = duration_code(length)
    if context.published is None:
        return undated("ago", "the day of publication is not known", ("DURATION", duration))
    if length.count is None:
        code = "PAST_REF" if node.direction < 0 else "FUTURE_REF"
        return Value(
            approx=True,
            anchor=context.anchor_day,
            rule="ago.vague",
            reason="no number of units is given",
            timex=("DATE", code),
        )
    point = add(context.published, node.direction * length.count, length.unit)
    if length.unit in ("s", "m", "h") and not node.exact:
        code = interval_code(Value(start=point, end=point, grain="day"))
        return Value(
            approx=length.approx,
            anchor=context.anchor_day,
            rule="ago.clock",
            reason="the hour of writing is not known",
            timex=("DATE", code),
        )
    grain = (
        "d"
        if node.exact or length.unit in ("d", "n", "e")
        else "y"
        if length.unit in ("de", "ce", "mi")
        else length.unit
    )
    if length.count != int(length.count):
        grain = {"y": "mo", "mo": "d", "w": "d"}.get(length.unit, grain)
    grain = "w" if grain == "f" else grain
    start, end = containing(point, "d" if grain == "w" else grain)
    value = Value(
        start=start,
        end=end,
        grain=GRAINS["d" if grain == "w" else grain],
        approx=length.approx,
        anchor=context.anchor_day,
        rule=f"ago.{length.unit}",
    )
    value = replace(value, timex=("DATE", interval_code(value)))
    if grain == "w":
        return replace(value.other(containing(point, "w")), grain="week", timex=("DATE", interval_code(value)))
    return value.other(containing(point, "d")) if grain != "d" else value


def _running(node: Running, context: Context) -> Value:
    length = node.length
    duration = duration_code(length)
    timex = ("DURATION", duration)
    if length.count is None:
        return Value(
            grain="duration",
            approx=True,
            duration=duration,
            anchor=context.anchor_day,
            rule="running.vague",
            reason="no number of units is given",
            timex=timex,
        )
    if context.published is None:
        return replace(
            undated("running", "the day of publication is not known", timex), grain="duration", duration=duration
        )
    anchor = context.published
    point = add(anchor, node.direction * length.count, length.unit)
    start, end = (point, anchor) if node.direction < 0 else (anchor, point)
    value = Value(
        start=start,
        end=end,
        grain="duration",
        approx=length.approx,
        duration=duration,
        anchor=context.anchor_day,
        rule="running",
        timex=timex,
    )
    if length.unit in ("s", "m", "h"):
        return value
    value = value.other((start + DAY, end + DAY))
    if length.count == 1 and length.unit not in ("d",):
        value = value.other(containing(point if node.direction < 0 else add(anchor, 1, length.unit), length.unit))
    return value


def _length(node: Length, context: Context) -> Value:
    return length_value(node)


def _shift(node: Shift, context: Context) -> Value:
    duration = duration_code(node.length)
    if node.loose:
        return Value(
            grain="duration",
            approx=node.length.approx,
            duration=duration,
            rule="shift.event",
            reason="counts from an event that the text does not date",
            timex=("DURATION", duration),
        )
    origin = context.narrative
    if (
        node.origin is not None
    ):  # the tense of the sentence is that of the shifted time, not of a calendar date beside it
        dated = isinstance(node.origin, Date) and node.origin.weekday is None
        origin = resolve(node.origin, replace(context, tense=0) if dated else context)
    if origin is None or origin.start is None or node.length.count is None:
        return _unplaced(node, context, duration)
    unit = node.length.unit
    if unit in ("s", "m", "h") or (unit in _SHORT | {"w"} and origin.grain not in _DAYLIKE | {"week", "weekend"}):
        return _unplaced(node, context, duration)
    point = add(origin.start, node.direction * node.length.count, unit)
    grain = unit if (node.origin is None and unit in ("mo", "q", "y")) or unit in ("de", "ce") else "d"
    if (
        unit in ("w", "mo", "y")
        and node.origin is None
        and not node.length.approx
        and node.length.count == 1
        and origin.grain == GRAINS[unit]
    ):
        grain = unit
    start, end = containing(point, {"de": "y", "ce": "y"}.get(grain, grain))
    value = Value(
        start=start,
        end=end,
        grain=GRAINS["y" if grain in ("de", "ce") else grain],
        approx=node.length.approx,
        anchor=origin.start.date(),
        rule="shift",
    )
    value = replace(value, timex=("DATE", interval_code(value)))
    return value.other(containing(point, unit)) if unit != "d" else value


def _unplaced(node: Shift, context: Context, duration: str) -> Value:
    """A shift from a point that the text does not give; its TIMEX3 value is counted from the day of publication."""
    code = duration
    unit = node.length.unit
    if (
        context.published is not None
        and node.length.count is not None
        and unit in ("d", "n", "w", "f", "mo", "q", "y", "de")
    ):
        point = add(context.published, node.direction * node.length.count, unit)
        grain = {"n": "d", "f": "d", "w": "d", "de": "y"}.get(unit, unit)
        start, end = containing(point, grain)
        code = interval_code(Value(start=start, end=end, grain=GRAINS[grain]))
    elif node.length.count is None:
        code = "PAST_REF" if node.direction < 0 else "FUTURE_REF"
    kind = "DURATION" if code[0] == "P" and code[1:2] != "A" else "DATE"
    return Value(
        approx=node.length.approx,
        rule="shift.unplaced",
        reason="counts from a point that the text does not give",
        timex=(kind, code),
        duration=duration,
    )


def _same(node: Same, context: Context) -> Value:
    told = context.narrative
    if told is None or told.start is None or (node.unit in _SHORT and told.grain not in _DAYLIKE):
        return undated("same", "the running report names no such time before it", ("DATE", "PAST_REF"))
    start, end = containing(
        told.start, {"n": "d", "f": "w", "s": "d", "m": "d", "h": "d", "e": "w"}.get(node.unit, node.unit)
    )
    if node.unit == "n":
        start, end = start.replace(hour=18), start + timedelta(hours=30)
    if node.unit == "e":
        start = start + timedelta(days=5)
    grain: Grain = "part_of_day" if node.unit == "n" else "day" if node.unit in ("s", "m", "h") else GRAINS[node.unit]
    value = Value(start=start, end=end, grain=grain, anchor=told.start.date(), rule="same")
    return replace(value, timex=("DATE", interval_code(value)))


def _range(node: Range, context: Context) -> Value:
    first_node, last_node = _shared(node.first, node.last)
    last = resolve(last_node, context)
    first = resolve(first_node, context)
    if first.start is None or last.end is None:
        return replace(
            undated("range", first.reason or last.reason or "one end is not given", None), approx=first.approx
        )
    if first.start > (last.start or last.end):
        first, last = _ordered(first_node, last_node, first, last, context)
    start, end = first.start, last.end
    assert start is not None
    assert end is not None
    if node.night:
        day = last.start if last.start is not None else end - DAY
        return Value(
            start=start.replace(hour=18),
            end=day + timedelta(hours=6),
            grain="part_of_day",
            anchor=last.anchor,
            rule="range.night",
            timex=("DATE", f"{start:%Y-%m-%d}TNI"),
        )
    zone = last.zone or first.zone
    points = last.grain in ("minute", "hour") or (isinstance(last_node, DayPart) and last_node.name in _POINTS)
    if points and last.start is not None:
        end = last.start if last.start > start else last.start + DAY
    if end <= start:
        return undated("range", "the end lies before the start", None)
    grain = last.grain
    value = Value(
        start=start,
        end=end,
        grain=grain,
        zone=zone,
        anchor=last.anchor or first.anchor,
        rule="range",
        timex=first.timex,
    )
    return (
        value.other((start, last.start))
        if last.start is not None and last.start > start and grain not in ("minute", "hour")
        else value
    )


def _shared(first: Node, last: Node) -> tuple[Node, Node]:
    """What only one end states (month, year, day, half of the day, zone) holds for both."""
    if isinstance(first, Date) and isinstance(last, Date):
        if first.year is None and first.year_shift is None and first.weekday is None and first.relation is None:
            first = replace(
                first, year=last.year, year_shift=last.year_shift, relation=last.relation if last.month else None
            )
        elif last.year is None and last.year_shift is None and first.year is not None and last.weekday is None:
            last = replace(last, year=first.year)
    if isinstance(first, Clock) and isinstance(last, Clock):
        if (
            first.half_day_open
            and not last.half_day_open
            and last.hour >= 12
            and first.hour + 12 <= last.hour
            and first.hour
        ):
            first = replace(first, hour=first.hour + 12)
        if last.half_day_open and not first.half_day_open and first.hour >= 12 and last.hour + 12 > first.hour:
            last = replace(last, hour=last.hour + 12)
        first = replace(first, on=first.on or last.on, zone=first.zone or last.zone)
        last = replace(last, on=last.on or first.on, zone=last.zone or first.zone)
    if isinstance(first, DayPart) and isinstance(last, DayPart) and first.on is None:
        first = replace(first, on=last.on)
    return first, last


def _ordered(first_node: Node, last_node: Node, first: Value, last: Value, context: Context) -> tuple[Value, Value]:
    """An end before its start: the one that names no year moves to the nearest place that fits."""
    if isinstance(first_node, Date) and isinstance(last_node, Date):
        around = replace_context(context, last.start, -1) if context.tense <= 0 or last_node.year is not None else None
        if first_node.year is not None and last_node.year is not None and first_node.month is not None:
            return resolve(replace(first_node, year=first_node.year - 1), context), last
        if around is not None:
            return resolve(first_node, around), last
        return first, resolve(last_node, replace_context(context, first.start, 1))
    return first, last


def replace_context(context: Context, day: datetime | None, tense: int) -> Context:
    """The same stack with another day of speaking."""
    return replace(context, published=day if day is not None else context.published, tense=tense)


def _open(node: Open, context: Context) -> Value:
    relation = node.relation
    if relation in ("until", "by") and context.tense == 0:
        context = replace(context, tense=1)
    inner = resolve(node.of, context)
    if inner.start is None and inner.end is None:
        return inner
    anchor = context.published
    rule = f"{relation}.{inner.rule}"
    if relation == "since":
        end = anchor if anchor is not None and inner.start is not None and anchor > inner.start else None
        if end is None and anchor is not None and inner.start is not None and inner.start.date() == anchor.date():
            end = anchor + DAY
        value = replace(inner, end=end, alternatives=(), rule=rule)
        return value.other(
            (inner.start, None),
            (inner.start, anchor + DAY if anchor else None),
            *((a[0], end) for a in inner.alternatives),
        )
    last = inner.start if inner.grain in ("minute", "hour") else inner.end
    value = replace(inner, start=None, end=last, alternatives=(), rule=rule)
    if relation == "until":
        value = value.other((None, inner.start))
    if anchor is not None and last is not None and anchor < last:
        value = value.other((anchor, last))
    return value.other(*((None, a[1]) for a in inner.alternatives))


def _eve(node: Eve, context: Context) -> Value:
    inner = resolve(node.of, replace(context, tense=0))  # the tense is that of the eve, not of the day itself
    if inner.start is None:
        return undated("eve", inner.reason or "the day is not given", None)
    if node.years is not None:
        return _anniversary(node.years, inner, context)
    start = inner.start.replace(hour=0, minute=0) - DAY
    return Value(
        start=start, end=start + DAY, grain="day", anchor=inner.anchor, rule="eve", timex=("DATE", f"{start:%Y-%m-%d}")
    )


def _anniversary(years: int, inner: Value, context: Context) -> Value:
    assert inner.start is not None
    assert inner.end is not None
    if not years and context.published is None:
        return undated("anniversary", "the day of publication is not known", None)
    if not years and context.published is not None:
        years = context.published.year - inner.start.year
    start, end = add_months(inner.start, 12 * years), add_months(inner.end, 12 * years)
    value = replace(inner, start=start, end=end, alternatives=(), rule="anniversary")
    return replace(value, timex=("DATE", interval_code(value)))


def _event_day(node: EventDay, context: Context) -> Value:
    if context.apposition and context.previous is not None and context.previous.dated:
        return replace(context.previous, rule="event_day.apposition", alternatives=())
    return Value(
        rule="event_day",
        reason=f"counts from the start of {node.event}, which the text does not date",
        timex=("DATE", "XXXX-XX-XX"),
    )


def _repeat(node: Repeat, context: Context) -> Value:
    return Value(rule="repeat", reason="a repeated time", timex=("SET", node.value))


def _vague(node: Vague, context: Context) -> Value:
    kind = "DURATION" if node.value.startswith("PX") or node.value.startswith("PTX") else "DATE"
    duration = node.value if kind == "DURATION" else None
    return Value(rule="vague", reason=node.reason, approx=True, timex=(kind, node.value), duration=duration)


def _nth(node: Nth, context: Context) -> Value:
    return resolve_nth(node, context, resolve)


def _part(node: Part, context: Context) -> Value:
    return resolve_part(node, context, resolve)


def _day_part(node: DayPart, context: Context) -> Value:
    return resolve_day_part(node, context, resolve)


def _clock(node: Clock, context: Context) -> Value:
    return resolve_clock(node, context, resolve)


_RESOLVERS: dict[type, Callable[[Any, Context], Value]] = {
    Date: resolve_date, Years: _years, Deictic: _deictic, Part: _part, Nth: _nth, DayPart: _day_part, Clock: _clock,
    Length: _length, Ago: _ago, Shift: _shift, Same: _same, Running: _running, Range: _range, Open: _open, Eve: _eve,
    EventDay: _event_day, Repeat: _repeat, Vague: _vague,
}  # fmt: skip
