"""The verb `demo`: the bundled example read, and a tour of what the ledger then holds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportedly.cli import output, wording
from reportedly.cli.output import Column, note

if TYPE_CHECKING:
    from reportedly.ledger import Ledger

Row = dict[str, Any]
_CHARS = 220


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop of the tour: a heading, a sentence, rows or lines, and the verb that shows more."""

    title: str
    text: str
    rows: Sequence[Row] = ()
    columns: Sequence[Column] = ()
    lines: Sequence[str] = ()
    more: str = ""


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
    from reportedly import example, run
    from reportedly import ledger as ledgers
    from reportedly.cli.reading import progress, summary
    from reportedly.settings import load

    path = Path(ledger) if ledger else fresh_path()
    settings = load({**example.settings(), "run.workers": workers})
    articles = [str(example.articles())]
    with ledgers.open(path, create=True) as kept:
        with progress(articles, quiet=quiet) as watcher:
            added = run.add(kept, articles, settings, watcher=watcher)
        if not quiet:
            note(summary(added, str(path)))
        for stop in stops(kept, path, settings):
            show_stop(stop, path)
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


def show_stop(stop: Stop, path: Path) -> None:
    """Print one stop."""
    from rich.text import Text

    console = output.console()
    console.print()
    console.print(Text(stop.title, style="bold"))
    console.print(Text(stop.text))
    for line in stop.lines:
        console.print(Text(f"  {line}"))
    if stop.rows:
        output.write_table(stop.rows, stop.columns, empty="")
    if stop.more:
        console.print(Text(f"  More: reportedly {stop.more.format(ledger=path)}", style="dim"))


def stops(ledger: Ledger, path: Path, settings: Any) -> Iterator[Stop]:
    """The stops of the tour, each only where the ledger has something to show there."""
    from reportedly.ledger import ClaimFilter

    claims = list(ledger.claims(ClaimFilter()))
    yield _read(ledger)
    yield from _chain(claims)
    yield from _figures(claims)
    yield from _denials(claims)
    yield from _copies(ledger, path, settings)
    yield from _labels(ledger)


def _read(ledger: Ledger) -> Stop:
    documents, counts = list(ledger.documents()), ledger.counts()
    outlets = {row["outlet"] for row in documents if row["outlet"]}
    undated = sum(row["published"] is None for row in documents)
    text = (
        f"{counts['documents']} documents of {len(outlets)} outlets ({undated} without a day): "
        f"{counts['attributions']} attributions, {counts['claims']} claims, {counts['quantities']} figures, "
        f"{counts['places']} places."
    )
    aside = [f"set aside: {wording.base(row['file'])}: {row['message']}" for row in ledger.rejects()]
    return Stop(title="What was read", text=text, lines=aside, more="show {ledger}")


def _chain(claims: Sequence[Row]) -> Iterator[Stop]:
    nested = [row for row in claims if len(row["chain"]) > 1]
    if nested:
        row = max(nested, key=_telling)
        lines = [
            f"{row['outlet'] or wording.base(row['file'])}, {wording.day(row['published'])}:",
            f"“{wording.short(row['text'], _CHARS)}”",
            f"heard through: {wording.chain_text(row['chain'])}",
        ]
        text = f"{len(nested)} claims came through more than one voice. The longest way that one took:"
        yield Stop(title="Who said it, and through whom", text=text, lines=lines, more="sources {ledger}")


def _telling(row: Row) -> tuple[int, int, int, str]:
    """How much a nested claim shows: different voices first, then its figures, then how fully it is told."""
    names = {(hop["name"] or "").casefold() for hop in row["chain"]}
    return len(names), len(row["quantities"]) + len(row["places"]), min(len(row["text"]), _CHARS), row["id"]


def _as_said(row: output.Row) -> str:
    """The figure; one that its source denies is never shown as if it were given."""
    return ("denied: " if row["attribution_polarity"] == "denied_by_source" else "") + wording.figure(row["figure"])


