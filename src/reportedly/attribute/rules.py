"""The rules attributor's finder: candidates of one document from its parse and its quotation marks."""

from __future__ import annotations

from reportedly.attribute import frames, phrases, quoted, verbs
from reportedly.attribute.candidates import Candidate
from reportedly.attribute.drafts import Draft, close_quotes, to_candidates
from reportedly.attribute.lexicon import reporting
from reportedly.attribute.scene import Scene
from reportedly.model import REPORT_TYPES


def candidates(scene: Scene) -> list[Candidate]:
    """All reports the rules find, in text order."""
    found = _drafts(scene)
    found += quoted.claim(scene, found)
    for draft in found:
        close_quotes(scene, draft)
    kept = [draft for draft in found if draft.content and _stands(scene, draft)]
    for i in range(len(scene.tokens)):
        further = phrases.citing(scene, i, kept)
        if further is not None:
            kept.append(further)
    return to_candidates(scene, _distinct(kept)) + frames.candidates(scene)


def _drafts(scene: Scene) -> list[Draft]:
    found: list[Draft] = []
    taken: set[int] = set()
    for i in range(len(scene.tokens)):
        for draft in verbs.relayed(scene, i):
            found.append(draft)
            taken |= draft.cue
        draft_or_none = phrases.according_to(scene, i) or phrases.as_reports(scene, i) or phrases.unstated(scene, i)
        if draft_or_none is not None:
            found.append(draft_or_none)
            taken |= draft_or_none.cue
    for i in range(len(scene.tokens)):
        if i in taken or (scene.words[i] in reporting().citing and scene.tokens[i].tag == "VBG"):
            continue
        draft_or_none = verbs.find(scene, i) or phrases.noun(scene, i)
        if draft_or_none is not None:
            found.append(draft_or_none)
    return found


def _stands(scene: Scene, draft: Draft) -> bool:
    """Leaves out what is no report: a verb that needs a quotation and has none; a cue without any voice."""
    kind, _, lemma = draft.rule.partition(":")
    if kind != "verb":
        return True
    known = reporting()
    classes = set(known.takes(lemma, "clause", "object", "infinitive"))
    if not classes:
        return any(scene.quote_of[i] >= 0 for i in draft.content)
    if not draft.source and not (classes & REPORT_TYPES):
        return False
    return bool(draft.source) or scene.tokens[draft.anchor].tag == "VBG" or scene.tokens[draft.anchor].tag == "VB"


def _distinct(drafts: list[Draft]) -> list[Draft]:
    seen: dict[tuple[int, ...], Draft] = {}
    for draft in drafts:
        key = (draft.anchor,)
        if key not in seen or len(draft.content) > len(seen[key].content):
            seen[key] = draft
    return list(seen.values())
