"""Time and memory of copies against the number of articles; then 100 articles added to a stored index of all of them.

Usage: python bench/copies_curve.py ARTICLES [--index FOLDER [--part N]]   (one size a process: memory is its peak)
The articles are invented (see plant.py) on the way, and their making is not counted. Prints one JSON object.
With --part the index is written N articles at a time as sorted runs that are merged into one, without looking for the
copies among them: the adding of 100 then meets the same index, in less memory; links and recall are not asked for.
"""

from __future__ import annotations

import argparse
import itertools
import json
import resource
import time
from collections import Counter, defaultdict
from collections.abc import Iterator

from plant import Article, Planter, invented

from reportedly.copies import CopyIndex, find, plain_document, runs
from reportedly.copies.find import read_part
from reportedly.model import Document


class Clock:
    """CPU seconds of this process outside the making of articles."""

    def __init__(self) -> None:
        self.began = time.process_time()
        self.making = 0.0

    def documents(self, articles: Iterator[Article], truth: list[dict[str, object]]) -> Iterator[Document]:
        while True:
            start = time.process_time()
            article = next(articles, None)
            if article is None:
                self.making += time.process_time() - start
                return
            if article.plant:
                truth.append(article.plant)
            doc = plain_document(article.id, article.text, published=article.published, outlet=article.outlet)
            self.making += time.process_time() - start
            yield doc

    @property
    def seconds(self) -> float:
        return time.process_time() - self.began - self.making


def recall(truth: list[dict[str, object]], found: object) -> dict[str, float]:
    """Share of plants of which half or more stands in passages between source and copy, by kind and rate.

    Copies of a wire story (more than 64 of them) are linked to its earliest copy, whichever that is: they count as
    found if they are in one family with it.
    """
    family = {doc: number for number, some in enumerate(found.families) for doc in some.members}  # type: ignore[attr-defined]
    carried = Counter(plant["src"] for plant in truth)
    by_name = {source.name: doc for doc, source in found.sources.items()}  # type: ignore[attr-defined]
    spans: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for link in found.links:  # type: ignore[attr-defined]
        for one, two in link.passages:
            spans[link.a, link.b].append((two.start, two.end))
            spans[link.b, link.a].append((one.start, one.end))
    hits: dict[str, list[bool]] = defaultdict(list)
    for plant in truth:
        if carried[plant["src"]] > 64:
            same = family.get(by_name.get(plant["src"]), -1) == family.get(by_name.get(plant["dst"]), -2)
            if str(plant["kind"]).startswith("repost"):
                hits["wire story"].append(same)
            continue
        covered: set[int] = set()
        for start, end in spans.get((by_name.get(plant["src"]), by_name.get(plant["dst"])), []):
            covered.update(range(max(start, plant["ds"]), min(end, plant["de"])))  # type: ignore[call-overload]
        size = f" {plant['words']}w" if plant["kind"] in ("passage", "quote") else ""
        hits[f"{plant['kind']}{size} {plant['rate']}"].append(2 * len(covered) >= plant["de"] - plant["ds"])  # type: ignore[operator]
    return {name: round(sum(some) / len(some), 4) for name, some in sorted(hits.items()) if len(some) >= 20}


def build_in_parts(folder: str, docs: Iterator[Document], part: int) -> None:
    """Write an index as one sorted run, without links."""
    index = CopyIndex(folder)
    written = []
    while some := list(itertools.islice(docs, part)):
        words, sources, prints = read_part(some, index.settings)
        name = f"run-{len(written) + 1:06d}"
        written.append(runs.write_run(index.folder, name, words=words, prints=prints, sources=sources))
    name = f"run-{len(written) + 1:06d}"
    runs.merge_runs(index.folder, name, written)
    made_with = {"k": index.settings.k, "window": index.settings.window}
    runs.write_manifest(index.folder, {"settings": made_with, "runs": [name], "links": [], "next": len(written) + 2})
    runs.sweep(index.folder, [name])


def main() -> None:
    """Run one size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int)
    parser.add_argument("--index", help="build the index here instead, then add 100 articles")
    parser.add_argument("--part", type=int, help="articles of a run, where the index is built without links")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    made = Planter(seed=args.seed).articles(invented(args.articles, seed=args.seed))
    truth: list[dict[str, object]] = []
    clock = Clock()
    docs = clock.documents(itertools.islice(made, args.articles), truth)
    out: dict[str, object] = {"articles": args.articles}
    if args.index:
        if args.part:
            build_in_parts(args.index, docs, args.part)
        else:
            CopyIndex(args.index).add(docs)
        out |= {"build_seconds": round(clock.seconds, 2)}
        clock, wall = Clock(), time.perf_counter()
        new = [
            plain_document(article.id, article.text, published=article.published, outlet=article.outlet)
            for article in itertools.islice(made, 100)
        ]
        clock, wall = Clock(), time.perf_counter()
        index = CopyIndex(args.index)
        pairs = index.add(new)
        out |= {"add_100_seconds": round(clock.seconds, 2), "add_100_wall": round(time.perf_counter() - wall, 2)}
        out |= {"new_pairs": len(pairs), "peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2)}
        if args.part:
            print(json.dumps(out))
            return
        clock = Clock()
        found = index.copies()
        out |= {"all_links_seconds": round(clock.seconds, 2)}
    else:
        found = find(docs)
        out |= {"seconds": round(clock.seconds, 2), "articles_per_second": round(args.articles / clock.seconds)}
    out |= {"links": len(found.links), "families": len(found.families), "repeated": len(found.repeated)}
    out |= {"peak_gb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6, 2)}
    out |= {"recall": recall(truth, found)}
    print(json.dumps(out))


if __name__ == "__main__":
    main()
