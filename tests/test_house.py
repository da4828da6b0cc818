"""The house keeps its own rules: every room has a card, no file outgrows its subject, every verb shows two examples."""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path

import click
import pytest

from reportedly.cli import VERBS

SOURCE = Path(__file__).resolve().parents[1] / "src" / "reportedly"
ROOMS = sorted(path.parent for path in SOURCE.glob("*/__init__.py"))
LONGEST = 600


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_every_room_has_a_card(room: Path) -> None:
    card = ast.get_docstring(ast.parse((room / "__init__.py").read_text(encoding="utf-8"))) or ""
    first, *_ = card.splitlines()
    assert first.endswith(".")
    for part in ("Takes:", "Gives:", "Never:"):
        assert part in card, f"{room.name}: no {part}"


def test_no_file_outgrows_its_subject() -> None:
    lengths = {
        str(p.relative_to(SOURCE)): len(p.read_text(encoding="utf-8").splitlines()) for p in SOURCE.rglob("*.py")
    }
    assert not {name: count for name, count in lengths.items() if count > LONGEST}


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_shows_two_examples(verb: str) -> None:
    command = getattr(import_module(f"reportedly.cli.{VERBS[verb][0]}"), f"{verb}_verb")
    commands = list(command.commands.values()) if isinstance(command, click.Group) else [command]
    help_text = "\n".join([command.help or "", *(c.help or "" for c in commands)])
    assert help_text.count(f"reportedly {verb}") >= 2, verb
