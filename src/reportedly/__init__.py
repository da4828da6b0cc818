"""Reads news about a contested event and keeps a ledger of who said what.

Public names are loaded lazily, so that `import reportedly` costs nothing.
"""

from __future__ import annotations

__version__ = "0.1.0"
