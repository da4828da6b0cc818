"""Options that several verbs share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from reportedly.cli.output import FORMATS

F = TypeVar("F", bound=Callable[..., Any])

ledger_argument = click.argument("ledger", type=click.Path())
format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="How rows are printed. Without it: a table on a terminal, JSON lines in a pipe.",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="No progress and no summary on standard error.")


def reading_options(command: F) -> F:
    """Options of the verbs that read documents."""
    for option in (
        quiet_option,
        click.option("--published", metavar="DATE", help="Publication day (ISO 8601) of documents that state none."),
        click.option("--attributor", type=click.Choice(("rules", "model")), help="Who finds attributions."),
        click.option("--workers", type=click.IntRange(min=0), help="Processes; 0 or nothing: one for each core."),
    ):
        command = option(command)
    return command


def settings_of(
    *, workers: int | None = None, attributor: str | None = None, published: str | None = None, keep: str | None = None
) -> Any:
    """The settings in force, the options of this call on top."""
    from reportedly.settings import load

    return load(
        {
            "run.workers": workers,
            "attribute.attributor": attributor,
            "ingest.published": checked_day(published, "--published"),
            "ledger.keep": keep,
        }
    )


def checked_day(day: str | None, option: str) -> str | None:
    """An ISO 8601 day (or year, or month: its first day). Raises UsageError for anything else."""
    from datetime import date

    from reportedly.errors import UsageError

    if day is None:
        return None
    parts = [*day.split("-"), "01", "01"][:3] if len(day) in (4, 7) else [day]
    try:
        return date.fromisoformat("-".join(parts)).isoformat()
    except ValueError:
        raise UsageError(f"{option} wants a day such as 2031-05-04, not '{day}'.") from None
