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

from reportedly.compare.sides import Sides

LABEL_WEIGHT = 0.5
PAIRED = 40
"""Voices of one word that are paired: those that use it most."""
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
    for (a, b), shared in sorted(_shared(words).items()):
        _strengthen(graph, a, b, LABEL_WEIGHT * shared)
    if not graph.number_of_edges():
        return []
    found = sorted(map(sorted, greedy_modularity_communities(graph, weight="weight")), key=lambda c: (-len(c), c))
    return [_grouping(ascii_uppercase[n], c, cited, words) for n, c in enumerate(found[:most]) if len(c) > 1]


def _shared(words: Mapping[str, Counter[str]]) -> Counter[tuple[str, str]]:
    """How many uses of loaded words two voices share; of each word only the voices that use it most are paired."""
    users: dict[str, list[str]] = defaultdict(list)
    for voice, used in words.items():
        for word in used:
            users[word].append(voice)
    found: Counter[tuple[str, str]] = Counter()
    for word, voices in users.items():
        most = sorted(voices, key=lambda voice: (-words[voice][word], voice))[:PAIRED]
        for a, b in combinations(sorted(most), 2):
            found[a, b] += min(words[a][word], words[b][word])
    return found


def _strengthen(graph: Any, a: str, b: str, weight: float) -> None:
    known = graph.get_edge_data(a, b, {"weight": 0.0})["weight"]
    graph.add_edge(a, b, weight=known + weight)


def _citations(sources: Iterable[Mapping[str, Any]]) -> dict[tuple[str, str], int]:
    """Who is cited by whom: voices with a name of their own, not "the council" or "residents"."""
    found: Counter[tuple[str, str]] = Counter()
    for row in sources:
        if row["kind"] in ("anonymous", "unknown") or not _is_name(row["source"]):
            continue
        for cite in row["cited_by"]:
            if cite["source"] != row["source"] and _is_name(cite["source"]):
                found[cite["source"], row["source"]] += cite["count"]
    return dict(found)


def _is_name(voice: str) -> bool:
    return any(letter.isupper() or letter.isdigit() for letter in voice)


def _labels(labels: Iterable[Mapping[str, Any]]) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for row in labels:
        speaker = row["outlet"] if row["speaker"] == "author" else row["speaker"]
        if speaker and row["class"] in LOADED:
            found[speaker][row["head"]] += row["count"]
    return dict(found)


def as_sides(groupings: Iterable[Grouping]) -> Sides:
    """The groupings as sides named A, B, …: a proposal to lay accounts out by, until the user names sides."""
    return Sides({member: group.name for group in groupings for member in group.members})


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
