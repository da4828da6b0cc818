"""The line: order, rejects, resume; whatever goes wrong in a room is a row."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from reportedly import ledger as ledgers
from reportedly import run
from reportedly.errors import MissingPart
from reportedly.model import RawDocument, Reading, Reject
from reportedly.model.rows import row_of
from reportedly.run.line import Line, RoomsFactory
from reportedly.settings import RunSettings, Settings

QUICK = Settings(run=RunSettings(workers=2, batch=2, time_limit_s=1.0))


def raw(text: str, name: str = "x.txt") -> RawDocument:
    return RawDocument(data=text.encode(), media_type="text/plain", name=name)


def test_a_reading_has_all_parts_and_notes_once(rooms: RoomsFactory) -> None:
    reading = Line(Settings(), rooms)(raw("Title\nHarbour Agency said 3 killed."))
    assert isinstance(reading, Reading)
    assert len(reading.attributions) == len(reading.claims) == 1
    assert [note.code for note in reading.notes] == ["undated", "parse"]
    assert reading.document.notes == ()


def test_a_room_that_raises_gives_a_reject_without_text(rooms: RoomsFactory) -> None:
    result = Line(Settings(), rooms)(raw("BOOM goes the secret"))
    assert isinstance(result, Reject)
    assert (result.room, result.code) == ("clean", "internal")
    assert "ValueError" in result.message
    assert "secret" not in result.message


@pytest.mark.parametrize("room", ["parse", "attribute", "resolve", "claims"])
def test_the_reject_names_the_room(rooms: RoomsFactory, room: str) -> None:
    def broken(*_: object) -> None:
        raise RecursionError("secret")

    def factory(settings: Settings) -> run.Rooms:
        return replace(rooms(settings), **{room: broken})

    result = Line(Settings(), factory)(raw("Title\nText."))
    assert isinstance(result, Reject)
    assert (result.room, result.code) == (room, "internal")
    assert "secret" not in result.message


def test_a_missing_part_ends_the_run(rooms: RoomsFactory) -> None:
    def factory(settings: Settings) -> run.Rooms:
        raise MissingPart("a parser", "en")

    with pytest.raises(MissingPart, match="pip install"):
        list(run.read_raws([raw("x")], Settings(), executor=run.LocalPool(workers=1), rooms=factory))


def test_results_keep_the_order_of_the_input_and_rejects_their_place(rooms: RoomsFactory) -> None:
    texts = ["T\none.", "T\nREJECT", "T\nBOOM", "T\nSLEEP", "T\ntwo.", "T\nDIE", "T\nthree."]
    raws = [raw(text, f"{n}.txt") for n, text in enumerate(texts)]
    passing = Reject(file="gone.pdf", room="ingest", code="broken", message="It cannot be read.")
    results = [entry.result for entry in run.read_raws([*raws, passing], QUICK, executor=run.pool(QUICK), rooms=rooms)]
    codes = [each.code if isinstance(each, Reject) else each.document.name for each in results]
    assert codes == ["0.txt", "language", "internal", "timeout", "4.txt", "died", "6.txt", "broken"]


def test_read_gives_one_row_a_document(texts: list[str], rooms: RoomsFactory) -> None:
    seen: list[run.Progress] = []
    results = list(run.read(texts, QUICK, rooms=rooms, watcher=seen.append))
    assert [each.document.name for each in results if isinstance(each, Reading)] == texts
    assert [each.done for each in seen] == [1, 2, 3, 4]
    assert seen[-1].rate > 0


def test_read_from_standard_input(rooms: RoomsFactory) -> None:
    lines = [{"id": "one", "text": "T\nHarbour Agency said 3 killed."}, {"id": "two", "text": "T\nNothing."}]
    stdin = io.BytesIO("\n".join(map(json.dumps, lines)).encode())
    results = list(run.read(["-"], QUICK, stdin=stdin, executor=run.Inline(), rooms=rooms))
    assert [each.document.name for each in results if isinstance(each, Reading)] == ["one", "two"]


@pytest.mark.parametrize("workers", [1, 2, 3])
def test_workers_and_order_of_input_do_not_show(
    workers: int, texts: list[str], rooms: RoomsFactory, tmp_path: Path
) -> None:
    settings = replace(QUICK, run=replace(QUICK.run, workers=workers))
    paths = texts if workers == 1 else texts[::-1]
    digests = set()
    for n, given in enumerate((paths, texts)):
        with ledgers.open(tmp_path / f"{n}.ledger", create=True) as ledger:
            run.add(ledger, given, settings, rooms=rooms)
            digests.add(ledger.digest())
    assert len(digests) == 1


def test_adding_twice_changes_nothing(texts: list[str], rooms: RoomsFactory, tmp_path: Path) -> None:
    with ledgers.open(tmp_path / "s.ledger", create=True) as ledger:
        first = run.add(ledger, texts, QUICK, rooms=rooms)
        digest = ledger.digest()
        second = run.add(ledger, texts, QUICK, rooms=rooms)
        assert (first.kept.documents, first.known) == (4, 0)
        assert (second.kept.documents, second.read, second.known) == (0, 0, 4)
        assert ledger.digest() == digest
        assert [row["state"] for row in ledger.runs()] == ["done", "done"]


def test_rejects_are_kept_and_given(tmp_path: Path, rooms: RoomsFactory) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_text("T\nREJECT this")
    with ledgers.open(tmp_path / "s.ledger", create=True) as ledger:
        for _ in range(2):
            added = run.add(ledger, [str(bad), str(tmp_path / "missing.txt")], QUICK, rooms=rooms)
            assert {reject.room for reject in added.rejects} == {"clean", "ingest"}
        assert {row["file"] for row in ledger.rejects()} == {str(bad), str(tmp_path / "missing.txt")}
        assert len(list(ledger.rejects())) == 2


KILLED_RUN = """
import sys, time
sys.path.insert(0, {tests!r})
import conftest
from reportedly import ledger, run
from reportedly.settings import RunSettings, Settings

