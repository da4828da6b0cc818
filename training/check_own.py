"""Turn the annotated texts of training/own/*.txt into JSON Lines and check them.

Usage: check_own.py [--write] [--show FILE-ID] [--shared DIR]

The markup is described in training/own/README.md. Every item is ours, invented from start to end. Without `--write`
nothing is written; problems go to standard error and make the exit code 1. `--shared` also looks for runs of eight
words that stand in the source articles or the corpora.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent / "own"
OPEN = re.compile(r"\{([a-z]+)(?:=([a-z]))?([@!:^])")
ROLES = {"@": "source", "!": "cue", ":": "content", "^": "relay"}
TYPES = ("speech", "belief", "intention", "accusation", "request", "evidence", "other")
FORMS = ("direct", "indirect", "mixed")
POLARITY = {"denied": "denied_by_source", "notsaid": "not_said"}
STANCES = ("doubt", "endorse", "hostile")
ANONYMITY = {"n": "named", "o": "office", "x": "anonymous", "?": "unknown"}
QUOTED = re.compile(
    r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)|„[^“”]*(?:[“”]|$)|``.*?(?:''|$)|''.*?(?:''|$)"
    r"|(?<!\w)‘.*?(?:’(?!\w)|$)|(?<!\w)’.*?(?:’(?!\w)|$)|(?<!\w)'.*?(?:'(?!\w)|$)",
    re.DOTALL,
)
PRONOUNS = frozenset("i he she it they we who whom which that her his their its him them my our those this".split())
ANONYMOUS = re.compile(
    r"\b(sources?|witness\w*|residents?|villagers?|neighbou?rs?|survivors?|insiders?|diplomats?|officials?|officers?|"
    r"activists?|people|person|man|woman|locals?|rebels|fighters?|workers?|one|another|some|others|many|critics|analysts?|"
    r"experts?|observers|relatives|doctors?|nurses?|teachers?|traders?|shoppers|passers-by|rumou?rs?|estimates|media|reports|"
    r"parents|passengers?|employees?|staff|aides?|lawyers?|soldiers?|farmers?|several|few|fishermen|miners|prisoners?)\b",
    re.IGNORECASE,
)
RUN = 8


@dataclass(slots=True)
class Record:
    """One attribution while it is read: spans are [start, end] pairs of code points."""

    key: str
    spans: dict[str, list[list[int]]] = field(default_factory=lambda: {role: [] for role in ROLES.values()})
    flags: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    continues: str | None = None
    parent: str | None = None


@dataclass(slots=True)
class Item:
    """One annotated text: `article` groups what may not be parted between training and test."""

    doc_id: str
    theme: str
    tags: list[str]
    text: str
    records: list[Record]
    problems: list[str]

    @property
    def split(self) -> str:
        """Two items of nine, chosen by its words, so that editing the markup or adding items moves nothing.

        >>> Item("own-x", "x", [], "The dam held, Orla Venn said.", [], []).split in ("train", "test")
        True
        """
        return "test" if int(digest(self.text), 16) % 9 < 2 else "train"


def digest(text: str) -> str:
    return hashlib.sha256(re.sub(r"\W+", " ", text.lower()).encode()).hexdigest()[:8]


def parse(markup: str) -> tuple[str, list[Record], list[str]]:
    """Text without marks, the records in order of their first mark, and what is wrong with the marks.

    >>> text, records, problems = parse("{a@Orla Venn} {a!said} {a:the dam held}.")
    >>> text, records[0].spans["content"], problems
    ('Orla Venn said the dam held.', [[15, 27]], [])
    """
    out: list[str] = []
    length, at = 0, 0
    open_marks: list[tuple[str, str | None, str, int]] = []
    records: dict[str, Record] = {}
    problems: list[str] = []
    while at < len(markup):
        if found := OPEN.match(markup, at):
            open_marks.append((found[1], found[2], ROLES[found[3]], length))
            for key in found[1]:
                records.setdefault(key, Record(key))
            at = found.end()
        elif markup[at] in "|}" and open_marks:
            end = markup.find("}", at)
            if end < 0:
                problems.append("a flag is never closed")
                break
            letters, head, role, start = open_marks.pop()
            flags = [flag for flag in markup[at:end].split("|") if flag]
            for key in letters:
                close(records[key], role, [start, length], flags, head)
            at = end + 1
        else:
            if markup[at] in "{}|":
                problems.append(f"stray {markup[at]!r} near {markup[max(0, at - 20) : at + 20]!r}")
            out.append(markup[at])
            length += 1
            at += 1
    problems += [f"{letters} {role} is never closed" for letters, _, role, _ in open_marks]
    ordered = sorted(records.values(), key=lambda record: (first(record), record.key))
    return "".join(out), ordered, problems


def first(record: Record) -> int:
    return min((span[0] for spans in record.spans.values() for span in spans), default=0)


def close(record: Record, role: str, span: list[int], flags: list[str], head: str | None) -> None:
    if span[0] < span[1]:
        record.spans[role].append(span)
    record.continues = head or record.continues
    for flag in flags:
        if flag.startswith("="):
            record.names[role] = flag[1:]
        elif flag in ANONYMITY:
            record.kinds[role] = ANONYMITY[flag]
        else:
            record.flags.append(flag)


def covers(outer: Record, inner: Record) -> bool:
    spans = outer.spans["content"]
    return all(any(s <= a and b <= e for s, e in spans) for a, b in inner.spans["content"])


def weight(record: Record) -> int:
    return sum(e - s for s, e in record.spans["content"])


def link(records: list[Record], problems: list[str]) -> None:
    """Set parents: the narrowest content that covers a record's content; of equal ones the letters give the order."""
    for record in records:
        forced = [flag[3:] for flag in record.flags if flag.startswith("in=")]
        if forced:
            record.parent = forced[0] if forced[0] != "-" else None
            continue
        around = [
            (weight(other), -ord(other.key), other.key)
            for other in records
            if other is not record
            and record.spans["content"]
            and covers(other, record)
            and (weight(other) > weight(record) or other.key < record.key)
        ]
        record.parent = min(around)[2] if around else None
    link_continuations(records, problems)


