"""The attributors: a finder of candidates, then the shared stages that make attributions of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from reportedly.attribute import chains, rules
from reportedly.attribute.candidates import Candidate
from reportedly.attribute.scene import Scene
from reportedly.errors import UsageError
from reportedly.model import Attribution, Document, Parsed
from reportedly.settings import AttributeSettings

LOWEST = 0.1
"""Confidence under which the model's candidates are not even weighed against the rules."""
Finder = Callable[[Scene], Sequence[Candidate]]


@dataclass(frozen=True, slots=True)
class Attributor:
    """Finds who stands behind each stretch of a document. `name` is "rules" or "model"."""

    name: str
    find: Finder
    threshold: float = 0.5

    def attribute(self, doc: Document, parsed: Parsed) -> list[Attribution]:
        """Attributions in text order, with chains, parents and continuations."""
        scene = Scene(doc, parsed)
        if not scene.tokens:
            return []
        found = [candidate for candidate in self.find(scene) if candidate.confidence >= self.threshold]
        return chains.build(scene, found)


def load(settings: AttributeSettings | None = None) -> Attributor:
    """The attributor of the settings: "rules", or "model" (trained weights fused with the rules).

    Raises UsageError for any other name, and when the weights are not there.
    """
    settings = settings or AttributeSettings()
    if settings.attributor == "rules":
        return Attributor("rules", rules.candidates, settings.threshold)
    if settings.attributor == "model":
        return Attributor("model", _fused(), settings.threshold)
    raise UsageError(f"there is no attributor {settings.attributor!r}; use 'model' or 'rules'")


@cache
def _fused() -> Finder:
    """The model's candidates and the rules' as one list; the weights are loaded once a process."""
    from reportedly.attribute import fusion
    from reportedly.attribute.model import SpanModel

    model = SpanModel(threshold=LOWEST)

    def find(scene: Scene) -> Sequence[Candidate]:
        found = model.candidates(fusion.plain(scene), scene.parsed)
        return fusion.fuse(scene, rules.candidates(scene), found)

    return find
