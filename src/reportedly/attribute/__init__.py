"""Find who stands behind each stretch of reported speech.

Takes: Parsed.   Gives: list[Attribution], in text order, outermost voice first.
Never: looks at other documents, resolves names, drops a report whose source it cannot find.
"""

from __future__ import annotations

from reportedly.attribute.attributor import Attributor, load

__all__ = ["Attributor", "load"]
