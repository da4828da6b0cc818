"""The verb `demo`: the bundled example read, and a tour of what the ledger then holds."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportedly.cli import output
from reportedly.cli.options import settings_of
from reportedly.cli.output import note

if TYPE_CHECKING:
    from reportedly.cli.stops import Stop
    from reportedly.ledger import Ledger


@click.command("demo")
@click.option("--ledger", type=click.Path(), help="Where the example's ledger is kept (else in the cache folder).")
@click.option("--workers", type=click.IntRange(min=0), help="Processes; 0 or nothing: one for each core.")
@click.option("--quiet", "-q", is_flag=True, help="No progress and no summary on standard error.")
def demo_verb(ledger: str | None, workers: int | None, quiet: bool) -> int:
    """Read the bundled example (a fictional siege in a fictional country) and show what is interesting in it.

    \b
    Examples:
      reportedly demo
      reportedly demo --ledger example.ledger
    """
    from reportedly import ledger as ledgers

    path = Path(ledger) if ledger else fresh_path()
    settings = example_settings(workers=workers)
    with ledgers.open(path, create=True) as kept:
        read_example(kept, path, settings, quiet=quiet)
        console = output.console()
        for stop in tour(kept, path, settings):
            show_stop(stop, console)
    return 0


def fresh_path() -> Path:
    """The example's ledger in the cache folder of this user, an older one removed."""
    from shutil import rmtree

    from platformdirs import user_cache_path

    path = user_cache_path("reportedly", ensure_exists=True) / "demo.ledger"
    for old in (path, Path(f"{path}-wal"), Path(f"{path}-shm")):
        old.unlink(missing_ok=True)
    rmtree(f"{path}.copies", ignore_errors=True)
    return path


def example_settings(*, workers: int | None = None) -> Any:
    """The settings in force, with the example's own places, parties and sides."""
    from dataclasses import replace

    from reportedly import example

    settings = settings_of(workers=workers)
    for name, value in example.settings().items():
        room, _, entry = name.partition(".")
        settings = replace(settings, **{room: replace(getattr(settings, room), **{entry: value})})
    return settings


def read_example(kept: Ledger, path: Path, settings: Any, *, quiet: bool = False) -> None:
    """The articles of the example into a ledger."""
    from reportedly import example, run
    from reportedly.cli.reading import progress, summary

    articles = [str(example.articles())]
    with ExitStack() as stack:
        watcher = stack.enter_context(progress(articles, quiet=quiet))
        added = run.add(kept, articles, settings, watcher=watcher)
    if not quiet:
        note(summary(added, str(path)))


def tour(kept: Ledger, path: Path, settings: Any) -> Iterator[Stop]:
    """The stops of the tour, all from the ledger's answers."""
    from reportedly import compare, run
    from reportedly.cli.stops import Answers, stops
    from reportedly.compare import Sides
    from reportedly.ledger import ClaimFilter
    from reportedly.run import copying

    parties = compare.Parties.with_file(settings.resolve.parties)
    copies = copying.copies(kept, copying.index_folder(path), settings)
    questions = run.questions(kept, settings)
    answers = Answers(
        documents=list(kept.documents()),
        counts=kept.counts(),
        rejects=list(kept.rejects()),
        claims=list(kept.claims(ClaimFilter())),
        questions=[compare.question_row(question, parties) for question in questions],
        histories=[row for question in questions for row in compare.history_rows(question, parties)],
        copies=copies,
        labels=list(kept.labels()),
        sides=Sides.of_file(settings.compare.sides),
        name=shlex.quote(shown_path(path)),
    )
    return stops(answers)


def shown_path(path: Path) -> str:
    """A path as a person would type it here: relative to this folder or to the home folder where that is shorter.

    >>> shown_path(Path.cwd() / "example.ledger")
    'example.ledger'
    """
    full = path if path.is_absolute() else Path.cwd() / path
    if full.is_relative_to(Path.cwd()):
        return str(full.relative_to(Path.cwd()))
    home = Path(os.path.expanduser("~"))
    return f"~/{full.relative_to(home)}" if full.is_relative_to(home) else str(full)


def show_stop(stop: Stop, console: Any) -> None:
    """Print one stop."""
    from rich.padding import Padding
    from rich.rule import Rule
    from rich.text import Text

    console.print()
    console.print(Rule(Text(stop.title, style="bold"), align="left", style="dim", characters="─"))
    if stop.text:
        console.print(Text(stop.text))
    for line in stop.lines:
        console.print(Padding(styled(line), (0, 0, 0, 2), expand=False))
    if stop.rows:
        console.print(Padding(output.made_table(stop.rows, stop.columns), (0, 0, 0, 2)))
    for line in stop.after:
        console.print(Padding(styled(line), (0, 0, 0, 2), expand=False))
    if stop.more:
        console.print(Text(f"→ reportedly {stop.more}", style="green"))


def styled(line: tuple[str, str] | str) -> Any:
    """A line, with the style that it carries."""
    from rich.text import Text

    words, style = (line, "") if isinstance(line, str) else line
    return Text(words, style=style)
