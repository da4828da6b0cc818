"""No verdict in what the program says: its help, its pages, its own sentences."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import reportedly
from reportedly import cli

ROOT = Path(__file__).parents[2]
SOURCE = Path(reportedly.__file__).parent
VERDICTS = re.compile(
    r"\b(?:debunk\w*|fakes?|faked|credib\w*|confirmed|undisputed|unreliable|truthful|the truth|misinformation|"
    r"disinformation|propaganda|liars?|hoax\w*)\b"
    r"|\b(?:is|are|was|were|be|proven|rated|deemed) (?:true|false)\b|trust score",
    re.IGNORECASE,
)
NAMED = (
    "No field, colour or word for true, false, fake, debunked, confirmed, credible",  # the rule itself
    "support, not truth",
    "(support, not truth)",
)
PAGES = sorted([*ROOT.glob("docs/*.md"), *ROOT.glob("*.md"), *ROOT.glob("changelog.d/*.md")])
ROOMS = sorted(path for room in ("cli", "compare", "draw", "run") for path in (SOURCE / room).glob("*.py"))


def verdicts(text: str) -> list[str]:
    """The verdict words of a text, the rule that forbids them and code literals apart."""
    for words in NAMED:
        text = text.replace(words, "")
    text = re.sub(r"`[^`\n]*`", "", text)
    return [found[0] for found in VERDICTS.finditer(text)]


def test_the_list_catches_what_it_should() -> None:
    assert verdicts("The toll was confirmed; the claim is false and debunked.") == ["confirmed", "is false", "debunked"]
    assert verdicts("`true` or `null`; said, attributed, denies") == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_pages(page: Path) -> None:
    assert verdicts(page.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("verb", [*cli.VERBS, ""])
def test_help(verb: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*([verb] if verb else []), "--help"]) == 0
    assert verdicts(capsys.readouterr().out) == []


@pytest.mark.parametrize("path", ROOMS, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_sentences_of_the_rooms_that_speak_to_people(path: Path) -> None:
    said = [
        node.value
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    assert [words for each in said for words in verdicts(each)] == []
