"""Outlets to which a voice spoke: "told the Harbour Times", "in an interview with X", "reached by X"."""

from __future__ import annotations

from collections.abc import Iterator

from reportedly.attribute.candidates import Candidate
from reportedly.attribute.kinds import cue_token
from reportedly.attribute.lexicon import voices
from reportedly.attribute.naming import is_outlet, voice_of
from reportedly.attribute.scene import Scene
from reportedly.attribute.sources import agent_of, phrase, subject_of
from reportedly.model import Hop

_TELLING = frozenset({"tell", "inform", "assure", "ask"})
_SPEAKING = frozenset(
    {"say", "speak", "confirm", "talk", "comment", "write", "remark", "complain", "confide", "admit", "explain"}
)
_OCCASIONS = frozenset(
    {
        "interview",
        "statement",
        "comment",
        "remark",
        "email",
        "e-mail",
        "call",
        "conversation",
        "letter",
        "dispatch",
        "message",
        "recording",
        "video",
        "broadcast",
        "speech",
        "address",
        "post",
    }
)


def relay_of(scene: Scene, candidate: Candidate) -> Hop | None:
    """The outlet through which the source's words came, where the sentence says so."""
    anchor = cue_token(scene, candidate.cue)
    if anchor is None:
        return None
    source = {i for span in candidate.source for i in range(*scene.range_of(span))}
    told = ((head, False) for head in _addressees(scene, anchor))
    carried = ((head, True) for head in (*_carriers(scene, anchor), *_seen_by(scene, anchor, source)))
    for head, carries in (*told, *carried):
        if head not in source and (is_outlet(scene, head) or _may_be_outlet(scene, head, carries=carries)):
            voice = voice_of(scene, scene.spans(phrase(scene, head)))
            if voice is not None:
                return Hop(name=voice.name, anonymity="named", span=voice.span, confidence=0.9)
    return None


def _may_be_outlet(scene: Scene, head: int, *, carries: bool) -> bool:
    """A proper name that is no person, place or public body; in reports it is mostly an outlet that is told things.
    Who `carries` a statement may be called after a person or place, or by a common noun ("state radio")."""
    token, known = scene.tokens[head], voices()
    if carries and scene.lemmas[head] in known.media_heads:
        return True
    if token.pos not in ("PROPN", "NUM") or (token.ent == "GPE" and not carries):
        return False
    words = {scene.lemmas[i] for i in scene.subtree(head) if abs(i - head) < 6} | {scene.words[head]}
    if words & (known.office | known.bodies | known.titles | known.anonymous):
        return False
    article = any(scene.words[c] == "the" for c in scene.kids(head, "det"))
    return token.ent != "PERSON" or article or carries


def _addressees(scene: Scene, anchor: int) -> Iterator[int]:
    if scene.lemmas[anchor] in _TELLING:
        yield from scene.kids(anchor, "dobj", "dative", "iobj")
        head = _name_after(scene, anchor)
        if head is not None:
            yield head
    for c in scene.kids(anchor, "prep", "dative", "agent"):
        target = scene.child(c, "pobj")
        if target is None:
            continue
        if scene.words[c] == "to" and scene.lemmas[anchor] in _SPEAKING:
            yield target
    for c in scene.kids(anchor, "advcl"):
        if scene.lemmas[c] in ("speak", "talk", "write") and scene.tokens[c].tag == "VBG":
            yield from _spoken_to(scene, c)


def _name_after(scene: Scene, anchor: int) -> int | None:
    """The last word of the name right after a verb of telling, whatever the parser made of it."""
    first = anchor + 1
    if first < len(scene.tokens) and scene.words[first] == "the":
        first += 1
    last = first
    while (
        last < len(scene.tokens)
        and scene.tokens[last].text[0].isupper()
        and scene.tokens[last].ent_iob != "B" * (last > first)
    ):
        last += 1
    named = last > first and any(scene.tokens[k].pos == "PROPN" for k in range(first, last))
    return last - 1 if named else None


def _carriers(scene: Scene, anchor: int) -> Iterator[int]:
    """ "in a statement carried by X", "in an interview with X"."""
    for c in scene.kids(anchor, "prep"):
        target = scene.child(c, "pobj")
        if target is not None and scene.words[c] in ("in", "on", "during") and scene.lemmas[target] in _OCCASIONS:
            yield from _occasion(scene, target)


def _spoken_to(scene: Scene, verb: int) -> Iterator[int]:
    for c in scene.kids(verb, "prep", "dative"):
        target = scene.child(c, "pobj")
        if target is not None and scene.words[c] in ("to", "with", "for"):
            yield target


def _seen_by(scene: Scene, anchor: int, source: set[int]) -> Iterator[int]:
    """ "a fighter reached by X", "a letter seen by X", "a shepherd who spoke to X"."""
    head = subject_of(scene, anchor)
    heads = {head} if head is not None else set()
    heads |= {i for i in source if scene.tokens[i].head not in source}
    for voice in sorted(heads):
        for c in scene.kids(voice, "acl", "relcl"):
            agent = agent_of(scene, c)
            if agent is not None and scene.lemmas[c] in voices().relay_verbs:
                yield agent
            if scene.lemmas[c] in ("speak", "talk"):
                yield from _spoken_to(scene, c)


def _occasion(scene: Scene, noun: int) -> Iterator[int]:
    for c in scene.kids(noun, "prep"):
        if scene.words[c] in ("with", "to", "on", "by"):
            target = scene.child(c, "pobj")
            if target is not None:
                yield target
    for c in scene.kids(noun, "acl"):
        agent = agent_of(scene, c)
        if agent is not None:
            yield agent
