"""Quotation pairs: which marks open, which close, what stands in what, what goes on in the next paragraph.

Four styles are read, mixed as one likes: "…" and “…” (also „…“, ``…'' and ''…''), ‘…’ and '…', «…». One pass with a
stack per paragraph and one look ahead, so the time is linear in the text whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from reportedly.model import Note, Quote, Span

MARK = re.compile(r"``|''|[\"“”„‟«»‘’‚‛'′`]")
_DOUBLE = frozenset({'"', "“", "”", "„", "‟", "``", "''"})
_GUILLEMETS = frozenset({"«", "»"})
_OPENING = frozenset({"“", "„", "‟", "``", "«", "‘", "‚", "‛"})
_LIKE = {"double": "guillemets", "guillemets": "double"}
_ELISION = re.compile(r"(?:\d0s|em|tis|twas|til|cause|n|round|bout)\b", re.IGNORECASE)
_STOP = re.compile(r"[.!?…,]")
MAX_NOTES = 20


@dataclass(slots=True)
class _Mark:
    start: int
    end: int
    text: str
    family: str
    opens: bool
    closes: bool


@dataclass(slots=True)
class _Open:
    mark: _Mark
    number: int


@dataclass(slots=True)
class _Draft:
    start: int
    end: int
    marks: tuple[str, str]
    closed: bool
    continues: int | None = None


@dataclass(slots=True)
class _Finder:
    text: str
    drafts: list[_Draft] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    pending: int | None = None
    dropped: int = 0

    def note(self, code: str, message: str, span: Span) -> None:
        if len(self.notes) < MAX_NOTES:
            self.notes.append(Note(code=code, message=message, span=span))
        else:
            self.dropped += 1


def find(text: str, paragraphs: Iterable[Span]) -> tuple[tuple[Quote, ...], tuple[Note, ...]]:
    """All quotations of the paragraphs, in text order, and notes on marks without a partner.

    A quotation that is open at the end of a paragraph ends there with `closed=False`; where the next paragraph
    re-opens it, that one `continues` it, else a note says so. Never raises.

    >>> quotes, notes = find('He said “we ‘must’ go.”', [Span(0, 23)])
    >>> [(q.span.start, q.span.end, q.parent) for q in quotes]
    [(8, 23, None), (12, 18, 0)]
    """
    finder = _Finder(text)
    for paragraph in paragraphs:
        _paragraph(finder, paragraph)
    _leave_pending(finder)
    if finder.dropped:
        finder.notes.append(
            Note(code="quotation_marks", message=f"{finder.dropped} more quotation marks have no partner")
        )
    return _ordered(finder.drafts), tuple(finder.notes)


def _ordered(drafts: Sequence[_Draft]) -> tuple[Quote, ...]:
    order = sorted(range(len(drafts)), key=lambda n: (drafts[n].start, -drafts[n].end, n))
    place = {old: new for new, old in enumerate(order)}
    around: list[int] = []
    result: list[Quote] = []
    for number, old in enumerate(order):
        draft = drafts[old]
        while around and result[around[-1]].span.end < draft.end:
            around.pop()
        before = draft.continues
        result.append(
            Quote(
                span=Span(draft.start, draft.end),
                marks=draft.marks,
                closed=draft.closed,
                parent=around[-1] if around else None,
                continues=None if before is None else place[before],
            )
        )
        around.append(number)
    return tuple(result)


def marks_of(text: str, span: Span) -> list[_Mark]:
    """The quotation marks of a paragraph, apostrophes left out."""
    found: list[_Mark] = []
    for match in MARK.finditer(text, span.start, span.end):
        mark = _classify(text, span, match.start(), match.end())
        if mark is not None:
            found.append(mark)
    return _without_apostrophes(text, found)


def _classify(text: str, span: Span, start: int, end: int) -> _Mark | None:
    written = text[start:end]
    before = text[start - 1] if start > span.start else " "
    after = text[end] if end < span.end else " "
    if written in ("`", "′"):
        return None
    family = "double" if written in _DOUBLE else "guillemets" if written in _GUILLEMETS else "single"
    open_shape = not after.isspace() and (before.isspace() or before in "([{-–—/…*_>" or MARK.match(before) is not None)
    close_shape = not before.isspace() and (not after.isalnum() or written == "”")
    if family == "single":
        if before.isalnum() and after.isalnum():
            return None
        if open_shape and before.isspace() and _ELISION.match(text, end):
            open_shape = False
        return _Mark(start, end, written, family, open_shape, close_shape) if open_shape or close_shape else None
    if written in _OPENING:
        return _Mark(start, end, written, family, True, written in ("“", "«") and close_shape and not open_shape)
    if written in ("”", "»"):
        return _Mark(start, end, written, family, open_shape and before.isspace(), True)
    if not open_shape and not close_shape:
        open_shape = close_shape = True
    return _Mark(start, end, written, family, open_shape, close_shape)


def _without_apostrophes(text: str, marks: list[_Mark]) -> list[_Mark]:
    """Drops single marks that open nothing or close nothing: apostrophes of plurals and elisions."""
    kept: list[_Mark] = []
    closer_ahead = False
    for mark in reversed(marks):
        if mark.family != "single":
            kept.append(mark)
            continue
        if mark.opens and not mark.closes:
            if closer_ahead or mark.text == "‘":
                kept.append(mark)
                closer_ahead = False
        elif mark.closes:
            possessive = closer_ahead and text[mark.start - 1] in "sS" and text[mark.end : mark.end + 1] == " "
            if not possessive:
                kept.append(mark)
                closer_ahead = True
    kept.reverse()
    opened = 0
    result: list[_Mark] = []
    for mark in kept:
        if mark.family == "single":
            if mark.opens and not (mark.closes and opened):
                opened += 1
            elif opened:
                opened -= 1
            else:
                continue
        result.append(mark)
    return result


def _paragraph(finder: _Finder, paragraph: Span) -> None:
    marks = marks_of(finder.text, paragraph)
    stack: list[_Open] = []
    counts = {"double": 0, "guillemets": 0, "single": 0}
    first_new = len(finder.drafts)
    carried = finder.pending
    for position, mark in enumerate(marks):
        if mark.closes and not mark.opens and not counts[mark.family]:
            other = _LIKE.get(mark.family, "")
            mark.family = other if counts.get(other) else mark.family
        is_open = counts[mark.family] > 0
        if is_open and mark.closes and not (mark.opens and _nested_opening(finder.text, marks, position)):
            _close(finder, stack, counts, mark)
        elif mark.opens:
            if is_open and not _nested_opening(finder.text, marks, position):
                _cut(finder, stack, counts, mark)
            _open(finder, stack, counts, mark)
        elif carried is not None and len(finder.drafts) == first_new:
            _resume(finder, paragraph, mark, carried)
            carried = finder.pending = None
        elif mark.family != "single" and not finder.text[mark.start - 1 : mark.start].isdigit():
            finder.note("stray_quotation_mark", "a closing mark without an opening one", Span(mark.start, mark.end))
    if finder.text[paragraph.start : paragraph.end].strip():
        _link_reopened(finder, paragraph, first_new, carried)
        _end(finder, stack, paragraph)


def _nested_opening(text: str, marks: Sequence[_Mark], position: int) -> bool:
    """Whether an opening-shaped mark inside an open quotation of its family really opens an inner one."""
    mark = marks[position]
    if not mark.opens or (mark.closes and text[mark.start - 1 : mark.start].isalnum()):
        return False
    following = [other for other in marks[position + 1 : position + 7] if other.family == mark.family][:2]
    return len(following) == 2 and all(other.closes and not other.opens for other in following)


def _open(finder: _Finder, stack: list[_Open], counts: dict[str, int], mark: _Mark) -> None:
    finder.drafts.append(_Draft(mark.start, mark.end, (mark.text, ""), False))
    stack.append(_Open(mark, len(finder.drafts) - 1))
    counts[mark.family] += 1


def _close(finder: _Finder, stack: list[_Open], counts: dict[str, int], mark: _Mark) -> None:
    while stack:
        top = stack.pop()
        counts[top.mark.family] -= 1
        draft = finder.drafts[top.number]
        if top.mark.family == mark.family:
            draft.end, draft.closed, draft.marks = mark.end, True, (draft.marks[0], mark.text)
            return
        _unclosed(finder, draft, mark.start)


def _cut(finder: _Finder, stack: list[_Open], counts: dict[str, int], mark: _Mark) -> None:
    """A new quotation of the family opens: the open one was never closed and ends with its sentence."""
    while stack:
        top = stack.pop()
        counts[top.mark.family] -= 1
        draft = finder.drafts[top.number]
        region = finder.text[top.mark.end : mark.start]
        stops = [match.end() for match in _STOP.finditer(region)]
        _unclosed(finder, draft, top.mark.end + stops[-1] if stops else mark.start)
        if top.mark.family == mark.family:
            return


def _unclosed(finder: _Finder, draft: _Draft, end: int) -> None:
    draft.end = draft.start + len(finder.text[draft.start : end].rstrip())
    finder.note("unclosed_quotation", "a quotation is opened and never closed", Span(draft.start, draft.end))


def _resume(finder: _Finder, paragraph: Span, mark: _Mark, carried: int) -> None:
    """A closing mark with nothing open, after a paragraph that left a quotation open: it goes on here."""
    start = (
        paragraph.start
        + len(finder.text[paragraph.start : mark.end])
        - len(finder.text[paragraph.start : mark.end].lstrip())
    )
    finder.drafts.append(_Draft(start, mark.end, ("", mark.text), True, carried))


def _link_reopened(finder: _Finder, paragraph: Span, first_new: int, carried: int | None) -> None:
    if carried is None:
        return
    before = finder.drafts[carried]
    new = finder.drafts[first_new] if len(finder.drafts) > first_new else None
    leads = new is not None and not finder.text[paragraph.start : new.start].strip(" \t\r\n*_>")
    if new is not None and leads and _family(new.marks[0]) == _family(before.marks[0]):
        new.continues = carried
        finder.pending = None
    else:
        _leave_pending(finder)


def _family(mark: str) -> str:
    return "double" if mark in _DOUBLE else "guillemets" if mark in _GUILLEMETS else "single"


def _leave_pending(finder: _Finder) -> None:
    if finder.pending is not None:
        draft = finder.drafts[finder.pending]
        finder.note("unclosed_quotation", "a quotation is opened and never closed", Span(draft.start, draft.end))
        finder.pending = None


def _end(finder: _Finder, stack: list[_Open], paragraph: Span) -> None:
    end = paragraph.start + len(finder.text[paragraph.start : paragraph.end].rstrip())
    for opened in stack:
        finder.drafts[opened.number].end = max(end, opened.mark.end)
    if stack:
        finder.pending = stack[0].number
        for opened in stack[1 : MAX_NOTES + 1]:
            finder.note("unclosed_quotation", "a quotation is opened and never closed", Span(opened.mark.start, end))
