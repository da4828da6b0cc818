"""Chains, parents, continuations, forms and types on our own annotated texts (training/own).

Usage: python bench/nested.py [--split test|train] [--attributor rules model]

The figures are those of ../shared/tools/score_reading.py; `full chain` is the share of found attributions whose whole
chain of names is right, `speech/other` the share whose type is rightly a report of words or not.
"""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from reportedly import attribute
from reportedly.model import REPORT_TYPES, Attribution, Document
from reportedly.parse import Parser
from reportedly.settings import AttributeSettings

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"


def items(split: str) -> list[dict[str, Any]]:
    """The annotated texts of a split."""
    path = ROOT / "training" / "own" / f"nested.{split}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def scorers() -> tuple[Any, Any]:
    """`score_reading` and `scoring` of the shared tools."""
    tools = str(SHARED / "tools")
    if tools not in sys.path:
        sys.path.insert(0, tools)
    return importlib.import_module("score_reading"), importlib.import_module("scoring")


def expected(item: dict[str, Any]) -> dict[str, Any]:
    """An annotated text as the scorer wants its gold."""
    by_id = {a["id"]: a for a in item["attributions"]}
    records = []
    for a in item["attributions"]:
        names = [hop["name"] or "unspecified" for hop in a["chain"]]
        known = [{name} for name in names]
        surface = " ".join(item["text"][s:e] for s, e in a["source"])
        if known and surface and a["continues"] not in by_id:
            known[-1].add(surface)
        records.append(
            {
                "id": a["id"],
                "form": a["form"],
                "type": a["type"],
                "parent": a["parent"],
                "continues": None if a["cue"] else a["continues"],
                "cue": _spans(a["cue"]),
                "source": _spans(a["source"]),
                "content": _spans(a["content"]),
                "chain": [{"name": n, "_names": sorted(k)} for n, k in zip(names, known, strict=True)],
                "_care": "full",
                "_inferred": False,
                "_continues_counts": not (a["cue"] and a["continues"]),
            }
        )
    return {"id": item["doc_id"], "text": item["text"], "attributions": records}


def _spans(pairs: list[list[int]]) -> list[dict[str, int]]:
    return [{"start": start, "end": end} for start, end in pairs]


def found(attributions: Iterable[Attribution]) -> dict[str, Any]:
    """Attributions in the form of FORMAT.md, as far as the scorer reads them."""

    def spans(role: Any) -> list[dict[str, int]]:
        return [{"start": s.start, "end": s.end} for s in role]

    return {
        "attributions": [
            {
                "id": a.id,
                "cue": spans(a.cue),
                "source": spans(a.source),
                "content": spans(a.content),
                "parent": a.parent,
                "continues": a.continues,
                "type": a.type,
                "form": a.form,
                "polarity": a.polarity,
                "stance": a.stance,
                "rule": a.rule,
                "confidence": a.confidence,
                "chain": [{"name": h.name, "anonymity": h.anonymity} for h in a.chain],
            }
            for a in attributions
        ]
    }


def read(golds: list[dict[str, Any]], documents: list[Document], kind: str) -> Iterator[list[Attribution]]:
    """What an attributor finds in the texts."""
    attributor = attribute.load(AttributeSettings(attributor=kind))
    del golds
    for doc, parsed in zip(documents, Parser().parse_many(documents), strict=True):
        yield attributor.attribute(doc, parsed)


def figures(golds: list[dict[str, Any]], predictions: list[list[Attribution]]) -> dict[str, float]:
    """The measures, pooled over all texts."""
    module, scoring = scorers()
    scorer = module.Scorer(scoring.Warnings())
    kinds: Counter[str] = Counter()
    for gold, attributions in zip(golds, predictions, strict=True):
        wanted, said = expected(gold), found(attributions)
        pairs = scorer.attributions(wanted, said, scoring.Tokens(gold["text"]))
        records = [p["record"] for p in scorer.predicted_attributions]
        for number, target in pairs.items():
            right = records[number]["type"] in REPORT_TYPES
            kinds["type"] += right == (wanted["attributions"][target]["type"] in REPORT_TYPES)
            kinds["pairs"] += 1
    count = scorer.count
    hit = count["a_hit"] or 1
    values = scoring.prf(count["a_hit"], count["a_pred"], count["a_gold"])
    return {
        "detect_f1": values["f1"], "detect_p": values["p"], "detect_r": values["r"], "source": count["a_source"] / hit,
        "full_chain": count["a_chain"] / hit, "parent": count["parent"] / hit,
        "continues": count["continues"] / max(1, count["continues_all"]), "form": count["a_form"] / hit,
        "speech_other": kinds["type"] / max(1, kinds["pairs"]),
    }  # fmt: skip


def main() -> None:
    """Prints one line of figures for each attributor."""
    sys.path.insert(0, str(ROOT / "bench"))
    document = importlib.import_module("attribution").document
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", default="test", choices=["test", "train"])
    parser.add_argument("--attributor", nargs="+", default=["rules", "model"])
    options = parser.parse_args()
    golds = items(options.split)
    documents = [document(gold["doc_id"], gold["text"]) for gold in golds]
    for kind in options.attributor:
        shown = figures(golds, list(read(golds, documents, kind)))
        print(kind, "  ".join(f"{name} {value:.3f}" for name, value in shown.items()))


if __name__ == "__main__":
    main()
