"""Settings: later places win, unknown names are answered with the nearest, the hash stands for what is found."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from reportedly import settings as module
from reportedly.errors import UsageError
from reportedly.settings import AttributeSettings, RunSettings, Settings, digest, dotted, load


@pytest.fixture(autouse=True)
def no_user_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    path = tmp_path / "user" / "reportedly.toml"
    monkeypatch.setattr(module, "user_file", lambda: path)
    return path


def test_later_places_win(no_user_file: Path, tmp_path: Path) -> None:
    no_user_file.parent.mkdir()
    no_user_file.write_text("[run]\nworkers = 1\nbatch = 1\n[attribute]\nthreshold = 0.1\n[parse]\nmodel = 'mine'")
    (tmp_path / "reportedly.toml").write_text("[run]\nworkers = 2\nbatch = 2\n[attribute]\nthreshold = 0.2\n")
    env = {"REPORTEDLY_RUN_WORKERS": "3", "REPORTEDLY_RUN_BATCH": "3", "OTHER": "x"}
    found = load({"run.workers": 4, "run.time_limit_s": None}, folder=tmp_path, env=env)
    assert (found.run.workers, found.run.batch) == (4, 3)
    assert (found.attribute.threshold, found.parse.model) == (0.2, "mine")
    assert found.run.time_limit_s == Settings().run.time_limit_s


def test_defaults_where_nothing_is_set(tmp_path: Path) -> None:
    assert load(folder=tmp_path, env={}) == Settings()


@pytest.mark.parametrize(
    ("key", "near"),
    [("run.worker", "run.workers"), ("attribute.treshold", "attribute.threshold"), ("workers", "run.workers")],
)
def test_an_unknown_name_is_answered_with_the_nearest(tmp_path: Path, key: str, near: str) -> None:
    with pytest.raises(UsageError, match=f"'{key}'.*nearest name is '{near}'"):
        load({key: 1}, folder=tmp_path, env={})
    variable = "REPORTEDLY_" + key.upper().replace(".", "_")
    with pytest.raises(UsageError, match="the environment"):
        load(folder=tmp_path, env={variable: "1"})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("run.workers", "many"), ("run.workers", 1.5), ("run.workers", True), ("attribute.threshold", "high"),
        ("attribute.threshold", False), ("ingest.allow_private", "perhaps"), ("parse.model", ["a"]),
        ("clean.languages", 3),
    ],
)  # fmt: skip
def test_a_value_of_the_wrong_type_says_what_is_wanted(tmp_path: Path, key: str, value: object) -> None:
    with pytest.raises(UsageError, match=f"'{key}' .* wants "):
        load({key: value}, folder=tmp_path, env={})


def test_variables_are_read_as_the_type_of_their_setting(tmp_path: Path) -> None:
    env = {
        "REPORTEDLY_INGEST_ALLOW_PRIVATE": "yes",
        "REPORTEDLY_CLEAN_LANGUAGES": "en, fr",
        "REPORTEDLY_ATTRIBUTE_THRESHOLD": "0.75",
        "REPORTEDLY_INGEST_PUBLISHED": "2031-05-04",
    }
    found = load(folder=tmp_path, env=env)
    assert found.ingest.allow_private is True
    assert found.clean.languages == ("en", "fr")
    assert found.attribute.threshold == 0.75
    assert found.ingest.published == "2031-05-04"


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "reportedly.toml").write_text("[run\nworkers = 2")
    with pytest.raises(UsageError, match=r"reportedly\.toml cannot be read"):
        load(folder=tmp_path, env={})


def test_the_hash_changes_with_what_is_found_only() -> None:
    base = digest(Settings())
    assert digest(replace(Settings(), run=RunSettings(workers=9, batch=1))) == base
    assert digest(replace(Settings(), attribute=AttributeSettings(threshold=0.9))) != base
    assert len(base) == 32


def test_every_setting_has_a_dotted_name() -> None:
    names = dotted(Settings())
    assert names["run.workers"] == 0
    assert {name.partition(".")[0] for name in names} == set(Settings.__slots__)
