"""The bundled example: articles on one invented siege, with a gazetteer, a table of parties and an answer sheet.

Takes: nothing.   Gives: the paths of its files and the settings to read them with.
Never: holds a real person, place, outlet or event, or anything that a rule could be tuned to.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any


def folder() -> Path:
    """The folder of the example.

    >>> sorted(path.name for path in folder().glob("*.jsonl"))
    ['gazetteer.jsonl']
    """
    return Path(str(files(__name__)))


def articles() -> Path:
    """The folder of the articles: two of its files cannot be read, on purpose."""
    return folder() / "articles"


def answers() -> dict[str, Any]:
    """The answer sheet: what a careful reader finds in the articles. Made by hand, never from a run.

    >>> sorted(answers())[:4]
    ['about', 'apart', 'chains', 'copies']
    """
    sheet: dict[str, Any] = json.loads((folder() / "answers.json").read_text(encoding="utf-8"))
    return sheet


def settings() -> Mapping[str, object]:
    """Settings by dotted name that the example wants: its own places, parties and sides."""
    return {
        "resolve.gazetteers": (str(folder() / "gazetteer.jsonl"),),
        "resolve.parties": str(folder() / "parties.toml"),
        "compare.sides": str(folder() / "sides.toml"),
    }
