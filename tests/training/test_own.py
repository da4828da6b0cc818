"""The annotated texts of training/own: markup, spans, chains, splits."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[2] / "training"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_own", ROOT / "check_own.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["check_own"] = module
    spec.loader.exec_module(module)
    return module


own = load()
NESTED = (
    "{a!According to} {a@the Larch Post}, {b!citing} {b@Radio Elm}, "
    "{ab:{c@two bakers|x} {c!admitted} {c:“burning the bread”}}."
)


def words(row: dict, role: str, n: int) -> list[str]:
    return [row["text"][s:e] for s, e in row["attributions"][n][role]]


def one(markup: str, *tags: str) -> dict:
    item = own.make(markup, "t", list(tags))
    assert item.problems == []
    return own.row(item)


def problems(markup: str, *tags: str) -> str:
    item = own.make(markup, "t", list(tags))
    return "; ".join(item.problems + own.check_all([item], [own.row(item)]))


def test_nested_chain_has_parents_and_hops_in_order() -> None:
    row = one(NESTED)
    outer, middle, inner = row["attributions"]
    assert (outer["parent"], middle["parent"], inner["parent"]) == (None, "a01", "a02")
    assert [hop["name"] for hop in inner["chain"]] == ["the Larch Post", "Radio Elm", "two bakers"]
    assert [hop["anonymity"] for hop in inner["chain"]] == ["named", "named", "anonymous"]
    assert words(row, "content", 0) == words(row, "content", 1) == ["two bakers admitted “burning the bread”"]
    assert [a["form"] for a in row["attributions"]] == ["mixed", "mixed", "direct"]


def test_letters_give_the_order_when_the_inner_source_comes_first() -> None:
    row = one("{b!Citing} {b@a clerk|x}, {a@the Larch Post} {a!said} {ab:the till was empty}.")
    chains = {a["chain"][-1]["name"]: [hop["name"] for hop in a["chain"]] for a in row["attributions"]}
    assert chains == {"the Larch Post": ["the Larch Post"], "a clerk": ["the Larch Post", "a clerk"]}


def test_continuation_takes_the_chain_of_its_head() -> None:
    row = one("{a:“We left,”} {a!said} {a@Ada Moss}. {b=a:“We had to.”}")
    assert row["attributions"][1]["continues"] == "a01"
    assert row["attributions"][1]["chain"] == row["attributions"][0]["chain"]
    assert row["attributions"][1]["cue"] == []


def test_relay_stands_before_the_source() -> None:
    row = one("{a@A miner|x} {a!told} {a^Radio Elm} {a:the shaft was wet}.")
    assert [hop["name"] for hop in row["attributions"][0]["chain"]] == ["Radio Elm", "A miner"]


def test_source_that_is_not_stated_is_an_unknown_hop() -> None:
    row = one("{a:The mill} {a!is said} {a:to be sold}.")
    assert row["attributions"][0]["chain"] == [{"name": None, "anonymity": "unknown"}]
    assert words(row, "content", 0) == ["The mill", "to be sold"]


def test_conjunction_is_kept_apart_from_the_content() -> None:
    for markup in ("{a@He|=Ada} {a!said} {a:that it rained}.", "{a@He|=Ada} {a!said} that {a:it rained}."):
        row = one(markup)
        assert words(row, "content", 0) == ["it rained"]
        start, end = row["attributions"][0]["that"]
        assert row["text"][start:end] == "that"


def test_flags_set_type_polarity_stance_and_form() -> None:
    row = one("{a@Ada Moss} {a!denied|denied} {a:theft|mixed}; {b@Bo Lind} {b!lied|accusation|hostile} {b:about it}.")
    first, second = row["attributions"]
    assert (first["polarity"], first["form"]) == ("denied_by_source", "mixed")
    assert (second["type"], second["stance"]) == ("accusation", "hostile")


@pytest.mark.parametrize(
    ("markup", "said"),
    [
        ("{a@Ada} {a!said} {a: it rained}.", "blanks around"),
        ("{a@Ada} {a!said} {a:it rained.}", "ends in punctuation"),
        ("{a@Ada,} {a!said} {a:it rained}.", "ends in punctuation"),
        ("{a@Ada} {a!said} {a:it rained", "never closed"),
        ("{a@Ada} {a!said} {a:it rained|", "never closed"),
        ("Ada said} it rained.", "stray"),
        ("{a@Ada} {a!said}.", "no content"),
        ("{a@Ada} {a:it rained}.", "neither cue nor continuation"),
        ("{a@She} {a!said} {a:it rained}.", "pronoun"),
        ("{a@Ada} {a!said|loudly} {a:it rained}.", "unknown flag"),
        ("{a:“No,” {a!said} {a@Ada}, “never”}.", "its own cue"),
        ("{a@Ada} {a!said} {a:no}. {b=c:Yes}.", "which is not there"),
        ("{a@Ada} {a!said} {a:no}. {b=a:Yes}. {c=b:Yes}.", "which is no head"),
        ("{a@Ada} {a!said} {a:no}. {b=a:Yes}{b!x}.", "has no cue"),
        ("{a@Ada} {a!said} {a:no}. {b@Bo} {b!said|in=a} {b:yes}.", "leaves that of its parent"),
    ],
)
def test_bad_markup_is_named(markup: str, said: str) -> None:
    assert said in problems(markup)


def test_a_negative_item_may_hold_no_attribution() -> None:
    assert "tagged negative" in problems("{a@Ada} {a!said} {a:it rained}.", "negative")


def test_two_items_with_one_text_are_named() -> None:
    items = [own.make(NESTED, "t", []) for _ in range(2)]
    assert any("2 items" in found for found in own.check_all(items, [own.row(item) for item in items]))


@given(st.lists(st.text("abc .,“”{}|=@!:^¶é\n", max_size=12), max_size=6).map("".join))
def test_any_text_is_read_without_a_trace_and_spans_stay_inside(markup: str) -> None:
    text, records, _ = own.parse(markup)
    for record in records:
        for spans in record.spans.values():
            assert all(0 <= s < e <= len(text) for s, e in spans)


def test_eight_words_of_a_source_article_are_found(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/x.txt").write_text("Then two geese crossed the old road at noon, slowly.", encoding="utf-8")
    item = own.make("Two geese crossed the old road at noon.", "t", [])
    assert "two geese crossed" in own.copied([item], tmp_path)[0]
    assert own.copied([own.make("Two geese crossed.", "t", [])], tmp_path) == []


def test_written_files_are_those_of_the_texts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for path in (ROOT / "own").glob("*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    assert own.main(["--own", str(tmp_path), "--write"]) == 0
    assert "chain of 3" in capsys.readouterr().out
    for side in ("train", "test"):
        name = f"nested.{side}.jsonl"
        assert (tmp_path / name).read_bytes() == (ROOT / "own" / name).read_bytes(), "run check_own.py --write"


def test_corpus_is_large_varied_and_parted() -> None:
    rows = {
        side: [json.loads(line) for line in (ROOT / f"own/nested.{side}.jsonl").open()] for side in ("train", "test")
    }
    everything = rows["train"] + rows["test"]
    seen = sum((own.phenomena(row) for row in everything), own.Counter())
    assert seen["item"] >= 650
    assert seen["article"] >= 60
    assert 0.08 <= seen["negative"] / seen["item"] <= 0.14
    for name in ("chain of 2", "chain of 3", "continued", "discontinuous", "denied", "not said", "relay", "no source"):
        assert seen[name] >= 10, name
    assert not {row["article"] for row in rows["train"]} & {row["article"] for row in rows["test"]}
    assert 0.17 <= len(rows["test"]) / len(everything) <= 0.25


def test_problems_end_the_run_and_show_prints_spans(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "x.txt").write_text("## tag\n{a@Ada Moss} {a!said} {a:it rained.}\n", encoding="utf-8")
    assert own.main(["--own", str(tmp_path)]) == 1
    assert "ends in punctuation" in capsys.readouterr().err
    assert own.main(["--own", str(tmp_path), "--show", "own-x"]) == 0
    assert "Ada Moss/n" in capsys.readouterr().out


def test_nothing_stands_in_the_corpora(shared: Path) -> None:
    items = [item for path in sorted((ROOT / "own").glob("*.txt")) for item in own.read(path)]
    assert own.copied(items, shared) == []