def link_continuations(records: list[Record], problems: list[str]) -> None:
    """A continuation stands where its head stands; one without a proper head is named and taken as a head."""
    by_key = {record.key: record for record in records}
    for record in [record for record in records if record.continues]:
        head = by_key.get(record.continues or "")
        if head is None or head is record or head.continues:
            fault = "which is not there" if head is None else "which is no head"
            problems.append(f"{record.key} continues {record.continues}, {fault}")
            record.continues = None
        else:
            record.parent = head.parent


def form_of(content: str) -> str:
    """direct, indirect or mixed, by the quotation marks of the content.

    >>> form_of("“We left,”"), form_of("they “left”"), form_of("they left the town's hall")
    ('direct', 'mixed', 'indirect')
    """
    rest = QUOTED.sub("", content)
    if rest == content:
        return "indirect"
    return "mixed" if re.search(r"\w", rest) else "direct"


def anonymity_of(words: str) -> str:
    """A first guess at the kind of a source, which a flag in the markup overrules."""
    plain = re.sub(r"^(?:an?|the|two|three|four|one|some|several|many)\s+", "", words.strip(), flags=re.IGNORECASE)
    head = re.split(r"\b(?:of|in|at|from|on|close|near|with|for|familiar|inside|who|briefed)\b", plain)[0]
    several = plain != words.strip() or len(plain.split()) > 1
    starts_upper = plain[:1].isupper() and (several or not ANONYMOUS.search(plain))
    if ANONYMOUS.search(head) and not re.search(r"\b[A-Z]\w+ [A-Z]\w+", head):
        return "anonymous"
    return "named" if starts_upper or re.search(r"\b[A-Z]", plain) else "office"


def stands_in(name: str, words: str, text: str) -> bool:
    """Whether a reader can find the name in the text: one of its longer words stands there."""
    around = text.lower().replace(words.lower(), "", 1) if len(words) > 3 else text.lower()
    return any(word in around for word in re.findall(r"\w{4,}", name.lower()))


