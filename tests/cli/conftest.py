"""The command line with toy rooms."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from reportedly import cli, run
from reportedly import settings as settings_of
from reportedly.run.line import RoomsFactory

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def reportedly(
    monkeypatch: pytest.MonkeyPatch, rooms: RoomsFactory, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Cli:
    """`reportedly(*args)` gives exit code, standard output and standard error."""
    monkeypatch.setattr("reportedly.run.runner.read.__kwdefaults__", {**run.read.__kwdefaults__, "rooms": rooms})
    monkeypatch.setattr("reportedly.run.runner.add.__kwdefaults__", {**run.add.__kwdefaults__, "rooms": rooms})
    monkeypatch.setattr(settings_of, "user_file", lambda: tmp_path / "none.toml")
    monkeypatch.setenv("COLUMNS", "160")

    def call(*args: str) -> tuple[int, str, str]:
        code = cli.main(list(args))
        found = capsys.readouterr()
        return code, found.out, found.err

    return call


@pytest.fixture
def ledger(reportedly: Cli, texts: list[str], tmp_path: Path) -> str:
    """A ledger with the toy documents."""
    path = str(tmp_path / "siege.ledger")
    assert reportedly("add", path, *texts, "--workers", "1", "--quiet")[0] == 0
    return path
