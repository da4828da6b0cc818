"""Quantities on MeasEval's training paragraphs, the program beside quantulum3, in one run.

Usage: python bench/quantities.py [--data FILE] [--part tuned|held|all] [--json] [--no-peer]

Definitions. Spans are half-open code-point ranges. Gold and predicted spans of a paragraph are paired one to one,
pairs with the larger character overlap F1 first. A pair needs one shared character.
  relaxed F1   F1 over paired spans (any overlap counts)
  overlap      mean character overlap F1 of the pairs over all gold and all unpaired predicted spans, unpaired = 0
               (as MeasEval scores spans: overlap F1 averaged over gold items and spurious ones)
  strict F1    F1 over pairs whose spans are equal
  IsRange, IsApproximate   F1 of the modifier: a hit is a pair whose gold and predicted quantity both carry it; all
               gold and all predicted carriers count
`tuned` are the paragraphs that rules were written on (6 of 10 by the hash of their id), `held` the rest.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "quantities" / "measured_quantities.dev.jsonl"


class Item(NamedTuple):
    """A quantity span with its modifiers."""

    start: int
    end: int
    mods: frozenset[str]


def gold_of(row: dict) -> list[Item]:
    """The annotated quantities of a paragraph."""
    items = []
    for note in row["annotations"]:
        if note["annotType"] == "Quantity":
            other = json.loads(note["other"]) if note["other"] else {}
            mods = frozenset(
                name for mod in other.get("mods", []) for name in ("IsRange", "IsApproximate") if name in mod
            )
            items.append(Item(int(note["startOffset"]), int(note["endOffset"]), mods))
    return items


def ours(text: str) -> list[Item]:
    """The program's quantities in the profile for measurements."""
    from reportedly.resolve.quantities import find

    items = []
    for quantity in find(text, profile="measurement"):
        mods = set()
        if quantity.bound in ("at_least", "more_than", "up_to", "less_than") or ".range" in quantity.rule:
            mods.add("IsRange")
        if quantity.bound == "about" or quantity.bound == "nearly" or ".about" in quantity.rule:
            mods.add("IsApproximate")
        items.append(Item(quantity.span.start, quantity.span.end, frozenset(mods)))
    return items


def quantulum(text: str) -> list[Item]:
    """quantulum3's quantities; an uncertainty is its only sign of a range."""
    from quantulum3 import classifier, parser

    classifier.USE_CLF = False  # its pickled classifier loads with one old version of scikit-learn only
    items = []
    for quantity in parser.parse(text):
        mods = {"IsRange"} if quantity.uncertainty else set()
        items.append(Item(quantity.span[0], quantity.span[1], frozenset(mods)))
    return items


def likeness(a: Item, b: Item) -> float:
    """Character overlap F1 of two spans."""
    shared = min(a.end, b.end) - max(a.start, b.start)
    return 2 * shared / (a.end - a.start + b.end - b.start) if shared > 0 else 0.0


def pairs_of(gold: list[Item], said: list[Item]) -> list[tuple[int, int, float]]:
    """One-to-one pairs, the most alike first."""
    options = sorted(
        ((likeness(a, b), i, j) for i, a in enumerate(gold) for j, b in enumerate(said) if likeness(a, b) > 0),
        key=lambda option: (-option[0], option[1], option[2]),
    )
    rows: set[int] = set()
    columns: set[int] = set()
    pairs = []
    for value, i, j in options:
        if i not in rows and j not in columns:
            rows.add(i)
            columns.add(j)
            pairs.append((i, j, value))
    return pairs


def score(rows: Iterable[dict], finder: Callable[[str], list[Item]]) -> dict[str, float]:
    """All figures of one system."""
    count: Counter[str] = Counter()
    total, seconds, words = 0.0, 0.0, 0
    for row in rows:
        gold = gold_of(row)
        begun = time.process_time()
        said = finder(row["text"])
        seconds += time.process_time() - begun
        words += len(row["text"].split())
        pairs = pairs_of(gold, said)
        count["gold"] += len(gold)
        count["said"] += len(said)
        count["hit"] += len(pairs)
        count["strict"] += sum(value > 0.9999 for *_, value in pairs)
        total += sum(value for *_, value in pairs)
        for mod in ("IsRange", "IsApproximate"):
            count[mod + ".gold"] += sum(mod in item.mods for item in gold)
            count[mod + ".said"] += sum(mod in item.mods for item in said)
            count[mod + ".hit"] += sum(mod in gold[i].mods and mod in said[j].mods for i, j, _ in pairs)
    union = count["gold"] + count["said"] - count["hit"]
    return {
        "paragraph quantities": count["gold"],
        "precision": ratio(count["hit"], count["said"]),
        "recall": ratio(count["hit"], count["gold"]),
        "relaxed F1": f1(count, "hit", "said", "gold"),
        "overlap": 100 * total / union if union else 0.0,
        "strict F1": f1(count, "strict", "said", "gold"),
        "IsRange": f1(count, "IsRange.hit", "IsRange.said", "IsRange.gold"),
        "IsApproximate": f1(count, "IsApproximate.hit", "IsApproximate.said", "IsApproximate.gold"),
        "words/s": words / seconds if seconds else 0.0,
    }


def ratio(part: float, whole: float) -> float:
    """A percentage; 0 of nothing."""
    return 100 * part / whole if whole else 0.0


def f1(count: Counter[str], hit: str, said: str, gold: str) -> float:
    """F1 in per cent."""
    return ratio(2 * count[hit], count[said] + count[gold])


def part_of(row: dict) -> str:
    """Which part of the data a paragraph belongs to."""
    return "tuned" if int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 10 < 6 else "held"


def main() -> None:
    """Prints one table: rows are figures, columns are systems."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--part", choices=("tuned", "held", "all"), default="all")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-peer", action="store_true", help="leave quantulum3 out")
    options = parser.parse_args()
    rows = [json.loads(line) for line in options.data.read_text(encoding="utf-8").splitlines()]
    rows = [row for row in rows if options.part in ("all", part_of(row))]
    systems: dict[str, Callable[[str], list[Item]]] = {"reportedly": ours}
    if not options.no_peer:
        systems["quantulum3"] = quantulum
    table = {name: score(rows, finder) for name, finder in systems.items()}
    if options.json:
        print(json.dumps(table))
        return
    print(f"{len(rows)} paragraphs ({options.part})")
    print(f"{'':22}" + "".join(f"{name:>14}" for name in table))
    for figure in next(iter(table.values())):
        print(f"{figure:22}" + "".join(f"{table[name][figure]:14,.1f}" for name in table))


if __name__ == "__main__":
    main()
