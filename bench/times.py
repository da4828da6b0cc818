"""Times on 94 newswire texts with TIMEX3 and on our own phrases: the program beside its peers, in one run.

Usage: python bench/times.py [--part tuned|held|all] [--json] [--no-peers]

Texts are scored by `score_timex.py` of the shared tools (strict and relaxed spans, value F1, exact intervals); tokens
per CPU-second count words between blanks. `tuned` are the texts that rules were written on (3 of 5 by the hash of their
beginning, so that two versions of a text stay together), `held` the rest, looked at only as a number.
Phrases are those of tests/resolve/times/phrases.jsonl: the share whose [from, to) comes out exactly (for a phrase
without an interval: that none is given).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
Found = list[dict]
System = Callable[[str, str], Found]


def ours(text: str, published: str) -> Found:
    """The program."""
    from reportedly.resolve.times import find

    return [
        {"start": w.span.start, "end": w.span.end, "from": w.from_, "to": w.to, "type": w.timex and w.timex[0],
         "value": w.timex and w.timex[1]}
        for w in find(text, published=published)
    ]  # fmt: skip


def dateparser_search(text: str, published: str) -> Found:
    """dateparser's search: one moment a find, taken as its day."""
    from dateparser.search import search_dates

    options = {"RELATIVE_BASE": datetime.fromisoformat(published), "PREFER_DATES_FROM": "past"}
    found, at = [], 0
    for words, moment in search_dates(text, languages=["en"], settings=options) or []:
        start = text.find(words, at)
        if start < 0:
            continue
        at = start + len(words)
        day = moment.date()
        found.append(
            {"start": start, "end": at, "from": str(day), "to": str(day + timedelta(days=1)), "value": str(day)}
        )
    return found


def recognizers() -> System:
    """Microsoft's recognizers-text: of its readings the latest that does not lie after the day of publication."""
    import emoji

    if not hasattr(emoji, "UNICODE_EMOJI"):  # the name that recognizers-text expects left emoji with version 2
        emoji.UNICODE_EMOJI = {"en": emoji.EMOJI_DATA}
    from recognizers_date_time import Culture, DateTimeRecognizer

    model = DateTimeRecognizer(Culture.English).get_datetime_model()

    def search(text: str, published: str) -> Found:
        found = []
        for hit in model.parse(text, datetime.fromisoformat(published)):
            readings = (hit.resolution or {}).get("values") or []
            before = [r for r in readings if (r.get("value") or r.get("start") or "") <= published + "T"]
            reading = (before or readings or [{}])[-1]
            found.append({"start": hit.start, "end": hit.end + 1, **interval_of(reading)})
        return found

    return search


def interval_of(reading: dict) -> dict:
    """The interval and the TIMEX3 value of one reading of recognizers-text."""
    timex = re.sub(r"\(.*?,(P[^)]*)\)", r"\1", reading.get("timex") or "")
    if reading.get("type") == "date" and (day := reading.get("value", "")) and day[:1].isdigit():
        after = datetime.fromisoformat(day) + timedelta(days=1)
        return {"from": day, "to": f"{after:%Y-%m-%d}", "value": day}
    if "start" in reading or "end" in reading:
        moments = [str(reading.get(key, "")).replace(" ", "T") or None for key in ("start", "end")]
        return {"from": moments[0], "to": moments[1], "value": timex}
    if reading.get("type") == "duration":
        return {"from": None, "to": None, "value": timex}
    value = str(reading.get("value", "")).replace(" ", "T")
    return {"from": value or None, "to": None, "value": value or timex}


def texts(part: str) -> list[dict]:
    """The newswire texts of one part."""
    lines = (SHARED / "data" / "times" / "newswire_timex.dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()]
    return [row for row in rows if part == "all" or held(row) == (part == "held")]


def held(row: dict) -> bool:
    """Whether a text belongs to the part that no rule was written on."""
    return int(hashlib.md5(row["text"][:200].encode()).hexdigest(), 16) % 5 < 2


def score_texts(system: System, rows: list[dict]) -> dict[str, float]:
    """Figures of score_timex.py, and the speed."""
    sys.path.insert(0, str(SHARED / "tools"))
    import score_timex

    predicted: dict[str, Found] = {}
    started = time.process_time()
    for row in rows:
        predicted[row["doc"]] = system(row["text"], row["dct"][:10])
    spent = time.process_time() - started
    for found in predicted.values():
        for item in found:
            item["bounds"] = tuple(score_timex.parse_moment(item[key]) for key in ("from", "to"))
    figures = score_timex.score(rows, predicted)
    tokens = sum(len(row["text"].split()) for row in rows)
    names = {"strict.f1": "strict", "relaxed.f1": "relaxed", "value.f1": "value", "interval.recall": "interval"}
    return {new: 100 * (figures[old] or 0.0) for old, new in names.items()} | {"tokens/s": tokens / spent}


def score_phrases(system: System) -> float:
    """Share of our own phrases whose interval comes out exactly."""
    lines = (ROOT / "tests" / "resolve" / "times" / "phrases.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["published"]]
    return 100 * sum(phrase_is_right(system, row) for row in rows) / len(rows)


def phrase_is_right(system: System, row: dict) -> bool:
    """Whether one of the finds inside the phrase has its interval, or none has any where it has none."""
    start = row["carrier"].index("{}")
    text = row["carrier"].replace("{}", row["text"])
    found = system(text, row["published"])
    inside = [f for f in found if f["start"] < start + len(row["text"]) and start < f["end"]]
    if row["from"] is None and row["to"] is None:
        return bool(inside) and not any(f["from"] or f["to"] for f in inside)
    wanted = (moment(row["from"]), moment(row["to"]))
    return any((moment(f["from"]), moment(f["to"])) == wanted for f in inside)


def moment(value: str | None) -> datetime | None:
    """An ISO 8601 moment without its zone; None where it cannot be read."""
    try:
        return datetime.fromisoformat(value).replace(tzinfo=None) if value else None
    except ValueError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("tuned", "held", "all"), default="held")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-peers", action="store_true")
    options = parser.parse_args()
    systems: dict[str, System] = {"reportedly": ours}
    if not options.no_peers:
        systems |= {"recognizers-text": recognizers(), "dateparser": dateparser_search}
    rows = texts(options.part)
    table = {name: score_texts(system, rows) | {"phrases": score_phrases(system)} for name, system in systems.items()}
    if options.json:
        print(json.dumps({"part": options.part, "documents": len(rows), "systems": table}))
        return
    print(f"{len(rows)} texts ({options.part})")
    print(f"{'':18}" + "".join(f"{key:>10}" for key in table["reportedly"]))
    for name, figures in table.items():
        print(
            f"{name:18}"
            + "".join(f"{value:10.1f}" if key != "tokens/s" else f"{value:10.0f}" for key, value in figures.items())
        )


if __name__ == "__main__":
    main()
