"""Linking of mentions to known actors, beside nomenklatura's NameMatcher in the same run.

Run: python -m bench.actors [--misses]. Needs ../shared/data/actors (34 actors, 98 mentions, 14 of nobody on the list).
F1: a link is right where it names the gold actor; a mention of nobody that is linked is a false alarm. The peer runs in
an environment of its own (uv, from the package index, pinned); its threshold is the one that suits it best on this set.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from reportedly.resolve.actors import Entry, Register

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "actors" / "actors.dev.json"
ROOT = Path(__file__).resolve().parents[1]
PEER = ("nomenklatura==3.15.0", "rigour<0.10")
Link = Callable[[str], "str | None"]

PEER_CODE = """
import json, sys, time
from followthemoney import model
from nomenklatura.matching import NameMatcher
data = json.load(open(sys.argv[1]))
schema = {"PER": "Person", "ORG": "Organization"}
def entity(id, kind, names):
    e = model.make_entity(kind); e.id = id
    for name in names: e.add("name", name, quiet=True)
    return e
known = [entity(k, schema[v[1]], [v[0], *v[2]]) for k, v in data["kb"].items()]
def score(a, b): return NameMatcher.compare(a, b).score
began = time.process_time()
rows = []
for mention, gold in data["mentions"]:
    best = max(((score(entity("m", k.schema.name, [mention]), k), k.id) for k in known))
    rows.append([mention, gold, best[0], best[1]])
print(json.dumps({"rows": rows, "seconds": time.process_time() - began}))
"""


def figures(mentions: Sequence[Sequence[str | None]], links: Sequence[str | None]) -> tuple[float, int]:
    """F1 in percent, and how many mentions of nobody were linked."""
    right = sum(link is not None and link == gold for (_, gold), link in zip(mentions, links, strict=True))
    made, wanted = sum(link is not None for link in links), sum(gold is not None for _, gold in mentions)
    wrong = sum(link is not None and gold is None for (_, gold), link in zip(mentions, links, strict=True))
    return 200 * right / max(1, made + wanted), wrong


def peer() -> tuple[list[list[object]], float] | None:
    """The peer's best candidate and score for every mention, and its CPU seconds; None where it cannot be had."""
    uv = shutil.which("uv") or str(ROOT / ".venv-uv" / "bin" / "uv")
    if not Path(uv).exists():
        return None
    packages = [part for name in PEER for part in ("--with", name)]
    command = [uv, "run", "-q", "--no-project", "--no-build", "--python", sys.executable, *packages, "python", "-c"]
    done = subprocess.run([*command, PEER_CODE, str(DATA)], capture_output=True, text=True, check=False, timeout=300)
    if done.returncode:
        return None
    found = json.loads(done.stdout.splitlines()[-1])
    return found["rows"], found["seconds"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--misses", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    if not DATA.exists():
        print("../shared/data/actors is not here: left out.")
        return
    data = json.loads(DATA.read_text(encoding="utf-8"))
    mentions = data["mentions"]
    register = Register(
        Entry(id=k, name=v[0], kind=v[1], aliases=tuple(v[2]), roles=tuple(v[3])) for k, v in data["kb"].items()
    )
    began = time.process_time()
    links = [register.link(mention) for mention, _ in mentions]
    seconds = time.process_time() - began
    f1, unknown = figures(mentions, links)
    print(f"reportedly      F1 {f1:.1f}, {unknown} of nobody linked, {len(mentions) / seconds:,.0f} mentions/s")
    if options.misses:
        for (mention, gold), link in zip(mentions, links, strict=True):
            if link != gold:
                print(f"  {mention!r}: {link}, wanted {gold}")
    found = peer()
    if found is None:
        print("nomenklatura could not be had from the package index: left out.")
        return
    rows, seconds = found
    scored = [(float(str(s)), str(best)) for _, _, s, best in rows]
    tried = [(figures(mentions, [b if s >= t / 100 else None for s, b in scored]), t / 100) for t in range(30, 100, 2)]
    (f1, unknown), threshold = max(tried, key=lambda row: (row[0][0], -row[0][1]))
    rate = f"{len(mentions) / seconds:,.0f} mentions/s"
    print(f"nomenklatura    F1 {f1:.1f}, {unknown} of nobody linked (threshold {threshold}), {rate}")


if __name__ == "__main__":
    main()
