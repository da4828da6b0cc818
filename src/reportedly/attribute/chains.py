"""From candidates to attributions: parents, chains of voices, continuations, kinds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    goes_on: dict[int, int] = {}
    for continued in continuation.find(scene, found):
        goes_on[len(found)] = continued.head
        found.append(continued.candidate)
    records = [_Record(candidate, parent) for candidate, parent in zip(found, _parents(found), strict=True)]
    for number, head in goes_on.items():
        records[number].continues = head
    _chains(scene, records)
    return _finish(scene, records)


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
        best: tuple[int, int, int] | None = None
        for other, outer in enumerate(found):
            if other == number or not _holds(outer, candidate):
                continue
            rank = (_size(outer), -_depth(outer), -_at(outer))
            if best is None or rank < best:
                best, parents[number] = rank, other
    _break_cycles(found, parents)
    return parents


def _break_cycles(found: Sequence[Candidate], parents: list[int | None]) -> None:
    """Where two reports hold each other's cue, the one whose cue comes first is the outer one."""
    settled: set[int] = set()
    for start in range(len(found)):
        path: list[int] = []
        here: int | None = start
        while here is not None and here not in settled and here not in path:
            path.append(here)
            here = parents[here]
        if here is not None and here in path:
            loop = path[path.index(here) :]
            parents[min(loop, key=lambda n: _at(found[n]))] = None
        settled.update(path)


def _holds(outer: Candidate, inner: Candidate) -> bool:
    if inner.rule == "citing" and _same(outer, inner):
        return outer.rule != "citing" or _at(outer) < _at(inner)
    if outer.rule == "citing" and _same(outer, inner):
        return False
    where = inner.cue or inner.content
    if not _covers(outer.content, where):
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
    done: set[int] = set()
    order = sorted(range(len(records)), key=lambda n: _at(records[n].candidate))

    def work(number: int) -> None:
        if number in done:
            return
        done.add(number)
        record = records[number]
        if record.parent is not None:
            work(record.parent)
        if record.continues is not None:
            _go_on(records, record, work)
            return
        hop, voice, mention = resolve(scene, memory, record.candidate.source)
        if hop is None or voice is None:
            record.chain = _with_outer(records, record, _shared(scene, records, record) or _UNKNOWN)
            return
        outer = records[record.parent].chain if record.parent is not None else ()
        if voice.pronoun.startswith("first") and outer:
            hop = outer[-1]
            record.chain = outer
            return
        prefix = outer or (_inherited(scene, spoken, record, mention) if voice.pronoun else ())
        relay = relay_of(scene, record.candidate)
        if relay is not None and all(_differs(relay, known) for known in prefix) and _differs(relay, hop):
            prefix = (*prefix, relay)
        record.chain = (*prefix, hop)
        memory.add_source(voice, hop)
        spoken.append((memory.mentions[-1], record, scene.sentence_of[voice.head]))

    for number in order:
        work(number)
    _share_relays(scene, records)


def _go_on(records: list[_Record], record: _Record, work: Callable[[int], None]) -> None:
    """A continuation has the chain of what it continues. After a relay ("according to X, citing Y, sources said …") of a
    group without a name it is the relay that goes on: a chorus does not dictate word for word."""
    head = record.continues
    assert head is not None
    work(head)
    record.chain = records[head].chain
    parent = records[head].parent
    if parent is None or not record.chain or record.chain[-1].anonymity != "anonymous":
        return
    if records[parent].candidate.rule in ("citing", "according_to", "as_reports"):
        record.chain = records[parent].chain
        while (above := records[parent].parent) is not None:
            parent = above
        record.continues = parent


def _share_relays(scene: Scene, records: list[_Record]) -> None:
    """A voice quoted again in the next paragraph as speaking to an outlet spoke to it the first time, too."""
    for record in records:
        if len(record.chain) < 2 or relay_of(scene, record.candidate) is None:
            continue
        paragraph = _paragraph(scene, record)
        for other in records:
            near = 0 <= paragraph - _paragraph(scene, other) <= 1 and _at(other.candidate) < _at(record.candidate)
            if near and other.parent == record.parent and other.chain == record.chain[:-2] + record.chain[-1:]:
                other.chain = record.chain
            elif near and other.chain and len(other.chain) == len(record.chain) - 1 and other.parent == record.parent:
                same = other.chain[-1].name == record.chain[-1].name and other.chain[:-1] == record.chain[:-2]
                other.chain = record.chain if same else other.chain


def _paragraph(scene: Scene, record: _Record) -> int:
    first, _ = scene.range_of((record.candidate.cue or record.candidate.content)[0])
    return scene.paragraph_of[scene.sentence_of[min(first, len(scene.tokens) - 1)]]


def _at(candidate: Candidate) -> int:
    return (candidate.cue or candidate.source or candidate.content)[0].start


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