def slow(settings):
    rooms = conftest.toy_rooms(settings)
    from dataclasses import replace
    def clean(raw):
        time.sleep(0.05)
        return rooms.clean(raw)
    return replace(rooms, clean=clean)

settings = Settings(run=RunSettings(workers=2, batch=3))
with ledger.open({ledger!r}, create=True) as kept:
    run.add(kept, [{folder!r}], settings, rooms=slow)
"""


def test_a_killed_run_goes_on_to_the_same_bytes(tmp_path: Path, rooms: RoomsFactory) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for n in range(60):
        (folder / f"{n:03}.txt").write_text(
            f"Day {n}\nHarbour Agency, citing Tarn Army, said {n + 1} killed in Kessar."
        )
    broken, whole = tmp_path / "broken.ledger", tmp_path / "whole.ledger"
    script = KILLED_RUN.format(tests=str(Path(__file__).parents[1]), ledger=str(broken), folder=str(folder))
    process = subprocess.Popen([sys.executable, "-c", script], stderr=subprocess.PIPE)
    kept = _wait_until_some_are_kept(broken, process)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert 0 < kept < 60
    settings = Settings(run=RunSettings(workers=1, batch=7))
    with ledgers.open(broken) as ledger, ledgers.open(whole, create=True) as other:
        rest = run.add(ledger, [str(folder)], settings, rooms=rooms, executor=run.Inline())
        run.add(other, [str(folder)], settings, rooms=rooms, executor=run.Inline())
        assert 0 < rest.known < 60
        assert rest.known + rest.kept.documents == 60
        assert "\n".join(ledger.dump()) == "\n".join(other.dump())
        assert [row["state"] for row in ledger.runs()] == ["running", "done"]


def _wait_until_some_are_kept(path: Path, process: subprocess.Popen[bytes]) -> int:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        if process.poll() is not None:
            assert process.stderr
            pytest.fail(process.stderr.read().decode())
        if path.exists() and path.stat().st_size:
            try:
                with ledgers.open(path) as ledger:
                    count = ledger.counts()["documents"]
            except Exception:  # the run is just making the file
                count = 0
            if count >= 6:
                return count
        time.sleep(0.05)
    return 0


def test_workers_end_when_the_run_is_killed(tmp_path: Path) -> None:
    script = (
        "import os, time\nfrom reportedly.run import LocalPool\n"
        "def pid(n):\n    return os.getpid()\n"
        "for found in LocalPool(workers=1).each(pid, range(10**9)):\n    print(found, flush=True)\n    time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert process.stdout
    worker = int(process.stdout.readline())
    process.kill()
    process.communicate()
    for _ in range(100):
        if not _alive(worker):
            return
        time.sleep(0.05)
    pytest.fail("the worker outlived its run")


def _alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_the_real_rooms_read_a_text() -> None:
    settings = replace(Settings(), attribute=replace(Settings().attribute, attributor="rules"))
    text = "Fighting in Kessar\n\nAt least 35 people were killed in Kessar on Monday, the Harbour Agency said.\n"
    (entry,) = run.read_raws([raw(text)], settings)
    assert isinstance(entry.result, Reading)
    row = row_of(entry.result)
    assert [each["measure"] for each in row["quantities"]] == ["killed"]
    assert row["attributions"][0]["chain"][-1]["name"] == "Harbour Agency"
    assert [row["quantities"][0]["id"]] in [claim["quantities"] for claim in row["claims"]]
