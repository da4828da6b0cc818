"""Floors under what was reached on development data: phrases, two annotated articles, scientific paragraphs."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from reportedly.model import Span
from reportedly.resolve.quantities import find

pytestmark = pytest.mark.quality
ROOT = Path(__file__).resolve().parents[2]
FIELDS = ("low", "high", "point", "bound", "unit", "counted", "measure", "population", "denominator", "part_of")


def load(name: str, path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.path.insert(0, str(path.parent))
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(path.parent))
    return module


def row(text: str, spans: list[Span] | None = None) -> list[dict[str, Any]]:
    return [
        {"id": q.id, "start": q.span.start, "end": q.span.end} | {name: getattr(q, name) for name in FIELDS}
        for q in find(text, spans=spans)
    ]


def test_phrases_of_the_development_half(shared: Path) -> None:
    scorer = load("score_phrases", shared / "tools" / "score_phrases.py")
    phrases = scorer.read_jsonl(shared / "gold" / "phrases_quantity.dev.jsonl")
    readings = {
        phrase["id"]: {"quantities": row(scorer.document_of(phrase, "2016-11-04")["text"])} for phrase in phrases
    }
    figures = scorer.score(phrases, readings, "2016-11-04", scorer.Warnings())
    assert figures["quantity.tuple_acc"] >= 0.99
    assert figures["quantity.phrase_acc"] >= 0.99
    assert figures["quantity.measure_acc"] >= 0.99
    assert figures["quantity.nothing_reported_acc"] == 1


def test_two_annotated_articles(shared: Path) -> None:
    scorer = load("score_reading", shared / "tools" / "score_reading.py")
    gold = scorer.Gold(shared / "gold", None, scorer.Warnings())
    score = scorer.Scorer(scorer.Warnings())
    for stem in gold.documents:
        text = gold.texts[stem]
        reading = gold.reading(stem, text)
        spans = [Span(s["start"], s["end"]) for s in reading["segments"] if s["kind"] in ("title", "body")]
        score.add(
            reading, {"file": stem, "text": text, "quantities": row(text, spans), "segments": reading["segments"]}
        )
    figures = score.figures()
    assert figures["quantities.span_f1"] >= 0.98
    assert figures["quantities.tuple_acc"] >= 0.98
    assert figures["quantities.all_acc"] >= 0.98
    assert figures["quantities.denominator_acc"] >= 0.98
    assert figures["quantities.excluded_errors"] == 0


@pytest.mark.parametrize(
    ("part", "relaxed", "overlap", "ranges", "approximate"), [("tuned", 93, 83, 84, 84), ("held", 89, 76, 80, 84)]
)
def test_scientific_paragraphs(
    shared: Path, part: str, relaxed: float, overlap: float, ranges: float, approximate: float
) -> None:
    bench = load("bench_quantities", ROOT / "bench" / "quantities.py")
    data = shared / "data" / "quantities" / "measured_quantities.dev.jsonl"
    paragraphs = [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines()]
    figures = bench.score([p for p in paragraphs if bench.part_of(p) == part], bench.ours)
    assert figures["relaxed F1"] >= relaxed
    assert figures["overlap"] >= overlap
    assert figures["IsRange"] >= ranges
    assert figures["IsApproximate"] >= approximate