_FIGURES = (
    Column(name="day", cell=lambda row: wording.day(row["published"])),
    Column(name="outlet", cell=lambda row: row["outlet"] or "not stated", ratio=2),
    Column(name="heard_through", cell=lambda row: wording.chain_text(row["chain"], voice=row["voice"]), ratio=4),
    Column(name="figure", cell=_as_said, right=True),
    Column(name="words", cell=lambda row: wording.short(row["text"], _CHARS // 2), ratio=6),
)


def _figures(claims: Sequence[Row]) -> Iterator[Stop]:
    """The measure and place for which most origins give a figure, each with its bounds."""
    groups: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in claims:
        for quantity in row["quantities"]:
            for place in dict.fromkeys(each["name"] for each in row["places"]):
                if quantity["measure"] not in ("count", "distance", "area", "money"):
                    groups[quantity["measure"], place].append({**row, "figure": quantity})
    ranked = sorted(groups.items(), key=lambda item: (-len(_origins(item[1])), -len(item[1]), item[0]))
    if ranked and len(_origins(ranked[0][1])) > 1:
        (measure, place), rows = ranked[0]
        text = f"{measure.capitalize()} in {place}: {origin_count(rows)}. Figures stand as said, none is added up."
        more = f'claims {{ledger}} --measure {measure} --place "{place}"'
        yield Stop(title="One matter, several origins", text=text, rows=rows[:12], columns=_FIGURES, more=more)


def _origins(rows: Sequence[Row]) -> set[tuple[str, str | None]]:
    return {(row["anonymity"], row["origin"]) for row in rows}


def origin_count(rows: Sequence[Row]) -> str:
    """Origins by kind, never as one number.

    >>> origin_count([{"anonymity": "named", "origin": "A"}, {"anonymity": "unknown", "origin": None}])
    '1 named, 0 anonymous, 1 unknown'
    """
    kinds = [("named" if kind == "office" else kind) for kind, _ in _origins(rows)]
    return ", ".join(f"{kinds.count(kind)} {kind}" for kind in ("named", "anonymous", "unknown"))


_DENIALS = (
    Column(name="day", cell=lambda row: wording.day(row["published"])),
    Column(name="who", cell=lambda row: wording.chain_text(row["chain"], voice=row["voice"]), ratio=3),
    Column(name="denies", cell=lambda row: wording.short(row["text"], _CHARS), ratio=7),
)


def _denials(claims: Sequence[Row]) -> Iterator[Stop]:
    denied = [row for row in claims if row["attribution_polarity"] == "denied_by_source"]
    if denied:
        text = f"{len(denied)} claims are reported as denied by the voice they are tied to."
        yield Stop(title="What was denied", text=text, rows=denied[:5], columns=_DENIALS, more="claims {ledger}")


def _copies(ledger: Ledger, path: Path, settings: Any) -> Iterator[Stop]:
    if not ledger.counts()["documents"]:
        return
    from reportedly.copies import tree
    from reportedly.run import copying

    found = copying.copies(ledger, copying.index_folder(path), settings)
    if found.families:
        family = max(found.families, key=lambda family: (len(family.members), family.members))
        text = f"{len(found.families)} families of reposts; each counts once when origins are counted. The largest:"
        folders = {source.name[: -len(wording.base(source.name))] for source in found.sources.values()} - {""}
        lines = [_without(folders, line) for line in tree(family, found.links, found.sources)]
        yield Stop(title="The same text again", text=text, lines=lines, more="copies {ledger} --families")


def _without(folders: set[str], line: str) -> str:
    for folder in folders:
        line = line.replace(folder, "")
    return line


_LABELS = (
    Column(name="word", cell=lambda row: row["label"], ratio=2),
    Column(name="class", cell=lambda row: row["class"]),
    Column(name="whose_word", cell=lambda row: row["speaker"], ratio=2),
    Column(name="outlet", cell=lambda row: row["outlet"], ratio=2),
    Column(name="in_quotation_marks", cell=lambda row: row["in_quote"]),
    Column(name="times", cell=lambda row: row["count"], right=True),
)


def _labels(ledger: Ledger) -> Iterator[Stop]:
    rows = [row for row in ledger.labels() if row["class"] in ("contested", "pejorative")]
    if rows:
        text = "Words that take a side, each with its owner: in quotation marks the quoted voice, else who reports."
        yield Stop(title="Who calls whom what", text=text, rows=rows[:8], columns=_LABELS, more="labels {ledger}")
