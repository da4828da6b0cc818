"""Reads news about a contested event and keeps a ledger of who said what.

Public names are loaded lazily, so that `import reportedly` costs nothing:
`read` and `open` (see `reportedly.library`), `times`, `quantities`, `places`, `actors` (see `reportedly.values`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportedly.library import open as open
    from reportedly.library import read as read
    from reportedly.values import actors as actors
    from reportedly.values import places as places
    from reportedly.values import quantities as quantities
    from reportedly.values import times as times

__version__ = "0.1.0"
__all__ = ["__version__", "actors", "open", "places", "quantities", "read", "times"]

_FROM_LIBRARY = frozenset({"open", "read"})
_FROM_VALUES = frozenset({"actors", "places", "quantities", "times"})


def __getattr__(name: str) -> Any:
    """A public name, its module loaded on first use."""
    if name in _FROM_LIBRARY:
        return getattr(import_module("reportedly.library"), name)
    if name in _FROM_VALUES:
        return getattr(import_module("reportedly.values"), name)
    raise AttributeError(f"module 'reportedly' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
