"""A report as first found, before chains, voices and continuations are worked out."""

from __future__ import annotations

from dataclasses import dataclass

from reportedly.model import Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Cue, source and content as document spans. `confidence` is calibrated in 0…1; `rule` names what found it.

    A source that is not stated is an empty tuple. A nested report is a candidate of its own, whose cue stands in
    the content of another candidate.
    """

    cue: Spans
    source: Spans
    content: Spans
    confidence: float
    rule: str
