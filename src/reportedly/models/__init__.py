"""Trained weights with their model cards, loaded once per worker.

Takes: the name of a model.   Gives: the path of its folder.
Never: downloads anything.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path


def folder(name: str) -> Path:
    """Folder of a shipped model (weights, tokenizer, card)."""
    return Path(str(files(__name__))) / name
