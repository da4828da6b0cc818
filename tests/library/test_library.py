"""What a notebook user holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import reportedly
from reportedly import library, run
from reportedly.errors import InputError, MissingPart, UsageError
from reportedly.model import Reading
from reportedly.run.line import RoomsFactory

TEXT = "Title\nHarbour Agency, citing Tarn Army, said 12 killed in Kessar on Monday."


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch, rooms: RoomsFactory) -> None:
    """The toy rooms in place of the real ones."""
    monkeypatch.setattr(library, "_rooms", rooms)
    monkeypatch.setattr(library, "_loaded", {})
    monkeypatch.setattr(run.Rooms, "standard", classmethod(lambda cls, settings: rooms(settings)))
    monkeypatch.setattr(
        "reportedly.run.runner.add.__kwdefaults__", {**run.add.__kwdefaults__, "rooms": rooms, "executor": run.Inline()}
    )


@pytest.fixture
def ledger(tmp_path: Path, texts: list[str]) -> Iterator[library.OpenLedger]:
    with reportedly.open(tmp_path / "siege.ledger") as ledger:
        added = ledger.add(*texts)
        assert added.kept.documents == 4
        yield ledger


def test_read_a_text() -> None:
    doc = reportedly.read(TEXT)
    assert doc.text == TEXT
    assert repr(doc) == "<Document text: 1 attributions, 1 claims>"
    assert doc.attributions[0]["content_text"] == "12 killed in Kessar on Monday"
    assert doc.attributions[0]["chain_text"] == "Harbour Agency › Tarn Army"
    assert doc.claims[0]["text"] == "12 killed in Kessar on Monday"
    assert "<article" in doc._repr_html_()


def test_read_a_file_by_path_or_name(texts: list[str]) -> None:
    assert reportedly.read(Path(texts[0])).text == reportedly.read(texts[0]).text
    assert reportedly.read(texts[0]).row["file"] == texts[0]


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nobody reads"):
        reportedly.read("T\nREJECT")
    with pytest.raises(InputError):
        reportedly.read(tmp_path / "missing.txt")
    with pytest.raises(UsageError, match="nearest"):
        reportedly.read(TEXT, run__worker=3)


def test_a_ledger_answers(ledger: library.OpenLedger) -> None:
    assert repr(ledger) == "<Ledger: 4 documents, 7 claims>"
    assert len(ledger.documents) == 4
    assert [row["text"] for row in ledger.claims(source="Harbour Agency")] == ["12 killed in Kessar on Monday"]
    assert ledger.search("barracks")[0]["text"] == "The barracks of Kessar stand empty."
    assert {row["source"] for row in ledger.sources()} == {"Harbour Agency", "Levant Post", "Tarn Army"}
    assert [row["label"] for row in ledger.labels()] == ["rebels"]
    assert len(ledger.rejects()) == 0
    assert isinstance(ledger.document("a.txt").reading, Reading)


def test_rows_become_data_frames(ledger: library.OpenLedger) -> None:
    claims = ledger.claims()
    assert len(claims.to_pandas()) == len(claims.to_polars()) == len(claims) == 6
    assert list(claims.to_pandas().columns) == list(claims[0])
    assert isinstance(claims[:2], library.Rows)
    assert len(claims[:2]) == 2
    assert len(library.Rows([]).to_pandas()) == len(library.Rows([]).to_polars()) == 0


def test_rows_show_themselves_escaped() -> None:
    html = library.Rows([{"a": "<b>", "b": None, "c": [{"name": "X"}, {"text": "Y"}], "d": 3}] * 60)._repr_html_()
    assert "&lt;b&gt;" in html
    assert "X › Y" in html
    assert "50 of 60 rows" in html
    assert library.Rows([])._repr_html_() == "<p>No rows.</p>"
    assert repr(library.Rows([])) == "<Rows: 0>"


def test_a_missing_library_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingPart, match=r"pip install 'reportedly\[pandas\]'"):
        library.Rows([{"a": 1}]).to_pandas()


def test_public_names_are_there() -> None:
    assert set(dir(reportedly)) == set(reportedly.__all__)
    assert reportedly.quantities("at least 35 people were killed")[0].low == 35
    assert callable(reportedly.times)
    assert callable(reportedly.places)
    assert callable(reportedly.actors)
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        reportedly.nothing  # noqa: B018


def test_importing_loads_nothing_heavy() -> None:
    script = (
        "import sys, reportedly, reportedly.cli; "
        "print([name for name in ('spacy', 'numpy', 'sqlalchemy', 'lxml', 'rich') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_questions_with_a_picture(ledger: library.OpenLedger) -> None:
    found = ledger.questions(measure="killed")
    assert len(found) > 0
    question = found.question(0)
    assert repr(question).startswith(f"<Question {question['id'][:8]}: ")
    assert found.question(question["id"][:12]) == question
    assert "<svg" in question._repr_html_()
    assert question.svg in question._repr_html_()
    assert len(question.claims) >= 1
    assert len(question.relations) == len(question["relations"])
    assert question["asks"] in found._repr_html_()
    with pytest.raises(UsageError, match="begins with"):
        found.question("zzz")
    with pytest.raises(UsageError, match="no option abuot"):
        ledger.questions(abuot="kessar")


def test_accounts_beside_one_another(ledger: library.OpenLedger, tmp_path: Path) -> None:
    sides = tmp_path / "sides.toml"
    sides.write_text('[sides]\narmy = ["Tarn Army"]\npress = ["Levant Post"]\n')
    accounts = ledger.accounts(about="killed", sides=sides)
    assert [row["side"] for row in accounts.of("side")] == ["army", "press"]
    assert len(accounts.of("question")) > 0
    assert accounts.html.startswith("<!doctype html>")
    assert "srcdoc=" in accounts._repr_html_()
    assert all(row["proposed"] for row in ledger.accounts().of("side"))


def test_words_verbs_and_history(ledger: library.OpenLedger) -> None:
    assert all("verb_classes" in row for row in ledger.sources())
    assert all("keyness" in row for row in ledger.labels())
    assert list(ledger.history(measure="killed")) == []
    assert list(ledger.history(quotes=True)) == []
