"""Places in spellings that the gazetteer does not hold, and names of no place at all.

Run: python -m bench.spellings. Needs ../shared/data/gazetteer (places of Syria and Iraq with their names).
Of each place with several Latin-script names one is held out by lot, the gazetteer is compiled from the rest, and the
held-out name is looked up, alone and with the greatest place 10 to 60 km away as the neighbour that a text would name.
Right: the same place, or one within 10 km. "among": several places of that name, the right one among them (status
`ambiguous`, with the right one in `alternatives`); wrong: a single other place, or several without the right one.
Names of no place: syllables put together by lot, and names of the gazetteer with two consonants changed.
"""

from __future__ import annotations

import random
import re
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reportedly.resolve.places import distance_km, find, standard
from reportedly.resolve.places.build import compile_to
from reportedly.resolve.places.gazetteer import Entry, Gazetteer, Row
from reportedly.resolve.places.sources import rows_of_file
from reportedly.resolve.places.variant import spelled

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "gazetteer"
LATIN = re.compile(r"[A-Z\u00c0-\u00de\u0100-\u024f\u1e00-\u1eff'‘`ʿ][A-Za-z\u00c0-\u024f\u1e00-\u1eff' ʿʾ`‘’\-]+$")
SAMPLE = 5
"""Every fifth place is asked for."""


def held_out(rows: Sequence[Row], chance: random.Random) -> tuple[list[Row], list[tuple[str, Row]]]:
    kept, held = [], []
    for row in rows:
        others = [n for n in dict.fromkeys(row.names) if n != row.name and LATIN.match(n)]
        if others:
            name = chance.choice(others)
            held.append((name, row))
            row = replace(row, names=tuple(n for n in row.names if n != name))
        kept.append(row)
    return kept, held


def neighbour(row: Row, great: Sequence[Row]) -> tuple[tuple[float, float], ...]:
    """The greatest place 10 to 60 km away, if there is one."""
    for other in great:
        if 10 < _km(row, other) <= 60:
            return ((other.lat or 0.0, other.lon or 0.0),)
    return ()


def _km(a: Row | Entry, b: Row | Entry) -> float:
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return 1e9
    return distance_km((a.lat, a.lon), (b.lat, b.lon))


def verdict(row: Row, found: tuple[Entry, ...]) -> str:
    good = [e.ref == row.ref or _km(e, row) <= 10 for e in found]
    if not found:
        return "abstained"
    if len(found) == 1:
        return "right" if good[0] else "wrong"
    return "among" if any(good) else "wrong"


def invented(chance: random.Random, number: int) -> Iterator[str]:
    onsets = "b d f g h k l m n r s t w y z sh kh gr br tr st".split()
    for _ in range(number):
        name = "".join(
            chance.choice(onsets) + chance.choice("a e i o u ai ou".split()) for _ in range(chance.choice((2, 3, 3)))
        )
        yield (name + chance.choice("n r l k sh m t".split())).capitalize()


def perturbed(names: Sequence[str], chance: random.Random) -> Iterator[str]:
    for name in names:
        letters = list(name)
        places = [i for i, c in enumerate(letters) if c in "bdfghklmnrstwz"]
        if len(places) < 2:
            continue
        for i in chance.sample(places, 2):
            letters[i] = chance.choice([c for c in "bdfgklmnrstwz" if c != letters[i]])
        yield "".join(letters)


def main() -> None:
    chance = random.Random(7)
    rows = [row for file in sorted(DATA.glob("*.jsonl")) for row in rows_of_file(file)]
    kept, held = held_out(rows, chance)
    asked = held[::SAMPLE]
    great = sorted((r for r in rows if r.population > 20_000), key=lambda r: -r.population)
    with tempfile.TemporaryDirectory() as folder:
        compile_to(Path(folder) / "held.sqlite", kept, about={})
        gazetteer = Gazetteer(Path(folder) / "held.sqlite")
        alone = Counter(verdict(row, spelled(name, gazetteer)) for name, row in asked)
        beside = Counter(verdict(row, spelled(name, gazetteer, near=neighbour(row, great))) for name, row in asked)
        print(f"held-out names: {len(asked)} of {len(held)}")
        _print("the name alone", alone)
        _print("with a neighbour", beside)
        words = sorted({name for name, _ in asked if " " not in name and name.isascii()})
        for what, names in (("invented", invented(chance, 1000)), ("perturbed", perturbed(words, chance))):
            new = [n for n in names if not gazetteer.named(n)]
            taken = sum(len(spelled(n, gazetteer)) == 1 for n in new)
            print(f"{what:17} {len(new)} names, looked up alone, resolved {100 * taken / len(new):.1f} %")
            found = [find(f"Rebels entered {n} near Damascus in Syria.", gazetteer=standard()) for n in new]
            hits = sum(any(p.name == n and p.status == "resolved" for p in f) for n, f in zip(new, found, strict=True))
            print(f"{what:17} {len(new)} names, in a sentence, resolved {100 * hits / len(new):.1f} %")


def _print(what: str, counts: Counter[str]) -> None:
    total = sum(counts.values())
    shares = "  ".join(f"{k} {100 * counts[k] / total:.1f}" for k in ("right", "among", "wrong", "abstained"))
    print(f"{what:17} {shares}")


if __name__ == "__main__":
    main()
