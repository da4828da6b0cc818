"""Groupings proposed: voices and outlets that cite each other and share words, as a proposal with its evidence.

Sides are the user's. Without a sides file the program only shows which voices hang together: communities of greatest
modularity (Clauset, Newman & Moore 2004) in the graph of who cites whom, with a weaker edge for labels shared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from string import ascii_uppercase
from typing import Any

LABEL_WEIGHT = 0.5
LOADED = frozenset({"contested", "pejorative", "honorific"})
"""Classes of labels that tell speakers apart; everybody says "soldiers"."""


@dataclass(frozen=True, slots=True)
class Grouping:
    """A proposed group, named by a letter: its members, the citations inside it, and words that its members share."""

    name: str
    members: tuple[str, ...]
    citations: tuple[tuple[str, str, int], ...]
    words: tuple[tuple[str, int], ...]


def propose(
    sources: Iterable[Mapping[str, Any]], labels: Iterable[Mapping[str, Any]], *, most: int = 6
) -> list[Grouping]:
    """Groups of voices from the rows of `sources` and `labels`, the largest first; those of one voice are left out."""
    import networkx as nx
    from networkx.algorithms.community import greedy_modularity_communities

    cited, words = _citations(sources), _labels(labels)
    graph = nx.Graph()
    for (a, b), count in sorted(cited.items()):
        _strengthen(graph, a, b, count)
    for a, b in combinations(sorted(words), 2):
        shared = sum(min(words[a][w], words[b][w]) for w in words[a].keys() & words[b].keys())
        if shared:
            _strengthen(graph, a, b, LABEL_WEIGHT * shared)
    if not graph.number_of_edges():
        return []
    found = sorted(map(sorted, greedy_modularity_communities(graph, weight="weight")), key=lambda c: (-len(c), c))
    return [_grouping(ascii_uppercase[n], c, cited, words) for n, c in enumerate(found[:most]) if len(c) > 1]


def _strengthen(graph: Any, a: str, b: str, weight: float) -> None:
    known = graph.get_edge_data(a, b, {"weight": 0.0})["weight"]
    graph.add_edge(a, b, weight=known + weight)


def _citations(sources: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    """Who is cited by whom, named voices only."""
    rows = [row for row in sources if row["kind"] not in ("anonymous", "unknown")]
    known = {row["source"] for row in rows}
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        for cite in row["cited_by"]:
            if cite["source"] != row["source"]:
                known.add(cite["source"])
                found[cite["source"], row["source"]] += cite["count"]
    return dict(found)


def _labels(labels: Iterable[Mapping[str, Any]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in labels:
        speaker = row["outlet"] if row["speaker"] == "author" else row["speaker"]
        if speaker and row["class"] in LOADED:
            found[speaker][row["head"]] += row["count"]
    return dict(found)


def _grouping(
    name: str, members: Sequence[str], cited: Mapping[tuple[str, str], int], words: Mapping[str, Counter[str]]
) -> Grouping:
    inside = sorted(
        ((a, b, n) for (a, b), n in cited.items() if a in members and b in members), key=lambda c: (-c[2], c)
    )
    used: Counter[str] = Counter()
    for member in members:
        used.update(words.get(member, {}))
    top = sorted(used.items(), key=lambda w: (-w[1], w[0]))[:8]
    return Grouping(name, tuple(members), tuple(inside[:8]), tuple(top))
