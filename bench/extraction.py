"""Clean text: article bodies of web pages beside trafilatura, exact offsets, and articles without tags, in one run.

Usage: python bench/extraction.py [--shared FOLDER] [--json]

Definitions.
  F1          as in the article-extraction benchmark of Scrapinghub: shingles of four words (`\\w+`, lower case) as
              multisets; precision and recall a page, their means over all pages, and their harmonic mean.
              Ours: the segments called body or dateline; the peer: `trafilatura.extract(page, include_comments=False)`.
  round trip  share of words (`\\w+`) of the whole text whose range in the raw bytes, decoded, without tags and with
              entities resolved, is the word again.
  pages/s     processor time of one core, the whole of `clean` (decoding, layout, language, header, map).
  removed     of the bios, notices and comments of the gold articles without tags the share of characters that is not
              called body; lost: the share of the gold body's characters that is not called body or title.
"""

from __future__ import annotations

import argparse
import gzip
import html
import json
import re
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from reportedly.clean import clean, raw_span
from reportedly.ingest import read
from reportedly.model import Document, RawDocument, Reject, Span
from reportedly.settings import CleanSettings, IngestSettings

SHARED = Path(__file__).resolve().parents[2] / "shared"
WORD = re.compile(r"\w+")
TAG = re.compile(r"<!--.*?-->|<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>", re.S | re.I)
PAGES = CleanSettings(languages=("en", "de", "es", "fr", "it", "nl", "pt", "ru", "tr", "ja", "zh", "ko", "id"))
"""The page set has many languages; the benchmark reads them all."""


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Multiset of word shingles."""
    said = WORD.findall(text.lower())
    return Counter(tuple(said[i : i + size]) for i in range(max(1, len(said) - size + 1))) if said else Counter()


def means(pairs: Iterable[tuple[str, str]]) -> dict[str, float]:
    """Precision, recall and F1 over (predicted, gold) texts."""
    precisions, recalls = [], []
    for predicted, gold in pairs:
        said, wanted = shingles(predicted), shingles(gold)
        hit = (said & wanted).total()
        precisions.append(hit / said.total() if said else float(not wanted))
        recalls.append(hit / wanted.total() if wanted else 1.0)
    p, r = sum(precisions) / len(precisions), sum(recalls) / len(recalls)
    return {"f1": 2 * p * r / (p + r) if p + r else 0.0, "precision": p, "recall": r}


def round_trip(doc: Document, data: bytes, charset: str = "utf-8", *, markup: bool = False) -> tuple[int, int]:
    """How many words come back from the raw bytes, and how many there are."""
    good = total = 0
    for match in WORD.finditer(doc.text):
        total += 1
        where = raw_span(doc, Span(match.start(), match.end()))
        if where:
            said = data[where[0] : where[1]].decode(charset, "replace")
            said = html.unescape(TAG.sub("", said)) if markup and said != match.group() else said
            good += said == match.group()
    return good, total


def body(doc: Document | Reject) -> str:
    """The article as we give it."""
    if isinstance(doc, Reject):
        return ""
    return "\n".join(segment.span.of(doc.text) for segment in doc.segments_of("body", "dateline"))


def pages(folder: Path) -> dict[str, float]:
    """The page set: ours, the peer, offsets and speed."""
    import trafilatura

    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    ours, peers, spent, good, total = [], [], {"ours": 0.0, "peer": 0.0}, 0, 0
    for name, row in truth.items():
        data = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        start = time.process_time()
        peer = trafilatura.extract(data, include_comments=False) or ""
        middle = time.process_time()
        doc = clean(RawDocument(data=data, media_type="text/html", name=name), PAGES)
        spent["peer"] += middle - start
        spent["ours"] += time.process_time() - middle
        peers.append((peer, row["articleBody"]))
        ours.append((body(doc), row["articleBody"]))
        if isinstance(doc, Document):
            found = round_trip(doc, data, markup=True)
            good, total = good + found[0], total + found[1]
    out = {f"ours.{key}": value for key, value in means(ours).items()}
    out |= {f"trafilatura.{key}": value for key, value in means(peers).items()}
    out |= {
        "pages": len(truth),
        "pages_per_s": len(truth) / spent["ours"],
        "trafilatura.pages_per_s": len(truth) / spent["peer"],
    }
    return out | {"round_trip": good / total, "round_trip.words": total}


def plain(shared: Path) -> dict[str, float]:
    """The articles without tags: what is removed, what is lost, offsets."""
    removed = planted = lost = wanted = good = total = 0
    for raw in read([str(shared / "seeds")], IngestSettings()):
        doc = clean(raw) if isinstance(raw, RawDocument) else raw
        if isinstance(doc, Reject) or isinstance(raw, Reject):
            continue
        found = round_trip(doc, raw.data)
        good, total = good + found[0], total + found[1]
        gold = shared / "gold" / (Path(raw.name).stem + ".json")
        if not gold.exists():
            continue
        running = {i for s in doc.segments_of("body", "title", "dateline") for i in range(s.span.start, s.span.end)}
        for segment in json.loads(gold.read_text(encoding="utf-8"))["segments"]:
            inside = [i for i in range(segment["start"], segment["end"]) if not doc.text[i].isspace()]
            if segment["kind"] in ("boilerplate", "comment"):
                planted, removed = planted + len(inside), removed + sum(i not in running for i in inside)
            elif segment["kind"] == "body":
                wanted, lost = wanted + len(inside), lost + sum(i not in running for i in inside)
    return {"removed": removed / planted, "lost": lost / wanted, "round_trip": good / total, "round_trip.words": total}


def newswire(shared: Path) -> dict[str, float]:
    """Plain newswire articles: the share of words called article, and speed."""
    kept = words = documents = 0
    spent = 0.0
    for line in (shared / "data" / "polnear" / "polnear_train.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        raw = RawDocument(data=row["text"].encode(), media_type="text/plain; charset=utf-8", name=row["doc_id"])
        start = time.process_time()
        doc = clean(raw)
        spent += time.process_time() - start
        documents += 1
        for segment in doc.segments if isinstance(doc, Document) else ():
            size = len(segment.span.of(row["text"]).split())
            words += size
            kept += size if segment.kind in ("body", "title", "dateline") else 0
    return {"article_share": kept / words, "documents_per_s": documents / spent, "words_per_s": words / spent}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    parts = {
        "pages": pages(options.shared / "data" / "extraction"),
        "without tags": plain(options.shared),
        "newswire": newswire(options.shared),
    }
    if options.json:
        print(json.dumps(parts, indent=1))
        return
    for part, figures in parts.items():
        for name, value in figures.items():
            print(f"{part:13} {name:24} {value:12,.4f}" if value < 10 else f"{part:13} {name:24} {value:12,.1f}")


if __name__ == "__main__":
    main()
