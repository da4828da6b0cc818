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
        "report",
        "message",
    }
)


def relay_of(scene: Scene, candidate: Candidate) -> Hop | None:
    """The outlet through which the source's words came, where the sentence says so."""
    anchor = cue_token(scene, candidate.cue)
    if anchor is None:
        return None
    for head in _addressees(scene, anchor):
        if is_outlet(scene, head):
            voice = voice_of(scene, scene.spans(phrase(scene, head)))
            if voice is not None:
                return Hop(name=voice.name, anonymity="named", span=voice.span, confidence=0.9)
    return None


def _addressees(scene: Scene, anchor: int) -> Iterator[int]:
    if scene.lemmas[anchor] in _TELLING:
        yield from scene.kids(anchor, "dobj", "dative", "iobj")
        if anchor + 1 < len(scene.tokens) and scene.tokens[anchor + 1].pos == "PROPN":
            yield anchor + 1
    for c in scene.kids(anchor, "prep", "dative"):
        target = scene.child(c, "pobj")
        if target is None:
            continue
        if scene.words[c] == "to" and scene.lemmas[anchor] in ("say", "speak", "confirm", "talk", "comment", "write"):
            yield target
        if scene.words[c] == "in" and scene.lemmas[target] in _OCCASIONS:
            yield from _occasion(scene, target)
    head = subject_of(scene, anchor)
    if head is not None:
        for c in scene.kids(head, "acl", "relcl"):
            agent = agent_of(scene, c)
            if agent is not None and scene.lemmas[c] in voices().relay_verbs:
                yield agent


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
