"""From what the user typed to the files it means, in an order that never changes."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator
from pathlib import Path

WILD = frozenset("*?[")


def is_url(path: str) -> bool:
    """Whether `path` is meant as a web address."""
    return path.lower().startswith(("http://", "https://"))


def expand(path: str) -> Iterator[str]:
    """The files that `path` means: itself, those under a folder, or those a glob finds. Nothing where there is none.

    Hidden files and folders are left out unless named; symbolic links to folders are not followed.
    """
    if os.path.isdir(path):
        yield from under(path)
    elif os.path.lexists(path):
        yield path
    elif WILD.intersection(path):
        for found in sorted(glob.glob(path, recursive=True)):
            if os.path.isfile(found):
                yield found


def under(folder: str) -> Iterator[str]:
    """All regular files below `folder`, sorted by their path."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = os.path.join(where, name)
            if not name.startswith(".") and Path(file).is_file():
                yield file
