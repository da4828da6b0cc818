"""From candidates to attributions: parents, chains of voices, continuations, kinds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportedly.attribute import continuation, kinds
from reportedly.attribute.candidates import Candidate
from reportedly.attribute.coreference import Memory, Mention, resolve
from reportedly.attribute.relays import relay_of
from reportedly.attribute.scene import Scene
from reportedly.model import Attribution, Hop, Span, make_id

_UNKNOWN = Hop(name=None, anonymity="unknown")


@dataclass(slots=True)
class _Record:
    candidate: Candidate
    parent: int | None = None
    continues: int | None = None
    chain: tuple[Hop, ...] = ()


def build(scene: Scene, candidates: Sequence[Candidate]) -> list[Attribution]:
    """Attributions in text order: nesting, chains, pronouns, continuations, type, form, polarity and stance."""
    found = continuation.resumed(scene, _distinct(candidates))
    parents = _parents(found)
    records = [_Record(candidate, parent) for candidate, parent in zip(found, parents, strict=True)]
    _chains(scene, records)
    for continued in continuation.find(scene, found, parents):
        head = records[continued.head]
        records.append(_Record(continued.candidate, head.parent if _in_frame(records, head, continued) else None,
                               continued.head, head.chain))  # fmt: skip
    return _finish(scene, records)


def _in_frame(records: list[_Record], head: _Record, continued: continuation.Continued) -> bool:
    if head.parent is None:
        return False
    return _covers(records[head.parent].candidate.content, continued.candidate.content)


def _distinct(candidates: Sequence[Candidate]) -> list[Candidate]:
    """One candidate a cue and content, the surer one."""
    best: dict[tuple[object, ...], Candidate] = {}
    for candidate in candidates:
        key = (candidate.cue, candidate.content, candidate.source)
        if candidate.content and (key not in best or best[key].confidence < candidate.confidence):
            best[key] = candidate
    return sorted(best.values(), key=lambda c: (c.content[0].start, -c.content[-1].end, c.cue))


def _covers(outer: Sequence[Span], inner: Sequence[Span]) -> bool:
    """Whether every inner span lies in the hull of one outer span."""
    return bool(inner) and all(any(o.start <= s.start and s.end <= o.end for o in outer) for s in inner)


def _size(candidate: Candidate) -> int:
    return sum(len(span) for span in candidate.content)


def _parents(found: Sequence[Candidate]) -> list[int | None]:
    """For each candidate the smallest report whose content holds its cue; a "citing" stands under its governor."""
    parents: list[int | None] = [None] * len(found)
    for number, candidate in enumerate(found):
        best: tuple[int, int] | None = None
        for other, outer in enumerate(found):
            if other == number or not _holds(outer, candidate):
                continue
            rank = (_size(outer), -_depth(outer))
            if best is None or rank < best:
                best, parents[number] = rank, other
    return parents


def _holds(outer: Candidate, inner: Candidate) -> bool:
    if inner.rule == "citing":
        return outer.rule != "citing" and bool(outer.content) and _same(outer, inner)
    if not inner.cue or not _covers(outer.content, inner.cue):
        return False
    if not any(s.start < o.end and o.start < s.end for s in inner.content for o in outer.content):
        return False
    return _size(outer) >= _size(inner) * 0.6


def _same(a: Candidate, b: Candidate) -> bool:
    return a.content == b.content


def _depth(candidate: Candidate) -> int:
    return 1 if candidate.rule == "citing" else 0


def _chains(scene: Scene, records: list[_Record]) -> None:
    """Chains in text order of the cues, so that pronouns see who spoke before; parents before children."""
    memory = Memory(scene)
    memory.learn_names()
    spoken: list[tuple[Mention, _Record, int]] = []
    for record in sorted(records, key=lambda r: (_level(records, r), _at(r.candidate))):
        del record
    done: set[int] = set()
    order = sorted(range(len(records)), key=lambda n: _at(records[n].candidate))

    def work(number: int) -> None:
        if number in done:
            return
        done.add(number)
        record = records[number]
        if record.parent is not None:
            work(record.parent)
        hop, voice, mention = resolve(scene, memory, record.candidate.source)
        if hop is None or voice is None:
            record.chain = _with_outer(records, record, _shared(scene, records, record) or _UNKNOWN)
            return
        outer = records[record.parent].chain if record.parent is not None else ()
        if voice.pronoun.startswith("first") and outer:
            hop = outer[-1]
            record.chain = outer
            return
        prefix = outer if outer else _inherited(scene, spoken, record, mention)
        relay = relay_of(scene, record.candidate)
        if relay is not None and all(_differs(relay, known) for known in prefix) and _differs(relay, hop):
            prefix = (*prefix, relay)
        record.chain = (*prefix, hop)
        memory.add_source(voice, hop)
        spoken.append((memory.mentions[-1], record, scene.sentence_of[voice.head]))

    for number in order:
        work(number)


def _level(records: list[_Record], record: _Record) -> int:
    return 0 if record.parent is None else 1


def _at(candidate: Candidate) -> int:
    return candidate.cue[0].start if candidate.cue else candidate.content[0].start


def _differs(a: Hop, b: Hop) -> bool:
    mine, theirs = set((a.name or "").lower().split()), set((b.name or "").lower().split())
    return not mine or not theirs or not (mine <= theirs or theirs <= mine)


def _with_outer(records: list[_Record], record: _Record, hop: Hop) -> tuple[Hop, ...]:
    outer = records[record.parent].chain if record.parent is not None else ()
    return (*outer, hop)


def _shared(scene: Scene, records: list[_Record], record: _Record) -> Hop | None:
    """A participle without a source of its own ("adding", "calling it …") shares the voice of the cue before it."""
    anchor = kinds.cue_token(scene, record.candidate.cue)
    if anchor is None or scene.tokens[anchor].tag != "VBG":
        return None
    sentence = scene.sentence_of[anchor]
    for other in sorted(records, key=lambda r: _at(r.candidate), reverse=True):
        if other is not record and other.chain and _at(other.candidate) < _at(record.candidate):
            token = kinds.cue_token(scene, other.candidate.cue)
            if token is not None and scene.sentence_of[token] == sentence:
                return other.chain[-1]
    return None


def _inherited(
    scene: Scene, spoken: list[tuple[Mention, _Record, int]], record: _Record, mention: Mention | None
) -> tuple[Hop, ...]:
    """A pronoun that takes up a voice met inside another's report keeps the outer voices of that report."""
    if mention is None or not mention.source:
        return ()
    here = scene.sentence_of[scene.range_of(record.candidate.source[0])[0]]
    for known, before, sentence in reversed(spoken):
        if known is mention and here - sentence <= 3:
            return before.chain[:-1]
    return ()


