"""Actors: who is named in a text, and which mentions mean the same one.

Takes: a text or Parsed, a Register of known actors.   Gives: list[ActorMention], in text order.
Never: merges two unknown people by surname alone across documents, takes a contested label for an actor.
"""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from reportedly.errors import InputError
from reportedly.model import ActorMention, Parsed
from reportedly.resolve.actors.clusters import cluster_document, family_of, sources_of
from reportedly.resolve.actors.register import Entry, Register
from reportedly.words import table

__all__ = ["Entry", "Register", "family_of", "find", "register", "sources_of"]


@cache
def register(path: str | None = None) -> Register:
    """The shipped register of public institutions, with the entries of a user's TOML table before them.

    Raises InputError when the table cannot be read.
    """
    rows = list(table("actors")["actor"])
    if path is not None:
        try:
            rows = tomllib.loads(Path(path).read_text(encoding="utf-8")).get("actor", []) + rows
        except (OSError, tomllib.TOMLDecodeError) as error:
            raise InputError(
                f"The table of actors {path} cannot be read: {error}. Give a TOML file with [[actor]] tables."
            ) from error
    return Register(
        Entry(
            id=row["id"],
            name=row["name"],
            kind=row.get("kind", "ORG"),
            aliases=tuple(row.get("aliases", ())),
            roles=tuple(row.get("roles", ())),
            family=row.get("family"),
            since=row.get("since"),
            until=row.get("until"),
        )
        for row in rows
    )


def find(text: str, *, parsed: Parsed, register_path: str | None = None) -> list[ActorMention]:
    """The actors of a text, each mention with the id that the same actor has in the whole run."""
    return cluster_document(parsed, text, register(register_path))