def hop(record: Record, role: str, text: str, problems: list[str]) -> dict[str, str | None]:
    spans = record.spans[role]
    words = " ".join(text[s:e] for s, e in spans)
    name = record.names.get(role) or (record.names.get("cue") if role == "source" else None)
    kind = record.kinds.get(role) or (record.kinds.get("cue") if role == "source" else None)
    if not name and not words:
        return {"name": None, "anonymity": "unknown"}
    if not name and words.lower() in PRONOUNS and kind is None:
        problems.append(f"{record.key}: pronoun {words!r} without |=name")
    if name and words.lower() in PRONOUNS and not stands_in(name, words, text):
        return {"name": words, "anonymity": "unknown"}
    if name and not words and not stands_in(name, words, text):
        problems.append(f"{record.key}: {name!r} stands nowhere in the text")
    name = name or re.sub(r"['’]s$", "", words.split(", ")[0]).strip(" ,")
    return {"name": name, "anonymity": kind or anonymity_of(name)}


def chain_of(record: Record, by_key: dict[str, Record], text: str, problems: list[str]) -> list[dict[str, str | None]]:
    """Hops from the outermost voice to the origin: those of the parent, the relay, the record's own."""
    if record.continues:
        return chain_of(by_key[record.continues], by_key, text, problems)
    chain = chain_of(by_key[record.parent], by_key, text, problems) if record.parent else []
    if record.spans["relay"]:
        chain.append(hop(record, "relay", text, problems))
    return [*chain, hop(record, "source", text, problems)]


def first_flag(record: Record, known: Iterable[str], default: str) -> str:
    return next((flag for flag in record.flags if flag in known), default)


def row(item: Item) -> dict[str, Any]:
    """The JSON object of one item. Spans are [start, end), in code points of `text`."""
    by_key = {record.key: record for record in item.records}
    names = {record.key: f"a{n:02d}" for n, record in enumerate(item.records, 1)}
    attributions = []
    for record in item.records:
        content = record.spans["content"]
        words = " ".join(item.text[s:e] for s, e in content)
        start = content[0][0] if content else 0
        lead = re.search(r"\b[Tt]hat\s+$", item.text[:start])
        head = by_key[record.continues] if record.continues else record
        polarity = first_flag(head, POLARITY, "said")
        attributions.append(
            {
                "id": names[record.key],
                "source": record.spans["source"],
                "cue": record.spans["cue"],
                "content": content,
                "relay": record.spans["relay"],
                "that": [lead.start(), lead.start() + 4] if lead else None,
                "parent": names.get(record.parent or ""),
                "continues": names.get(record.continues or ""),
                "type": first_flag(head, TYPES, "speech"),
                "polarity": POLARITY.get(polarity, polarity),
                "stance": first_flag(head, STANCES, "neutral"),
                "form": first_flag(record, FORMS, form_of(words)),
                "chain": chain_of(record, by_key, item.text, item.problems),
            }
        )
    return {
        "doc_id": item.doc_id,
        "article": item.doc_id,
        "split": item.split,
        "theme": item.theme,
        "tags": item.tags,
        "text": item.text,
        "attributions": attributions,
    }


def read(path: Path) -> Iterator[Item]:
    """Items of one file: one a line under a `## tags` heading, or a block under `=== tags` (blank line = paragraph)."""
    tags: list[str] = []
    block: list[str] | None = None
    for line in [*path.read_text(encoding="utf-8").split("\n"), "=== end"]:
        if line.startswith(("## ", "=== ")):
            if block is not None and (markup := "\n".join(block).strip()):
                yield make(markup, path.stem, tags)
            tags, block = line.split()[1:], [] if line.startswith("===") else None
        elif block is not None:
            block.append(line)
        elif line.strip() and not line.startswith("# "):
            yield make(re.sub(r"\s*¶\s*", "\n\n", line.strip()), path.stem, tags)


def make(markup: str, theme: str, tags: list[str]) -> Item:
    text, records, problems = parse(markup)
    trim_that(records, text)
    link(records, problems)
    item = Item(f"own-{theme}-{digest(text)}", theme, list(tags), text, records, problems)
    check(item)
    return item


KNOWN = {*TYPES, *FORMS, *POLARITY, *STANCES}


