"""Pinned: linking of mentions to known actors on the development set (`python -m bench.actors`)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportedly.resolve.actors import Entry, Register

pytestmark = pytest.mark.quality
FLOOR = 0.99


def test_known_actors_are_found_and_unknown_people_are_not_linked(shared: Path) -> None:
    data = json.loads((shared / "data" / "actors" / "actors.dev.json").read_text(encoding="utf-8"))
    register = Register(
        Entry(id=k, name=v[0], kind=v[1], aliases=tuple(v[2]), roles=tuple(v[3])) for k, v in data["kb"].items()
    )
    links = [(register.link(mention), gold) for mention, gold in data["mentions"]]
    right = sum(link is not None and link == gold for link, gold in links)
    f1 = 2 * right / (sum(link is not None for link, _ in links) + sum(gold is not None for _, gold in links))
    assert f1 >= FLOOR
    assert not [link for link, gold in links if gold is None and link is not None]
