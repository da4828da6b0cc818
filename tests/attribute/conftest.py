"""A reader for invented sentences."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from reportedly import attribute
from reportedly.model import Attribution, Document, Header, Parsed, Segment, Span, Spans
from reportedly.parse import Parser
from reportedly.settings import AttributeSettings

_BLOCK = re.compile(r"\s*\n\s*\n\s*|(?:(?!\s*\n\s*\n)[\s\S])+")


def document(text: str, title: bool = False) -> Document:
    """A text whose blocks are body; the first one is the title if asked for."""
    segments = []
    for match in _BLOCK.finditer(text):
        blank = not match.group().strip()
        kind = "separator" if blank else "title" if title and not segments else "body"
        segments.append(Segment(span=Span(match.start(), match.end()), kind=kind))  # type: ignore[arg-type]
    return Document(
        id="d", name="d", sha256="", media_type="text/plain", text=text, lang="en", segments=tuple(segments),
        header=Header(),
    )  # fmt: skip


class Read:
    """What the rules read in a text, with the words of each role."""

    def __init__(self, text: str, doc: Document, parsed: Parsed, found: list[Attribution]) -> None:
        self.text, self.doc, self.parsed, self.all = text, doc, parsed, found

    def words(self, spans: Spans) -> str:
        """The words of a role; stretches apart are joined by " … "."""
        return " … ".join(span.of(self.text) for span in spans)

    def by(self, source: str) -> Attribution:
        """The one attribution whose source has these words."""
        found = [a for a in self.all if self.words(a.source) == source]
        assert len(found) == 1, [(self.words(a.source), self.words(a.cue), self.words(a.content)) for a in self.all]
        return found[0]

    def triples(self) -> list[tuple[str, str, str]]:
        """Source, cue and content of each attribution."""
        return [(self.words(a.source), self.words(a.cue), self.words(a.content)) for a in self.all]

    def chain(self, source: str) -> list[str | None]:
        """The names of the chain of the attribution with this source."""
        return [hop.name for hop in self.by(source).chain]


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The parser, once a session."""
    return Parser()


@pytest.fixture(scope="session")
def read(parser: Parser) -> Callable[..., Read]:
    """Reads a text with the rules."""
    rules = attribute.load(AttributeSettings(attributor="rules"))

    def reader(text: str, title: bool = False) -> Read:
        doc = document(text, title)
        parsed = parser.parse(doc)
        return Read(text, doc, parsed, rules.attribute(doc, parsed))

    return reader
