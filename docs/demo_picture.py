"""Make docs/images/demo.svg: an excerpt of `reportedly demo`, recorded from a run over the bundled example.

python docs/demo_picture.py            writes the picture
python docs/demo_picture.py --check    ends with 1 if the picture is not what a run gives now
"""

from __future__ import annotations

import io
import re
import sys
import tempfile
from contextlib import chdir
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from reportedly import ledger as ledgers
from reportedly import run
from reportedly.cli import touring
from reportedly.cli.stops import Stop

PICTURE = Path(__file__).resolve().parent / "images" / "demo.svg"
WIDTH = 96
SHOWN = ("Who said it, and through whom", "One matter, several origins", "What was denied", "The same text again")
DARK = "48 4f 58,ff 7b 72,3f b9 50,d2 99 22,58 a6 ff,bc 8c ff,39 c5 cf,b1 ba c4"
BRIGHT = "6e 76 81,ff a1 98,56 d3 64,e3 b3 41,79 c0 ff,d2 a8 ff,56 d4 dd,f0 f6 fc"
"""Eight colours each, red green blue in hexadecimal."""


def colours(listed: str) -> list[tuple[int, int, int]]:
    """Colours from their listing."""
    return [(int(c[:2], 16), int(c[3:5], 16), int(c[6:], 16)) for c in listed.split(",")]


THEME = TerminalTheme((22, 27, 34), (230, 237, 243), colours(DARK), colours(BRIGHT))


def stops() -> list[Stop]:
    """The stops that the picture shows, from a fresh run."""
    from reportedly import example

    settings = touring.example_settings(workers=1)
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        path = Path("demo.ledger")
        with ledgers.open(path, create=True) as kept:
            run.add(kept, [str(example.articles())], settings, executor=run.Inline())
            found = {stop.title: stop for stop in touring.tour(kept, path, settings)}
    return [found[title] for title in SHOWN if title in found]


def picture() -> str:
    """The picture as SVG: no link to anything outside the file, the same bytes for the same answers."""
    console = Console(
        record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="truecolor", highlight=False
    )
    console.print(Text("$ reportedly demo", style="bold green"))
    for stop in stops():
        touring.show_stop(stop, console)
    svg = console.export_svg(title="reportedly demo", theme=THEME, unique_id="demo")
    svg = re.sub(r"<!-- .*? -->\s*", "", svg)
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.S)
    return svg.replace("Fira Code", "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas").rstrip() + "\n"


def main() -> int:
    """Write or check the picture."""
    svg = picture()
    if "--check" in sys.argv[1:]:
        same = PICTURE.is_file() and PICTURE.read_text(encoding="utf-8") == svg
        sys.stderr.write("The picture is up to date.\n" if same else "It differs: run python docs/demo_picture.py\n")
        return 0 if same else 1
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    PICTURE.write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
