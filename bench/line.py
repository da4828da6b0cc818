"""The whole program: start-up, words a second of `read`, articles a second and memory of `add`.

Run: python -m bench.line. Needs ../shared/data/fa_kes (804 articles); the peer in the same run is a reader of 60 lines
that splits sentences and finds `said` by a regular expression, without a parser: what reading alone costs.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ARTICLES = Path(__file__).resolve().parents[2] / "shared" / "data" / "fa_kes" / "articles.jsonl"
COMMAND = [sys.executable, "-m", "reportedly"]


def seconds(command: list[str], runs: int = 5) -> float:
    """Wall seconds of a command, the median of some runs."""
    times = []
    for _ in range(runs):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        times.append(time.perf_counter() - began)
    return sorted(times)[runs // 2]


def plain_regex_reader(texts: list[str]) -> tuple[int, float]:
    """Reports found by a regular expression alone, and the CPU seconds it took."""
    pattern = re.compile(
        r"([A-Z][\w.]+(?: [A-Z][\w.]+)*) (?:said|says|told \w+|reported)(?: that)? ([^.]+)\.|[“\"]([^”\"]+)[”\"]"
    )
    began = time.process_time()
    found = sum(len(pattern.findall(text)) for text in texts)
    return found, time.process_time() - began


def add(ledger: Path, attributor: str, workers: int) -> tuple[float, str]:
    """Wall seconds of `reportedly add` of all articles, and its last line."""
    began = time.perf_counter()
    options = ["--attributor", attributor, "--workers", str(workers)]
    done = subprocess.run(
        [*COMMAND, "add", str(ledger), str(ARTICLES), *options], check=False, capture_output=True, text=True
    )
    return time.perf_counter() - began, (done.stderr.strip().splitlines() or [""])[-1]


def main() -> None:
    print(f"reportedly --help              {1000 * seconds([*COMMAND, '--help']):.0f} ms (aim < 150)")
    if not ARTICLES.exists():
        print("FA-KES is not here (../shared/data/fa_kes): the rest is left out.")
        return
    texts = [json.loads(line)["text"] for line in ARTICLES.read_text(encoding="utf-8").splitlines()]
    words = sum(len(text.split()) for text in texts)
    found, cpu = plain_regex_reader(texts)
    print(f"plain regular expressions      {words / cpu:,.0f} words/s, {found} stretches, no chain, no figure")
    with tempfile.TemporaryDirectory() as folder:
        for attributor in ("rules", "model"):
            for workers in (1, 2):
                ledger = Path(folder) / f"{attributor}{workers}.ledger"
                wall, last = add(ledger, attributor, workers)
                rate = f"{len(texts) / wall:.1f} articles/s, {words / wall / workers:,.0f} words/s/core"
                print(f"add, {attributor}, {workers} worker(s)      {rate}  ({last})")
        wall, last = add(Path(folder) / "rules1.ledger", "rules", 1)
        print(f"add again                      {wall:.1f} s  ({last})")


if __name__ == "__main__":
    main()
