"""Days as numbers: windows that can overlap, from ISO dates that may be open at one end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

SOFT_BEFORE = 3
"""Days before its publication that an undated report may speak of."""
FAR_PAST, FAR_FUTURE = 0, 4_000_000
_KEPT = 65_536
"""Days and windows that are remembered: the same few thousand come up again and again."""


@dataclass(frozen=True, slots=True)
class Window:
    """Half-open range of day numbers (proleptic Gregorian ordinals); `exact`: the text gives it."""

    start: int
    end: int
    exact: bool

    @classmethod
    @lru_cache(maxsize=_KEPT)
    def of(cls, since: str | None, until: str | None, *, exact: bool) -> Window | None:
        """From ISO dates or date-times; None where both ends are open.

        >>> Window.of("2016-11-01", "2016-11-02", exact=True).days
        1
        """
        start, end = day_number(since), day_number(until)
        if start is None and end is None:
            return None
        if end is not None and until is not None and "T" in until and not until.endswith("T00:00"):
            end += 1
        start = FAR_PAST if start is None else start
        end = FAR_FUTURE if end is None else max(end, start + 1)
        return cls(start, end, exact)

    @classmethod
    @lru_cache(maxsize=_KEPT)
    def before(cls, published: str) -> Window | None:
        """The days that a report of that day speaks of when it does not say."""
        day = day_number(published)
        return None if day is None else cls(day - SOFT_BEFORE, day + 1, False)

    @property
    def days(self) -> int:
        """Length in days."""
        return self.end - self.start

    def __str__(self) -> str:
        if self.start == FAR_PAST:
            return f"until {iso(self.end - 1)}"
        if self.end == FAR_FUTURE:
            return f"since {iso(self.start)}"
        return iso(self.start) if self.days == 1 else f"{iso(self.start)} to {iso(self.end - 1)}"


def overlap(a: Window, b: Window) -> bool:
    """Whether two windows share a day."""
    return a.start < b.end and b.start < a.end


@lru_cache(maxsize=_KEPT)
def day_number(text: str | None) -> int | None:
    """The ordinal of an ISO date, None for anything else."""
    try:
        return date.fromisoformat(text[:10]).toordinal() if text else None
    except ValueError:
        return None


def iso(number: int) -> str:
    """An ordinal as an ISO date."""
    return date.fromordinal(max(1, min(number, 3_652_059))).isoformat()
