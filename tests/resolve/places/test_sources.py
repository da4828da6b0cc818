"""Gazetteer files of users: what is read, what is refused with a line, and what is remembered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportedly.errors import InputError
from reportedly.resolve.places import added
from reportedly.resolve.places.sources import rows_of_file
from reportedly.resolve.places.variant import spelled

CSV = "Name,lat,lon,type,country,names\nOmbrelk,40.1,60.1,village,QA1,Ombrelq|Umbrelk\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("REPORTEDLY_CACHE", str(tmp_path / "cache"))
    file = tmp_path / "own.csv"
    file.write_text(CSV, encoding="utf-8")
    return file


def test_csv(own: Path) -> None:
    (row,) = rows_of_file(own)
    assert (row.name, row.kind, row.lat, row.names) == ("Ombrelk", "village", 40.1, ("Ombrelq", "Umbrelk"))
    assert row.radius_km == 2.0


def test_json_lines(tmp_path: Path) -> None:
    file = tmp_path / "own.jsonl"
    place = {"id": "x:1", "name": "Ombrelk", "type": "county", "cc": "QA1", "lat": 1.0, "lon": 2.0}
    file.write_text(json.dumps(place | {"pop": 9, "admin1": "Keld", "names": ["Umbrelk"]}) + "\n\n", encoding="utf-8")
    (row,) = rows_of_file(file)
    assert (row.ref, row.admin, row.population, row.country) == ("x:1", ("Keld",), 9, "QA1")


def test_geonames_dump(tmp_path: Path) -> None:
    file = tmp_path / "QA.txt"
    cells = ["7", "Ombrelk", "Ombrelk", "Umbrelk,Ombrelq", "1.5", "2.5", "P", "PPL", "QA", *[""] * 5, "300", *[""] * 4]
    stream = [*cells[:6], "H", "STM", *cells[8:]]
    file.write_text("\t".join(cells) + "\n" + "\t".join(stream) + "\nbroken\n", encoding="utf-8")
    rows = list(rows_of_file(file))
    assert rows[0].names == ("Ombrelk", "Umbrelk", "Ombrelq")
    assert rows[0].population == 300


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "columns name, lat, lon"),
        ("name,lat,lon\nOmbrelk,north,2\n", "line 2"),
        ('{"name": "Ombrelk"}\n', "line 1"),
        ('{"name": "Ombrelk", "lat": 1, "lon": 2}\n{broken\n', "line 2"),
    ],
)
def test_bad_files_are_refused_with_a_reason(content: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "bad"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        list(rows_of_file(file))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        list(rows_of_file(tmp_path / "none.csv"))


def test_added_files_are_remembered_and_forgotten(own: Path) -> None:
    assert added.remembered() == ()
    assert added.remember(own) == 1
    assert added.remember(own) == 1
    assert added.remembered() == (str(own.resolve()),)
    added.forget("own.csv")
    assert added.remembered() == ()


def test_a_file_without_places_is_not_remembered(own: Path) -> None:
    own.write_text("name,lat,lon\n", encoding="utf-8")
    with pytest.raises(InputError, match="no place"):
        added.remember(own)
    assert added.remembered() == ()


def test_what_was_not_added_cannot_be_removed(own: Path) -> None:
    with pytest.raises(InputError, match="was not added"):
        added.forget(own)


def test_a_broken_list_is_named(own: Path) -> None:
    added.remember(own)
    (own.parent / "cache" / "gazetteers.json").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="add again"):
        added.remembered()


def test_verbs_of_the_command_line(
    own: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from reportedly.cli import main
    from reportedly.resolve import places

    monkeypatch.setattr(places, "standard", lambda **_: None)
    assert main(["gazetteer", "add", str(own)]) == 0
    assert "1 place." in capsys.readouterr().err
    assert main(["gazetteer", "list", "--format", "jsonl"]) == 0
    assert json.loads(capsys.readouterr().out)["places"] == 1
    own.unlink()
    assert main(["gazetteer", "list", "--format", "jsonl"]) == 0
    assert "cannot be read" in json.loads(capsys.readouterr().out)["state"]
    assert main(["gazetteer", "remove", "own.csv"]) == 0
    assert main(["gazetteer", "remove", "own.csv"]) == 3


def test_spellings_abstain_rather_than_invent(invented) -> None:  # type: ignore[no-untyped-def]
    assert [e.name for e in spelled("Qesariya", invented, near=((40.5, 60.5),))] == ["Kessariyah"]
    assert spelled("Kossurboh", invented) == ()
    assert spelled("Kes", invented) == ()
    assert len(spelled("Milbrook", invented)) == 2
    assert [e.lat for e in spelled("Milbrook", invented, near=((41.0, 61.0),))] == [41.2]