def _finish(scene: Scene, records: list[_Record]) -> list[Attribution]:
    ids = [_id(scene, record.candidate) for record in records]
    result = []
    for number, record in enumerate(records):
        candidate = record.candidate
        head = records[record.continues].candidate if record.continues is not None else None
        result.append(
            Attribution(
                id=ids[number],
                form=kinds.form_of(scene, candidate),
                cue=candidate.cue,
                source=candidate.source,
                content=candidate.content,
                parent=None if record.parent is None else ids[record.parent],
                continues=None if record.continues is None else ids[record.continues],
                chain=record.chain or (_UNKNOWN,),
                type=kinds.type_of(scene, head or candidate),
                polarity=kinds.polarity_of(scene, candidate),
                stance=kinds.stance_of(scene, candidate),
                confidence=round(candidate.confidence, 3),
                rule=candidate.rule,
                marks=kinds.marks_in(scene.text, candidate.content),
            )
        )
    unique = {attribution.id: attribution for attribution in result}
    return sorted(unique.values(), key=lambda a: (a.content[0].start, -a.content[-1].end, a.cue, a.id))


def _id(scene: Scene, candidate: Candidate) -> str:
    fields = [
        number
        for role in (candidate.cue, candidate.content, candidate.source)
        for s in role
        for number in (s.start, s.end)
    ]
    return make_id("attribution", scene.doc.id, *fields)


def replaced(attribution: Attribution, confidence: float) -> Attribution:
    """The attribution with another confidence."""
    return replace(attribution, confidence=confidence)
