"""Accounts side by side, words and verbs on the command line."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

Cli = Callable[..., tuple[int, str, str]]
SIDES = '[sides]\narmy = ["Tarn Army"]\npress = ["Levant Post", "Harbour Agency"]\n'


def jsonl(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture
def sides(tmp_path: Path) -> str:
    path = tmp_path / "sides.toml"
    path.write_text(SIDES)
    return str(path)


@pytest.fixture
def hostile(reportedly: Cli, tmp_path: Path) -> str:
    """A ledger whose text looks like a page."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    said = "11 killed as shells hit the northern market of Kessar on Monday <img src=http://kessar.example/x.png>."
    (folder / "x.txt").write_text(f"Kessar <script>alert(1)</script>\nTarn Army said {said}")
    (folder / "y.txt").write_text(f"Kessar\nLevant Post said {said}\nwrite to desk@kessar.example")
    path = str(tmp_path / "x.ledger")
    assert reportedly("add", path, str(folder), "--workers", "1", "--quiet")[0] == 0
    return path


def test_rows_of_three_kinds(reportedly: Cli, hostile: str, sides: str) -> None:
    code, out, _ = reportedly("accounts", hostile, "--about", "kessar", "--sides", sides)
    rows = jsonl(out)
    assert code == 0
    assert [row["side"] for row in rows if row["row"] == "side"] == ["army", "press"]
    question = next(row for row in rows if row["row"] == "question" and row["only"] is None)
    assert [a["figure"] for a in question["sides"]["army"]] == ["11"]
    assert [a["figure"] for a in question["sides"]["press"]] == ["11"]
    assert {r["kind"] for r in question["relations"]} == {"agrees"}


def test_one_row_an_account_in_csv(reportedly: Cli, hostile: str, sides: str) -> None:
    _, out, _ = reportedly("accounts", hostile, "--sides", sides, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert {(row["side"], row["figure"]) for row in rows} >= {("army", "11"), ("press", "11")}


@pytest.mark.parametrize("width", ["80", "120"])
def test_the_table_fits_a_terminal(
    reportedly: Cli, hostile: str, sides: str, width: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    _, out, err = reportedly("accounts", hostile, "--sides", sides, "--format", "table")
    assert "What two or more sides answer" in out
    assert "agrees 1" in " ".join(out.split())
    assert max(map(len, out.splitlines())) <= int(width)
    assert "The origin of a claim" in err


def test_without_sides_the_grouping_is_called_a_proposal(reportedly: Cli, ledger: str, tmp_path: Path) -> None:
    _, out, _ = reportedly("accounts", ledger)
    sides = [row for row in jsonl(out) if row["row"] == "side"]
    assert sides
    assert all(side["proposed"] for side in sides)
    _, out, _ = reportedly("accounts", ledger, "--format", "table")
    assert "Proposed groupings" in out
    assert "because Harbour Agency cites Tarn Army" in out


def test_days_and_words_choose_the_matter(reportedly: Cli, hostile: str, sides: str) -> None:
    for chosen in (("--from", "2032"), ("--to", "2030-01"), ("--about", "nothing of it")):
        code, out, err = reportedly("accounts", hostile, "--sides", sides, "--format", "table", *chosen)
        assert (code, out) == (0, "")
        assert "Widen --about" in err
    assert reportedly("accounts", hostile, "--sides", sides, "--from", "2031-05-05", "--to", "2031-05-05")[1]
    assert reportedly("accounts", hostile, "--from", "May")[0] == 2
    assert reportedly("accounts", hostile, "--sides", "none.toml")[0] == 2


class Page(HTMLParser):
    """Tags and addresses of a page, and that its tags are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.open: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action")]
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_is_complete_escaped_and_asks_nobody(
    reportedly: Cli, hostile: str, sides: str, tmp_path: Path
) -> None:
    file = tmp_path / "page.html"
    code, out, err = reportedly("accounts", hostile, "--sides", sides, "--html", str(file))
    assert (code, out, err) == (0, "", f"Written: {file}\n")
    html = file.read_text(encoding="utf-8")
    page = Page()
    page.feed(html)
    assert page.open == []
    assert not {"script", "img", "link", "iframe"} & set(page.tags)
    assert page.addresses == []
    assert "url(" not in html
    assert "@import" not in html
    assert "&lt;img src=" in html
    assert "desk@kessar.example" not in html
    assert "prefers-color-scheme:dark" in html
    assert "@media print" in html
    assert re.search(r"agrees \((Tarn Army / Levant Post|Levant Post / Tarn Army)\): Both give 11", html)
    assert re.search(r"x\.ledger · contents [0-9a-f]{12}", html)


def test_sources_have_rates_with_intervals(reportedly: Cli, ledger: str) -> None:
    rows = {row["source"]: row for row in jsonl(reportedly("sources", ledger)[1])}
    (said, denied) = sorted(rows["Tarn Army"]["verb_classes"], key=lambda c: c["class"], reverse=True)
    assert (said["class"], denied["class"]) == ("say", "deny")
    assert said["count"] + denied["count"] == rows["Tarn Army"]["attributions"]
    assert said["interval"][0] < said["per_100"] < said["interval"][1]
    assert "deny 50" in reportedly("sources", ledger, "--format", "table")[1]


def test_labels_have_keyness_where_somebody_else_speaks(reportedly: Cli, ledger: str, tmp_path: Path) -> None:
    assert jsonl(reportedly("labels", ledger)[1])[0]["keyness"] is None
    header = reportedly("labels", ledger, "--format", "csv")[1].splitlines()[0]
    assert header.endswith("keyness,interval_low,interval_high")


def test_history_of_quotations(reportedly: Cli, ledger: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code, _, err = reportedly("history", ledger, "--quotes", "--format", "table")
    assert code == 0
    assert "No quotation of one voice" in err
    said = {"doc": "1", "file": "a.txt", "outlet": None, "published": None, "start": 0, "end": 9, "text": "we stay"}
    row = {
        "voice": "Ana Brell", "first": said, "later": {**said, "outlet": "Levant Post", "text": "we will stay now"},
        "added": ["will", "now"], "dropped": [], "changed": [{"from": "a", "to": "b"}],
    }  # fmt: skip
    monkeypatch.setattr("reportedly.run.quote_drifts", lambda ledger: [row])
    _, out, _ = reportedly("history", ledger, "--quotes", "--format", "csv")
    (cells,) = csv.DictReader(io.StringIO(out))
    assert cells["change"] == "“a” became “b”; added “will”; added “now”"
    assert "Ana Brell" in reportedly("history", ledger, "--quotes", "--about", "stay", "--format", "table")[1]
    assert reportedly("history", ledger, "--quotes", "--about", "bridge")[1] == ""