def check(item: Item) -> None:
    """Add to `item.problems` whatever breaks the rules of the guide."""
    say = item.problems.append
    by_key = {record.key: record for record in item.records}
    for record in item.records:
        for flag in record.flags:
            if flag not in KNOWN and not flag.startswith("in="):
                say(f"{record.key}: unknown flag {flag!r}")
        for role, spans in record.spans.items():
            for s, e in spans:
                check_span(item.text[s:e], f"{record.key} {role}", say, role)
        if not record.spans["content"]:
            say(f"{record.key}: no content")
        if not record.spans["cue"] and not record.continues:
            say(f"{record.key}: neither cue nor continuation")
        if record.continues and (record.spans["cue"] or record.spans["source"]):
            say(f"{record.key}: a continuation has no cue or source of its own")
        if "negative" in item.tags:
            say(f"{record.key}: an attribution in an item tagged negative")
        if not 0 <= record.spans["content"][-1][1] <= len(item.text) if record.spans["content"] else False:
            say(f"{record.key}: outside the text")
        marks = record.spans["cue"] + record.spans["source"]
        if any(a < e and s < b for s, e in marks for a, b in record.spans["content"]):
            say(f"{record.key}: its own cue or source stands in its content")
        check_parent(record, by_key, say)


def check_span(words: str, where: str, say: Any, role: str) -> None:
    if words != words.strip() or not words:
        say(f"{where}: blanks around {words!r}")
    if role != "content" and words.endswith((",", ".", ";")) and not re.search(r"\b(?:[A-Z]|Dr|Co|Ltd|Inc)\.$", words):
        say(f"{where}: ends in punctuation: {words!r}")
    if role == "content" and words.endswith((".", ",", ";")):
        unclosed = any(words.count(a) > words.count(b) for a, b in ("“”", "«»", ("``", "''"))) or words.count('"') % 2
        if not unclosed and not re.search(r"\b(?:[A-Z]|[ap]\.m|Co|\.\.)\.$|…\.?$", words):
            say(f"{where}: ends in punctuation: {words[-30:]!r}")


def check_parent(record: Record, by_key: dict[str, Record], say: Any) -> None:
    seen = {record.key}
    above = record.parent
    while above is not None:
        if above in seen or above not in by_key:
            say(f"{record.key}: parents run in a ring or into the void")
            return
        seen.add(above)
        above = by_key[above].parent
    if record.parent and not record.continues and not covers(by_key[record.parent], record):
        say(f"{record.key}: content leaves that of its parent {record.parent}")


def trim_that(records: list[Record], text: str) -> None:
    """A conjunction "that" which opens a content after its cue belongs to neither."""
    for record in records:
        for span in record.spans["content"][:1]:
            if record.spans["cue"] and record.spans["cue"][0][0] < span[0] and text[span[0] :].startswith("that "):
                span[0] += 5


def check_all(items: list[Item], rows: list[dict[str, Any]]) -> list[str]:
    """Problems of the items and of all together: ids unique, splits apart, chains as their parents say."""
    found = [f"{item.doc_id} ({item.text[:40]!r}): {problem}" for item in items for problem in item.problems]
    found += [f"{doc_id}: {n} items with this id" for doc_id, n in Counter(r["doc_id"] for r in rows).items() if n > 1]
    sides = {side: {r["article"] for r in rows if r["split"] == side} for side in ("train", "test")}
    found += [f"{article}: in both splits" for article in sides["train"] & sides["test"]]
    for r in rows:
        by_id = {a["id"]: a for a in r["attributions"]}
        for a in r["attributions"]:
            own = 1 + bool(a["relay"])
            above = by_id[a["parent"]]["chain"] if a["parent"] else []
            wanted = by_id[a["continues"]]["chain"] if a["continues"] else above + a["chain"][-own:]
            if a["chain"] != wanted:
                found.append(f"{r['doc_id']} {a['id']}: chain does not follow its parents")
    return found


