"""A chain of voices as a small SVG picture: outermost on the left, origin on the right."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from reportedly.model import Hop
from reportedly.model.contacts import mask

_CHAR, _HEIGHT, _GAP, _PAD, _LONGEST = 7.2, 30, 26, 10, 42
_DASHES = {"named": "", "office": "", "anonymous": "4 3", "unknown": "1 3"}


def chain_svg(chain: Sequence[Hop]) -> str:
    """An SVG element, one box a voice; anonymous voices are dashed, unknown ones dotted, never by colour alone.

    >>> "Harbour Agency" in chain_svg([Hop(name="Harbour Agency", anonymity="named")])
    True
    """
    x, parts = 1.0, []
    for n, hop in enumerate(chain):
        name = mask(hop.name) if hop.name else "not stated"
        label = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
        width = len(label) * _CHAR + 2 * _PAD
        if n:
            parts.append(_arrow(x))
            x += _GAP
        parts.append(_box(x, width, label, hop, name))
        x += width
    words = " › ".join(mask(hop.name) if hop.name else "not stated" for hop in chain)
    size = f'width="{x + 1:.0f}" height="{_HEIGHT}" viewBox="0 0 {x + 1:.0f} {_HEIGHT}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{escape(words)}" {size} '
        f'font-family="ui-monospace, monospace" font-size="12">{"".join(parts)}</svg>'
    )


def _box(x: float, width: float, label: str, hop: Hop, name: str) -> str:
    dash = f' stroke-dasharray="{_DASHES[hop.anonymity]}"' if _DASHES[hop.anonymity] else ""
    at = f'x="{x:.1f}" y="2" width="{width:.1f}" height="26" rx="5"'
    return (
        f"<g><title>{escape(name)} ({hop.anonymity})</title>"
        f'<rect {at} fill="none" stroke="currentColor"{dash}/>'
        f'<text x="{x + width / 2:.1f}" y="19" text-anchor="middle" fill="currentColor">{escape(label)}</text></g>'
    )


def _arrow(x: float) -> str:
    end = x + _GAP
    return f'<path d="M{x + 3:.1f} 15H{end - 4:.1f}m-5 -4l5 4l-5 4" fill="none" stroke="currentColor"/>'
