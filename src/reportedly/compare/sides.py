"""Sides: named by the user in a file; which party or voice stands on which side is never the program's word."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from reportedly.compare.parties import Parties, load
from reportedly.errors import InputError


class Sides:
    """The user's sides: names of voices, outlets and parties under the name of a side.

    The file: `[sides]` with one list a side, e.g. `north = ["Northern Press Agency", "TR state"]`.
    """

    def __init__(self, named: Mapping[str, str]) -> None:
        self._of = {_key(name): side for name, side in named.items()}
        self._named = dict(named)
        self.names = tuple(dict.fromkeys(named.values()))

    @classmethod
    def of_file(cls, path: str | Path | None) -> Sides:
        """Reads a sides file; none gives no sides. Raises InputError for anything but lists of names."""
        if path is None:
            return cls({})
        rows = load(path).get("sides")
        if not isinstance(rows, dict) or not all(isinstance(v, list) for v in rows.values()):
            raise InputError(f"{path}: no sides. Give a table [sides] with a list of names for each side.")
        return cls({str(name): side for side, names in rows.items() for name in names})

    def of(self, *names: str | None) -> str | None:
        """The side of a voice by any of its names (origin, party, outlet), the first known one deciding."""
        return next((self._of[_key(n)] for n in names if n and _key(n) in self._of), None)

    def members(self, side: str) -> list[str]:
        """The names that stand under a side, as the file gives them."""
        return [name for name, of in self._named.items() if of == side]

    def by_party(self, parties: Mapping[str, str | None], table: Parties) -> dict[str, str]:
        """Side of each party or origin key, for the grade of support. `parties`: key → name of the voice."""
        found = {key: self.of(key, table.name_of(key), name) for key, name in parties.items()}
        return {key: side for key, side in found.items() if side}

    def __bool__(self) -> bool:
        return bool(self._of)


def _key(name: str) -> str:
    return " ".join(name.casefold().removeprefix("the ").split())
