"""Words that come through another: "X quoted Z as saying C", "Z was quoted by X as saying C"."""

from __future__ import annotations

from reportedly.attribute.drafts import Draft
from reportedly.attribute.lexicon import reporting
from reportedly.attribute.scene import Scene
from reportedly.attribute.sources import agent_of, is_passive, phrase, subject_of
from reportedly.attribute.verbs import clause_of, left_of


def find(scene: Scene, i: int) -> list[Draft]:
    """ "X quoted Z as saying C", "Z was quoted by X as saying C": the relay, and Z's own report inside it."""
    saying = _as_saying(scene, i)
    if saying is None:
        return []
    mark, verb = saying
    passive = is_passive(scene, i)
    quoted = (
        scene.child(i, "nsubjpass")
        if passive
        else next((c for c in scene.kids(i, "dobj", "nsubj", "ccomp") if i < c < mark), None)
    )
    if quoted is None and not passive:
        quoted = next((k for k in range(mark - 1, i, -1) if scene.tokens[k].pos in ("NOUN", "PROPN", "PRON")), None)
    voice = phrase(scene, quoted) if quoted is not None else set()
    if not passive:
        voice = {k for k in voice if i < k < mark}
    inner = Draft(verb, set(range(mark, verb + 1)), voice, set(), f"as_saying:{scene.lemmas[i]}", 0.9)
    inner.content = clause_of(scene, verb, inner, loose=True) - inner.cue - voice
    outer = Draft(i, {i}, set(), set(), f"quoted:{scene.lemmas[i]}", 0.9)
    head = agent_of(scene, i) if passive else subject_of(scene, i)
    if passive and head is None:
        head = agent_of(scene, verb)
    if head is not None:
        outer.source = phrase(scene, head)
    if passive and not outer.source:
        inner.cue |= {i} | set(scene.kids(i, "auxpass"))
        inner.content = inner.content or left_of(scene, i, inner)
        return [inner]
    if not inner.content:
        inner.content = _before(scene, min(outer.source | {i}) if not passive else min(voice | {i}))
    outer.content = inner.content | voice | inner.cue
    return [outer, inner]


def _as_saying(scene: Scene, i: int) -> tuple[int, int] | None:
    if scene.lemmas[i] not in reporting().relaying or scene.tokens[i].pos != "VERB":
        return None
    sentence = scene.sentences[scene.sentence_of[i]]
    for k in range(i + 1, min(sentence.last - 1, i + 40)):
        verb = k + 2 if scene.words[k + 1] == "having" and k + 2 < sentence.last else k + 1
        if (
            scene.words[k] == "as"
            and scene.tokens[k + 1].tag == "VBG"
            and reporting().takes(scene.lemmas[verb], "clause")
        ):
            return k, verb
    return None


def _before(scene: Scene, edge: int) -> set[int]:
    sentence = scene.sentences[scene.sentence_of[edge]]
    return (
        set(range(sentence.first, edge))
        if (edge - 1 > sentence.first and scene.words[edge - 1] == ",")
        or (edge > sentence.first and scene.is_marks(edge - 1))
        else set()
    )
