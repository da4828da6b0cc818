"""Writes the pages that come from the program itself, so that they cannot drift: `python docs/build.py`.

A test compares what stands in docs/ with what this would write.
"""

from __future__ import annotations

import os
from pathlib import Path

import click

from reportedly import cli
from reportedly.model.schema import SCHEMAS
from reportedly.settings import PREFIX, Settings, dotted

HERE = Path(__file__).parent
_EXIT = (
    (0, "all well"),
    (2, "the command makes no sense as given"),
    (3, "nothing could be read at all"),
    (4, "the ledger cannot be used"),
    (5, "a part is not installed"),
    (10, "done, some documents were set aside (`reportedly rejects` lists them)"),
    (130, "interrupted; the same command goes on where it stopped"),
)


def cli_page() -> str:
    """The command line: each verb's help as it prints it."""
    parts = [
        "# The command line\n",
        "Data goes to standard output, everything else to standard error. Without `--format` rows are a table on a",
        "terminal and JSON lines in a pipe. CSV cells cannot become formulas; contacts are masked everywhere but in",
        "the text itself.\n",
        "| exit code | meaning |\n|---|---|",
        *(f"| {code} | {meaning} |" for code, meaning in _EXIT),
        "",
        _block("reportedly --help", _help([])),
    ]
    for verb in cli.VERBS:
        parts.append(f"## {verb}\n")
        parts.append(_block(f"reportedly {verb} --help", _help([verb])))
    parts.append("## Rows\n")
    parts.append("`reportedly schema NAME` prints the JSON Schema of each; keys come in this order.\n")
    parts.append("| row | keys |\n|---|---|")
    parts.extend(f"| {name} | {', '.join(f'`{key}`' for key in shape)} |" for name, shape in SCHEMAS.items())
    return "\n".join(parts) + "\n"


def settings_page() -> str:
    """Every setting with its default and variable."""
    rows = "\n".join(
        f"| `{name}` | `{_shown(value)}` | `{PREFIX}{name.replace('.', '_').upper()}` |"
        for name, value in dotted(Settings()).items()
    )
    return (
        "# Settings\n\nOptions of the command line come before `REPORTEDLY_*` variables, these before\n"
        "`reportedly.toml` in the working folder, this before the user's file (`reportedly config show`\n"
        "names it), this before the defaults. An unknown name is an error that tells the nearest one. The settings\n"
        "of all rooms but `run` make the hash that is kept with every run.\n\n"
        '```toml\n[run]\nworkers = 2\n\n[attribute]\nattributor = "rules"\n```\n\n'
        f"| setting | default | variable |\n|---|---|---|\n{rows}\n"
    )


def _shown(value: object) -> str:
    return ", ".join(value) if isinstance(value, tuple) else "" if value is None else str(value)


def _help(args: list[str]) -> str:
    command: click.Command = cli.root
    names = ["-h", "--help"]
    context = click.Context(command, info_name="reportedly", terminal_width=100, help_option_names=names)
    for name in args:
        assert isinstance(command, click.Group)
        found = command.get_command(context, name)
        assert found is not None
        command = found
        context = click.Context(command, info_name=name, parent=context, terminal_width=100)
    return command.get_help(context)


def _block(command: str, output: str) -> str:
    body = "\n".join(line.rstrip() for line in output.splitlines())
    return f"```\n$ {command}\n{body}\n```\n"


def pages() -> dict[str, str]:
    """File name and text of each generated page."""
    os.environ["COLUMNS"] = "100"
    return {"cli.md": cli_page(), "settings.md": settings_page()}


if __name__ == "__main__":
    for name, text in pages().items():
        (HERE / name).write_text(text, encoding="utf-8")
