"""TIMEX3 values: the annotation scheme of TimeML (ISO 24617-1), as an extra beside the interval."""

from __future__ import annotations

from collections.abc import Mapping

from reportedly.model.things import Grain

from .relative import ISO_UNITS, vague_length
from .tree import Length
from .values import Value

GRAINS: Mapping[str, Grain] = {
    "s": "minute", "m": "minute", "h": "hour", "d": "day", "n": "day", "w": "week", "f": "week", "e": "weekend",
    "mo": "month", "q": "quarter", "hy": "half_year", "y": "year", "de": "decade", "ce": "unknown", "mi": "unknown",
}  # fmt: skip
_SEASONS = {3: "SP", 6: "SU", 9: "FA", 12: "WI"}


def duration_code(length: Length) -> str:
    """A length as ISO 8601 writes it: P10D, PT48H, P2W; PXD where no number is given.

    >>> duration_code(Length(count=10, unit="d")), duration_code(Length(count=48, unit="h"))
    ('P10D', 'PT48H')
    """
    count = length.count
    if count is None:
        return vague_length(length.unit)
    one = ISO_UNITS[length.unit]
    time, letters = one[0] == "T", one.lstrip("T0123456789")
    size = int("".join(c for c in one if c.isdigit()))
    total = count * size
    if total != int(total):
        smaller = {"Y": ("M", 12), "H": ("M", 60), "D": ("H", 24), "W": ("D", 7)}.get(letters)
        if smaller is not None and (exact := total * smaller[1]) == int(exact):
            whole, rest = divmod(int(exact), smaller[1])
            if letters == "D":
                return (f"P{whole}D" if whole else "P") + f"T{rest}H"
            head = f"{whole}{letters}" if whole else ""
            return f"P{'T' if time else ''}{head}{rest}{smaller[0]}"
    code = f"P{'T' if time else ''}{total:g}{letters}"
    if length.extra is not None:
        other = duration_code(Length(count=length.extra[0], unit=length.extra[1]))[1:]
        code += other.lstrip("T") if time else other
    return code


def length_value(length: Length) -> Value:
    """A length that is not placed on the calendar."""
    code = duration_code(length)
    return Value(
        grain="duration", approx=length.approx or length.count is None, duration=code, rule="length",
        reason="a length, not a time", timex=("DURATION", code),
    )  # fmt: skip


def interval_code(value: Value) -> str:
    """The interval at its grain: 2016-11-04, 2016-W44, 2016-11, 2016-Q4, 2016-FA, 2016, 201."""
    start = value.start
    if start is None:
        return "XXXX-XX-XX"
    year, week, _ = start.isocalendar()
    grain = value.grain
    if grain == "week":
        return f"{year:04d}-W{week:02d}"
    if grain == "weekend":
        return f"{year:04d}-W{week:02d}-WE"
    if grain == "month":
        return f"{start:%Y-%m}"
    if grain == "quarter":
        return f"{start:%Y}-Q{(start.month + 2) // 3}"
    if grain == "half_year":
        return f"{start:%Y}-H{1 if start.month < 7 else 2}"
    if grain == "season":
        return f"{start:%Y}-{_SEASONS.get(start.month, 'SU')}"
    if grain == "year":
        return f"{start:%Y}"
    if grain == "decade":
        return f"{start.year // 10}"
    if grain == "unknown":
        return f"{start.year // 100:02d}"
    if grain in ("minute", "hour"):
        return f"{start:%Y-%m-%dT%H:%M}"
    return f"{start:%Y-%m-%d}"