def copied(items: list[Item], shared: Path) -> list[str]:
    """Items with eight words in a row that stand in a text of `shared`."""
    word = re.compile(r"[a-z0-9]+")
    runs: dict[tuple[str, ...], str] = {}
    for item in items:
        words = word.findall(item.text.lower())
        runs.update({tuple(words[i : i + RUN]): item.doc_id for i in range(len(words) - RUN + 1)})
    found = set()
    for text in shared_texts(shared):
        words = word.findall(text.lower())
        for i in range(len(words) - RUN + 1):
            if (run := tuple(words[i : i + RUN])) in runs:
                found.add(f"{runs[run]}: found elsewhere: {' '.join(run)}")
    return sorted(found)


def shared_texts(shared: Path) -> Iterator[str]:
    for path in sorted((shared / "seeds").glob("*.txt")):
        yield path.read_text(encoding="utf-8")
    for path in [shared / "data/fa_kes/articles.jsonl", *sorted((shared / "data/polnear").glob("polnear_*.jsonl"))]:
        if path.exists():
            for line in path.open(encoding="utf-8"):
                yield json.loads(line)["text"]


def phenomena(r: dict[str, Any]) -> Counter[str]:
    """How often a row shows what the corpus is for; counted from the annotation, not from the tags."""
    article = r["text"].count("\n\n") >= 2
    seen: Counter[str] = Counter({"item": 1, "article": article, "negative": not r["attributions"]})
    for a in r["attributions"]:
        depth = len(a["chain"])
        stretch = r["text"][min(a["content"])[0] : max(a["content"])[1]]
        source = " ".join(r["text"][s:e] for s, e in a["source"]).lower()
        seen.update(["attribution", a["form"], f"type {a['type']}", f"chain of {depth}"])
        seen.update(
            {
                "nested": a["parent"] is not None,
                "relay": bool(a["relay"]),
                "continued": a["continues"] is not None,
                "discontinuous": len(a["content"]) > 1,
                "over paragraphs": "\n" in stretch,
                "pronoun": source in PRONOUNS,
                "no source": not a["source"] and a["continues"] is None,
                f"{a['chain'][-1]['anonymity']} origin": True,
                "denied": a["polarity"] == "denied_by_source",
                "not said": a["polarity"] == "not_said",
                "cue after content": bool(a["cue"]) and a["cue"][0][0] > a["content"][0][0],
            }
        )
    return seen


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="write nested.train.jsonl and nested.test.jsonl")
    parser.add_argument("--show", metavar="ID", help="print the records of the items whose id begins so")
    parser.add_argument("--shared", type=Path, help="folder of the source articles and corpora")
    parser.add_argument("--own", type=Path, default=HERE, help="folder of the annotated texts")
    args = parser.parse_args(argv)
    items = [item for path in sorted(args.own.glob("*.txt")) for item in read(path)]
    rows = [row(item) for item in items]
    found = check_all(items, rows) + (copied(items, args.shared) if args.shared else [])
    if args.show:
        show(rows, args.show)
        return 0
    for problem in found:
        print(problem, file=sys.stderr)
    if found:
        return 1
    counts = {side: sum((phenomena(r) for r in rows if r["split"] == side), Counter()) for side in ("train", "test")}
    for name in sorted(counts["train"] | counts["test"]):
        print(f"{name:24}{counts['train'][name]:6}{counts['test'][name]:6}")
    if args.write:
        for side in ("train", "test"):
            lines = [json.dumps(r, ensure_ascii=False) + "\n" for r in rows if r["split"] == side]
            (args.own / f"nested.{side}.jsonl").write_text("".join(lines), encoding="utf-8")
    return 0


def show(rows: list[dict[str, Any]], prefix: str) -> None:
    for r in rows:
        if not r["doc_id"].startswith(prefix):
            continue
        print(f"\n{r['doc_id']} [{r['split']}] {r['text']}")
        for a in r["attributions"]:
            part = {role: [r["text"][s:e] for s, e in a[role]] for role in ("source", "cue", "content", "relay")}
            hops = " > ".join(f"{h['name']}/{h['anonymity'][0]}" for h in a["chain"])
            links = f"in={a['parent']} cont={a['continues']} [{hops}]"
            print(f"   {a['id']} {a['form']} {a['type']} {a['polarity']} {links}")
            print(f"      {part}")


if __name__ == "__main__":
    sys.exit(main())
