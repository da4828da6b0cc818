"""Sources read off the words beside a quotation, where the parse went astray: "“…,” said X", "“…,” X said"."""

from __future__ import annotations

from reportedly.attribute.drafts import Draft
from reportedly.attribute.scene import Scene
from reportedly.attribute.sources import SUBJECTS, phrase

_NOMINAL = frozenset({"PROPN", "NOUN", "PRON", "DET", "ADJ", "NUM", "PART", "ADP", "CCONJ", "X"})
_HEADS = frozenset({"PROPN", "NOUN", "PRON", "NUM"})
_STOPS = frozenset(
    {"on", "in", "at", "to", "after", "during", "about", "when", "as", "before", "while", "by", "over", "into"}
)


def repair(scene: Scene, drafts: list[Draft]) -> None:
    """Gives a source to cues that own a quotation but have none, or one that stands in the quotation itself."""
    for draft in drafts:
        quotes = {scene.quote_of[i] for i in draft.content} - {-1, scene.quote_of[draft.anchor]}
        if draft.source and any(scene.quote_of[i] in quotes for i in draft.source):
            draft.source = set()
        if quotes and not draft.source and draft.rule.partition(":")[0] in ("verb", "quote", "inverted", "unlisted"):
            draft.source = _beside(scene, draft.anchor) or _main_subject(scene, draft.anchor)
            draft.content -= draft.source


def _beside(scene: Scene, verb: int) -> set[int]:
    """The noun phrase right before or right after a verb that stands next to a quotation."""
    sentence = scene.sentences[scene.sentence_of[verb]]
    first = verb
    while (
        first > sentence.first
        and scene.quote_of[first - 1] < 0
        and scene.tokens[first - 1].pos in (*_NOMINAL, "ADV", "AUX")
    ):
        first -= 1
    before = _nominal(scene, range(first, verb))
    after_quote = first > sentence.first and (scene.is_marks(first - 1) or scene.words[first - 1] in (",", "–", "—"))
    if before and after_quote:
        return before
    last = verb + 1
    while last < sentence.last and scene.tokens[last].pos in _NOMINAL and scene.words[last] not in _STOPS:
        if scene.quote_of[last] >= 0:
            break
        last += 1
    close = verb > sentence.first and (scene.is_marks(verb - 1) or scene.words[verb - 1] == ",")
    return _nominal(scene, range(verb + 1, last)) if close else set()


def _nominal(scene: Scene, tokens: range) -> set[int]:
    order = [i for i in tokens if scene.tokens[i].pos not in ("ADV", "AUX")]
    while order and scene.tokens[order[-1]].pos not in _HEADS:
        order.pop()
    while order and scene.tokens[order[0]].pos in ("ADP", "CCONJ", "PART"):
        order.pop(0)
    return set(order)


def _main_subject(scene: Scene, verb: int) -> set[int]:
    """The subject of the sentence, for a participle before a quotation (", telling the crowd, “…”")."""
    if scene.tokens[verb].tag != "VBG":
        return set()
    sentence = scene.sentences[scene.sentence_of[verb]]
    for i in range(sentence.first, verb):
        if scene.tokens[i].dep in SUBJECTS and scene.quote_of[i] < 0:
            return {k for k in phrase(scene, i) if k < verb}
    return set()
