"""Copies against MinHash (datasketch, rensa) on the planted development set: recall by kind, precision, speed.

Usage: python -m bench.copies [--json]     Needs ../shared/data/copies and the bench group of dependencies.
MinHash: 128 permutations over 3-word shingles, pairs of estimated Jaccard ≥ .5 (datasketch: LSH; rensa: LSH). A plant
counts as found by MinHash if the pair of documents is; by us only if half of its characters stand in a passage.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import defaultdict
from pathlib import Path

from reportedly.copies import find, plain_document
from reportedly.settings import CopySettings

FOLDER = Path(__file__).resolve().parents[2] / "shared" / "data" / "copies"
Spans = dict[tuple[str, str], list[tuple[int, int]]]


def main() -> int:
    """Print a table, or with --json one object."""
    if not FOLDER.is_dir():
        print("../shared/data/copies is not here: left out.", file=sys.stderr)
        return 0
    with gzip.open(FOLDER / "planted_2000.dev.jsonl.gz", "rt", encoding="utf-8") as file:
        texts = {row["id"]: row["text"] for row in map(json.loads, file)}
    truth = json.loads((FOLDER / "planted_2000.truth.json").read_text(encoding="utf-8"))
    results = {}
    runs = {"reportedly": _ours, "with k = 6": _of_six_words, "datasketch": _datasketch, "rensa": _rensa}
    for name, run in runs.items():
        began = time.process_time()
        try:
            found = run(texts)
        except ImportError:
            print(f"{name} is not installed: left out.", file=sys.stderr)
            continue
        seconds = time.process_time() - began
        results[name] = {"articles_per_second": round(len(texts) / seconds), **_recall(truth, found)}
    if "--json" in sys.argv:
        print(json.dumps(results))
        return 0
    print(f"{'':32}" + "".join(f"{name:>14}" for name in results))
    for key in dict.fromkeys(key for figures in results.values() for key in figures):
        print(f"{key:32}" + "".join(f"{figures.get(key, ''):>14}" for figures in results.values()))
    return 0


def _of_six_words(texts: dict[str, str]) -> Spans:
    return _ours(texts, CopySettings(k=6))


def _ours(texts: dict[str, str], settings: CopySettings | None = None) -> Spans:
    found = find((plain_document(name, text) for name, text in texts.items()), settings)
    spans: Spans = defaultdict(list)
    for link in found.links:
        a, b = found.sources[link.a].name, found.sources[link.b].name
        for one, two in link.passages:
            spans[a, b].append((two.start, two.end))
            spans[b, a].append((one.start, one.end))
    return spans


def _shingles(text: str) -> list[str]:
    words = re.findall(r"\w+", text.lower())
    return [" ".join(words[at : at + 3]) for at in range(max(1, len(words) - 2))]


def _datasketch(texts: dict[str, str]) -> Spans:
    from datasketch import MinHash, MinHashLSH

    lsh = MinHashLSH(threshold=0.5, num_perm=128)
    hashes = {}
    for name, text in texts.items():
        hashes[name] = MinHash(num_perm=128)
        hashes[name].update_batch([shingle.encode() for shingle in _shingles(text)])
        lsh.insert(name, hashes[name])
    return _whole({name: [str(one) for one in lsh.query(hashes[name])] for name in texts}, texts)


def _rensa(texts: dict[str, str]) -> Spans:
    from rensa import RMinHash, RMinHashLSH

    names = list(texts)
    lsh = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32)
    hashes = []
    for number, name in enumerate(names):
        one = RMinHash(num_perm=128, seed=42)
        one.update(_shingles(texts[name]))
        hashes.append(one)
        lsh.insert(number, one)
    return _whole(
        {
            name: [names[other] for other in lsh.query(hashes[number]) if hashes[number].jaccard(hashes[other]) >= 0.5]
            for number, name in enumerate(names)
        },
        texts,
    )


def _whole(pairs: dict[str, list[str]], texts: dict[str, str]) -> Spans:
    return defaultdict(list, {(a, b): [(0, len(texts[b]))] for a, others in pairs.items() for b in others if a != b})


def _recall(truth: list[dict[str, object]], found: Spans) -> dict[str, float]:
    hits: dict[str, list[bool]] = defaultdict(list)
    for plant in truth:
        start, end = int(plant["ds"]), int(plant["de"])  # type: ignore[call-overload]
        inside: set[int] = set()
        for first, last in found.get((str(plant["src"]), str(plant["dst"])), []):
            inside.update(range(max(first, start), min(last, end)))
        kind = str(plant["kind"])
        if kind in ("passage", "quote"):
            sizes = (6, 8, 10, 12, 15, 18, 25, 40, 80, 150)
            kind += f" {min(sizes, key=lambda size: abs(size - int(plant['words'])))}w"  # type: ignore[call-overload]
        hits[f"{kind}, {plant['rate']} edited"].append(2 * len(inside) >= end - start)
    return {name: round(sum(some) / len(some), 3) for name, some in sorted(hits.items()) if len(some) >= 20}


if __name__ == "__main__":
    sys.exit(main())
