"""Floors of the clean stage on development data; the figures themselves come from bench/extraction.py."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from reportedly.clean import clean
from reportedly.ingest import read
from reportedly.model import Document, RawDocument
from reportedly.settings import IngestSettings

pytestmark = pytest.mark.quality


def bench() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "bench" / "extraction.py"
    spec = importlib.util.spec_from_file_location("bench_extraction", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_articles_without_tags(shared: Path) -> None:
    figures = bench().plain(shared)
    assert figures["removed"] >= 0.999
    assert figures["lost"] <= 0.005
    assert figures["round_trip"] >= 0.999


def test_kinds_titles_and_days_of_the_gold(shared: Path) -> None:
    same = {"metadata": "meta", "byline": "meta", "dateline": "meta"}
    hits = total = 0
    for raw in read([str(shared / "seeds")], IngestSettings()):
        assert isinstance(raw, RawDocument)
        doc = clean(raw)
        assert isinstance(doc, Document)
        gold_file = shared / "gold" / (Path(raw.name).stem + ".json")
        if not gold_file.exists():
            continue
        gold = json.loads(gold_file.read_text(encoding="utf-8"))
        assert doc.header.title == gold["document"]["title"]
        assert doc.header.published is not None
        assert doc.header.published.from_ == gold["document"]["published"]
        kinds = {i: s.kind for s in doc.segments for i in range(s.span.start, s.span.end)}
        for segment in gold["segments"]:
            for i in range(segment["start"], segment["end"]):
                if segment["kind"] != "separator" and not doc.text[i].isspace():
                    total += 1
                    hits += same.get(kinds[i], kinds[i]) == same.get(segment["kind"], segment["kind"])
    assert hits >= 0.99 * total > 0


@pytest.mark.slow
def test_pages_beside_trafilatura(shared: Path) -> None:
    figures = bench().pages(shared / "data" / "extraction")
    assert figures["ours.f1"] >= figures["trafilatura.f1"] - 0.005
    assert figures["round_trip"] >= 0.999


@pytest.mark.slow
def test_newswire_keeps_its_sentences(shared: Path) -> None:
    assert bench().newswire(shared)["article_share"] >= 0.995
