"""Gazetteer files of users: GeoNames dumps, Who's On First and OCHA rows as JSON Lines, plain CSV."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

from reportedly.errors import InputError
from reportedly.resolve.places.gazetteer import Row

RADIUS_OF_KIND = {
    "country": 300.0,
    "region": 80.0,
    "governorate": 80.0,
    "county": 25.0,
    "district": 25.0,
    "subdistrict": 12.0,
    "localadmin": 10.0,
    "city": 6.0,
    "locality": 4.0,
    "town": 3.0,
    "village": 2.0,
    "neighbourhood": 1.5,
    "camp": 1.5,
    "base": 2.0,
    "campus": 2.0,
}
_GEONAMES_KIND = {
    "PPLA": "city",
    "PPLC": "city",
    "ADM1": "region",
    "ADM2": "district",
    "ADM3": "district",
    "PPLX": "neighbourhood",
}


def rows_of_file(path: str | Path) -> Iterator[Row]:
    """The places of a file, by the form of its content: JSON Lines, GeoNames tab-separated dump, or CSV with a header.

    CSV needs the columns name, lat, lon; type, country, admin1, admin2, population, names (| between) may stand too.
    Raises InputError with the line where a file cannot be understood.
    """
    path = Path(path)
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            first = lines.readline()
            lines.seek(0)
            if first.lstrip().startswith("{"):
                reader = _json_rows(lines, path)
            elif first.count("\t") >= 14:
                reader = _geonames_rows(lines, path)
            else:
                reader = _csv_rows(lines, path)
            yield from reader
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"The gazetteer {path} cannot be read: {error}.") from error


def _json_rows(lines: Iterator[str], path: Path) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            yield _row(row, path)
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(f"{path}, line {number}: not a place ({error}). Needed: name, lat, lon.") from error


def _row(row: dict[str, object], path: Path) -> Row:
    kind = str(row.get("type") or row.get("kind") or "locality")
    radius = row.get("precision_km") or row.get("radius_km") or RADIUS_OF_KIND.get(kind, 5.0)
    within = (row.get("within"), row.get("admin2"), row.get("admin1"))
    names = row.get("names") or ()
    names = names.split("|") if isinstance(names, str) else names
    return Row(
        ref=str(row.get("id") or f"{path.stem}:{row['name']}"),
        name=str(row["name"]),
        kind=kind,
        lat=_number(row["lat"]),
        lon=_number(row["lon"]),
        radius_km=float(str(radius)),
        country=str(row.get("cc") or row.get("country") or ""),
        admin=tuple(str(x) for x in within if x),
        population=int(float(str(row.get("pop") or row.get("population") or 0))),
        source=str(row.get("source") or path.stem),
        names=tuple(map(str, names)),  # type: ignore[call-overload]
    )


def _number(value: object) -> float | None:
    return None if value in (None, "") else float(str(value))


def _geonames_rows(lines: Iterator[str], path: Path) -> Iterator[Row]:
    for line in lines:
        cells = line.rstrip("\n").split("\t")
        if len(cells) < 15 or cells[6] not in ("P", "A", "S", "L", "T", "H"):
            continue
        kind = _GEONAMES_KIND.get(
            cells[7], "locality" if cells[6] == "P" else "district" if cells[6] == "A" else "locality"
        )
        yield Row(
            ref=f"geonames:{cells[0]}",
            name=cells[1],
            kind=kind,
            lat=float(cells[4]),
            lon=float(cells[5]),
            radius_km=RADIUS_OF_KIND.get(kind, 5.0),
            country=cells[8],
            admin=(),
            population=int(cells[14] or 0),
            source=path.stem,
            names=tuple(n for n in (cells[2], *cells[3].split(",")) if n),
        )


def _csv_rows(lines: Iterator[str], path: Path) -> Iterator[Row]:
    reader = csv.DictReader(lines)
    columns = {c.lower().strip() for c in reader.fieldnames or ()}
    if not {"name", "lat", "lon"} <= columns:
        raise InputError(
            f"{path}: no gazetteer. Give JSON Lines, a GeoNames dump, or CSV with the columns name, lat, lon."
        )
    for number, row in enumerate(reader, 2):
        try:
            yield _row({(k or "").lower().strip(): v for k, v in row.items()}, path)
        except (ValueError, KeyError) as error:
            raise InputError(f"{path}, line {number}: not a place ({error}).") from error
