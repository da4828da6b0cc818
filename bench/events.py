"""Events: which mentions in several documents are of one event, against mentions grouped by their head word alone.

Gold mentions of ECB+ topics 1-24 (../shared/data/events), clusters by cross-document coreference. Ours takes the slots
of `compare` to mentions: predicate family or lemma, participants, time, place, and words of the sentence, each "same",
"differs" or "unclear"; clusters are grown greedily inside a topic. The two halves of a topic are alike on purpose, and
a cluster that holds mentions of both is counted. Documents are sorted into topics beforehand for both methods; the
halves are not given to either.

Run: python -m bench.events
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path
from typing import Any

import numpy as np

from reportedly.claims.families import families

DATA = Path(__file__).resolve().parents[2] / "shared" / "data" / "events" / "ecbplus.dev.jsonl"
WORD = re.compile(r"[^\W_]{2,}")
JOIN = 0.5
Clusters = Sequence[frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One mention of an event. `actors`, `times`, `places`: words of the annotated phrases of its sentence."""

    id: str
    doc: str
    topic: int
    half: str
    gold: str
    lemma: str
    family: str | None
    actors: frozenset[str]
    times: frozenset[str]
    places: frozenset[str]
    words: frozenset[str]


def lemma_of(words: str) -> str:
    """The stem of the longest word: no parser, so that both methods stand on the same."""
    word = max(WORD.findall(words.lower()) or [words.lower()], key=len)
    for ending in ("ations", "ation", "ings", "ing", "ies", "ied", "es", "ed", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word


def mentions_of(row: dict[str, Any]) -> list[Mention]:
    """The event mentions of one document that the annotators linked or left alone, in annotated sentences."""
    text, chain = row["text"], {}
    for relation in row["relations"]:
        for source in relation["sources"]:
            target = row["mentions"].get(relation["target"][0], {}) if relation["target"] else {}
            chain[source] = relation["note"] or target.get("inst") or f"{row['id']}:{relation['target']}"
    phrases = defaultdict(list)
    for ident, mention in row["mentions"].items():
        if mention["spans"]:
            sentence = sentence_of(mention["spans"][0][0], row["sentences"])
            words = " ".join(text[a:b] for a, b in mention["spans"])
            phrases[sentence].append((ident, mention["tag"], words))
    known = families()
    found = []
    for sentence, entries in phrases.items():
        if sentence not in row["annotated_sentences"]:
            continue
        start, end = row["sentences"][sentence]
        by_tag = {
            kind: words_of(w for _, tag, w in entries if tag.startswith(kind)) for kind in ("HUMAN", "TIME", "LOC")
        }
        around = words_of([text[start:end]])
        for ident, tag, words in entries:
            if not tag.startswith(("ACTION", "NEG_ACTION")):
                continue
            stem = lemma_of(words)
            family = next((f for v, f in (*known.verbs.items(), *known.nouns.items()) if lemma_of(v) == stem), None)
            found.append(
                Mention(
                    id=f"{row['id']}:{ident}", doc=row["id"], topic=row["topic"], half=row["subtopic"],
                    gold=chain.get(ident, f"{row['id']}:{ident}"), lemma=stem, family=family, actors=by_tag["HUMAN"],
                    times=by_tag["TIME"], places=by_tag["LOC"], words=around,
                )
            )  # fmt: skip
    return found


def sentence_of(at: int, sentences: Sequence[Sequence[int]]) -> int:
    """Number of the sentence that holds an offset, -1 for none."""
    return next((i for i, (start, end) in enumerate(sentences) if start <= at < end), -1)


def words_of(texts: Iterable[str]) -> frozenset[str]:
    """Words of texts, in small letters."""
    return frozenset(w.lower() for text in texts for w in WORD.findall(text))


def by_lemma(mentions: Sequence[Mention]) -> Clusters:
    """The baseline: one event for each head word of a topic."""
    return grouped(mentions, lambda m: (m.topic, m.lemma))


def grouped(mentions: Sequence[Mention], key: Callable[[Mention], Hashable]) -> Clusters:
    """Mentions with the same key."""
    found: dict[Hashable, set[str]] = defaultdict(set)
    for mention in mentions:
        found[key(mention)].add(mention.id)
    return [frozenset(ids) for ids in found.values()]


class Slots:
    """Our comparison, taken from accounts to mentions. Words count by their rarity among the documents of a topic."""

    def __init__(self, mentions: Sequence[Mention], document_words: dict[str, frozenset[str]]) -> None:
        self.documents = document_words
        count = Counter(word for words in document_words.values() for word in words)
        self.weight = {word: log(1 + len(document_words) / n) - 0.6 for word, n in count.items()}

    def shared(self, a: frozenset[str], b: frozenset[str]) -> float:
        """Share of the weight of the smaller set that both have in common."""
        least = min(sum(max(0.0, self.weight.get(w, 1.0)) for w in words) for words in (a, b))
        return sum(max(0.0, self.weight.get(w, 1.0)) for w in a & b) / least if least else 0.0

    def likeness(self, a: Mention, b: Mention) -> float:
        """A sum of weights over the slots (0…1); 0 where what happened is not the same."""
        if a.lemma != b.lemma and (a.family is None or a.family != b.family):
            return 0.0
        value = 0.35 if a.lemma == b.lemma else 0.15
        value += 0.35 * self.shared(self.documents[a.doc], self.documents[b.doc])
        value += 0.2 * self.shared(a.actors, b.actors)
        value += 0.25 * self.shared(a.words, b.words)
        value += 0.1 * bool(a.places & b.places) + 0.05 * bool(a.times & b.times)
        return min(1.0, value)

    def clusters(self, mentions: Sequence[Mention]) -> Clusters:
        """Greedy groups in reading order, as the groups of a block are made."""
        groups: list[list[Mention]] = []
        for mention in mentions:
            fits = [(self.fit(mention, group), -i) for i, group in enumerate(groups)]
            best = max(fits, default=(0.0, 0))
            if best[0] >= JOIN:
                groups[-best[1]].append(mention)
            else:
                groups.append([mention])
        return [frozenset(m.id for m in group) for group in groups]

    def fit(self, mention: Mention, group: Sequence[Mention]) -> float:
        """Mean of the best match and of all."""
        scores = [self.likeness(mention, other) for other in group]
        return 0.5 * max(scores) + 0.5 * sum(scores) / len(scores)


def b_cubed(gold: Clusters, found: Clusters) -> tuple[float, float, float]:
    """Precision, recall and F1 of B-cubed (Bagga & Baldwin 1998)."""
    home, ours = place(gold), place(found)
    recall = sum(len(home[i] & ours[i]) / len(home[i]) for i in home) / len(home)
    precision = sum(len(home[i] & ours[i]) / len(ours[i]) for i in home) / len(home)
    return precision, recall, f1(precision, recall)


def muc(gold: Clusters, found: Clusters) -> tuple[float, float, float]:
    """Precision, recall and F1 of MUC (Vilain et al. 1995)."""

    def part(one: Clusters, other: dict[str, frozenset[str]]) -> float:
        links = sum(len(c) - 1 for c in one)
        return sum(len(c) - len({other[i] for i in c}) for c in one) / links if links else 0.0

    recall, precision = part(gold, place(found)), part(found, place(gold))
    return precision, recall, f1(precision, recall)


def ceaf_e(gold: Clusters, found: Clusters) -> tuple[float, float, float]:
    """Precision, recall and F1 of CEAF with entity similarity (Luo 2005)."""
    from scipy.optimize import linear_sum_assignment

    table, number = np.zeros((len(gold), len(found))), {i: j for j, c in enumerate(found) for i in c}
    for row, cluster in enumerate(gold):
        for column, shared in Counter(number[i] for i in cluster).items():
            table[row, column] = 2 * shared / (len(cluster) + len(found[column]))
    rows, columns = linear_sum_assignment(-table)
    total = float(table[rows, columns].sum())
    precision, recall = total / len(found), total / len(gold)
    return precision, recall, f1(precision, recall)


def place(clusters: Clusters) -> dict[str, frozenset[str]]:
    """Mention → its cluster."""
    return {i: cluster for cluster in clusters for i in cluster}


def f1(precision: float, recall: float) -> float:
    """Harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def merged_halves(mentions: Sequence[Mention], clusters: Clusters) -> tuple[int, int]:
    """Clusters with mentions of both halves of a topic, and clusters of two or more."""
    half = {m.id: m.half for m in mentions}
    several = [c for c in clusters if len(c) > 1]
    return sum(len({half[i] for i in c}) > 1 for c in several), len(several)


def measure(topics: Iterable[int] | None = None) -> dict[str, dict[str, float]]:
    """Scores of both methods over some topics (all without)."""
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    wanted = set(topics) if topics is not None else {row["topic"] for row in rows}
    rows = [row for row in rows if row["topic"] in wanted]
    mentions = sorted((m for row in rows for m in mentions_of(row)), key=lambda m: (m.topic, m.doc, m.id))
    gold = grouped(mentions, lambda m: m.gold)
    ours: list[frozenset[str]] = []
    for topic in sorted(wanted):
        words = {row["id"]: words_of([row["text"]]) for row in rows if row["topic"] == topic}
        inside = [m for m in mentions if m.topic == topic]
        ours += Slots(inside, words).clusters(inside)
    report = {}
    for name, clusters in (("same head word", by_lemma(mentions)), ("slots", ours)):
        parts = [measured(gold, clusters)[2] for measured in (muc, b_cubed, ceaf_e)]
        both, several = merged_halves(mentions, clusters)
        report[name] = dict(zip(("muc", "b3", "ceaf_e"), parts, strict=True)) | {
            "conll": sum(parts) / 3, "both_halves": both, "several": several, "mentions": len(mentions),
        }  # fmt: skip
    return report


def main() -> int:
    """Prints both methods, over all topics and over those with an odd or even number."""
    if not DATA.exists():
        print(f"left out: {DATA.name} is not here", file=sys.stderr)
        return 0
    numbers = {json.loads(line)["topic"] for line in DATA.read_text(encoding="utf-8").splitlines()}
    odd, even = {n for n in numbers if n % 2}, {n for n in numbers if not n % 2}
    for title, topics in (
        ("all topics", numbers),
        ("odd topics (looked at)", odd),
        ("even topics (a number only)", even),
    ):
        report = measure(topics)
        count = next(iter(report.values()))["mentions"]
        print(f"{title}: {len(topics)} topics, {count:.0f} mentions of events")
        for name, row in report.items():
            scores = "  ".join(f"{key} {row[key]:.3f}" for key in ("muc", "b3", "ceaf_e", "conll"))
            print(f"  {name:15} {scores}  of both halves: {row['both_halves']:.0f} of {row['several']:.0f} clusters")
    return 0


if __name__ == "__main__":
    sys.exit(main())
