"""Gazetteer files that the user added for good (`reportedly gazetteer add`): a list in the cache folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

from reportedly.errors import InputError
from reportedly.resolve.places.gazetteer import folder

_LIST = "gazetteers.json"


def remembered() -> tuple[str, ...]:
    """The paths of the added files, in the order in which they were added. Raises InputError for a broken list."""
    path = folder() / _LIST
    if not path.exists():
        return ()
    try:
        return tuple(str(p) for p in json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"The list of gazetteers {path} cannot be read: {error}. Delete it and add again.") from error


def count(path: str | Path) -> int:
    """The number of places in a file. Raises InputError for a file that holds none."""
    from reportedly.resolve.places.sources import rows_of_file

    places = sum(1 for _ in rows_of_file(path))
    if not places:
        raise InputError(f"There is no place in {path}. Give JSON Lines, a GeoNames dump, or CSV with name, lat, lon.")
    return places


def remember(path: str | Path) -> int:
    """Add a file for all later runs; gives the number of its places. Raises InputError for a file that holds none."""
    places = count(path)
    _keep((*(p for p in remembered() if p != str(Path(path).resolve())), str(Path(path).resolve())))
    return places


def forget(path: str | Path) -> None:
    """Take a file off the list. Raises InputError for one that is not on it."""
    known = remembered()
    gone = [p for p in known if p in (str(path), str(Path(path).resolve())) or Path(p).name == str(path)]
    if not gone:
        raise InputError(f"{path} was not added. Added are: {', '.join(known) or 'none'}.")
    _keep(tuple(p for p in known if p not in gone))


def _keep(paths: tuple[str, ...]) -> None:
    path = folder() / _LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(paths, ensure_ascii=False, indent=1), encoding="utf-8")
    os.replace(part, path)
