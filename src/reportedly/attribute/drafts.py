"""A report while it is being found: sets of token numbers that become spans at the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reportedly.attribute.candidates import Candidate
from reportedly.attribute.scene import Scene
from reportedly.model import Span, Spans


@dataclass(slots=True)
class Draft:
    """Cue, source and content as token numbers. `anchor` is the reporting word itself."""

    anchor: int
    cue: set[int]
    source: set[int]
    content: set[int]
    rule: str
    confidence: float = 0.8


def outside(scene: Scene, draft: Draft, quote: int) -> bool:
    """Whether the draft's cue stands outside a quotation."""
    first, last = scene.quote_tokens(quote)
    return not first <= draft.anchor < last


def close_quotes(scene: Scene, draft: Draft) -> None:
    """Widens the content to whole quotations wherever it touches one that the cue stands outside of."""
    touched = {scene.quote_of[i] for i in draft.content} | {scene.inner_quote_of[i] for i in draft.content}
    for number in touched - {-1}:
        if outside(scene, draft, number):
            first, last = scene.quote_tokens(number)
            draft.content.update(i for i in range(first, last) if i not in draft.source and i not in draft.cue)


def content_spans(scene: Scene, chosen: Iterable[int], apart: Iterable[int] = ()) -> Spans:
    """Content as spans: runs of tokens over the marks between them, with their quotation marks and no edge marks."""
    order = sorted(chosen)
    if not order:
        return ()
    blocked = set(apart)
    runs: list[list[int]] = [[order[0], order[0]]]
    for i in order[1:]:
        between = range(runs[-1][1] + 1, i)
        if len(between) <= 2 and all(scene.tokens[k].pos == "PUNCT" and k not in blocked for k in between):
            runs[-1][1] = i
        else:
            runs.append([i, i])
    found = (_closed(scene, first, last) for first, last in runs)
    return tuple(span for span in found if span is not None)


def _closed(scene: Scene, first: int, last: int) -> Span | None:
    start, end = scene.tokens[first].start, scene.tokens[last].end
    span = scene.trim(Span(start, end))
    if span is None:
        return None
    for number in {
        scene.quote_of[first],
        scene.quote_of[last],
        scene.inner_quote_of[first],
        scene.inner_quote_of[last],
    }:
        if number < 0:
            continue
        quote = scene.quotes[number].span
        if quote.start <= span.start and span.end <= quote.end and _almost(scene, span, quote):
            return quote
        if start <= quote.start <= span.start or start <= quote.end <= end:
            inside = Span(min(span.start, max(quote.start, start)), max(span.end, min(quote.end, end)))
            span = inside
    return span


def _almost(scene: Scene, span: Span, quote: Span) -> bool:
    """Whether the span is the whole quotation but for marks."""
    rest = scene.text[quote.start : span.start] + scene.text[span.end : quote.end]
    return not any(c.isalnum() for c in rest)


def to_candidates(scene: Scene, drafts: Sequence[Draft]) -> list[Candidate]:
    """Drafts with some content, as candidates in text order."""
    found = []
    for draft in drafts:
        content = content_spans(scene, draft.content, draft.cue | draft.source)
        if content:
            found.append(
                Candidate(
                    cue=scene.spans(draft.cue) or _raw(scene, draft.cue),
                    source=scene.spans(draft.source),
                    content=content,
                    confidence=draft.confidence,
                    rule=draft.rule,
                )
            )
    return sorted(found, key=lambda c: (c.content[0].start, c.content[-1].end, c.cue))


def _raw(scene: Scene, chosen: set[int]) -> Spans:
    return tuple(Span(scene.tokens[i].start, scene.tokens[i].end) for i in sorted(chosen))
