"""Families, trees, origins of spans, rows."""

from __future__ import annotations

from tests.copies.conftest import article, prose

from reportedly.copies import copy_rows, family_rows, find, origin_of, tree
from reportedly.copies.families import Family, families_of
from reportedly.copies.sources import Source
from reportedly.model import CopyLink, Span


def link(a: str, b: str, way: str = "a_to_b", kind: str = "verbatim") -> CopyLink:
    spans = ((Span(0, 100), Span(10, 110)),)
    return CopyLink(
        a=a, b=b, kind=kind, coverage_a=1, coverage_b=1, passages=spans, direction=way, evidence=f"{a}-{b}",  # type: ignore[arg-type]
    )  # fmt: skip


SOURCES = {name: Source(id=name, name=name, begins=f"2031-05-0{i + 1}") for i, name in enumerate("abcdef")}


def test_families_join_through_reposts_only() -> None:
    links = [
        link("a", "b"),
        link("b", "c", kind="near"),
        link("c", "d", kind="passage"),
        link("e", "f", kind="quote_shared"),
    ]
    (family,) = families_of(links, SOURCES)
    assert family.members == ("a", "b", "c")
    assert family.parents == (None, "a", "b")
    assert (family.first, family.outlets) == ("a", 3)


def test_the_first_is_unknown_where_two_could_be() -> None:
    (family,) = families_of([link("a", "c"), link("b", "c"), link("a", "b", "unknown")], SOURCES)
    assert family.first is None
    assert family.evidence.startswith("unknown")


def test_credits_that_go_round_have_no_end_but_the_earliest() -> None:
    (family,) = families_of([link("a", "b"), link("b", "c"), link("a", "c", "b_to_a")], SOURCES)
    assert family.parents.count(None) == 1


def test_the_origin_of_a_span_follows_the_copies_that_cover_it() -> None:
    links = [link("a", "b"), link("b", "c", kind="passage")]
    found = origin_of("c", Span(30, 60), links, SOURCES)
    assert (found.doc, found.path, found.known) == ("a", ("c", "b", "a"), True)
    assert found.span == Span(10, 40)
    assert origin_of("c", Span(500, 520), links, SOURCES).path == ("c",)
    assert origin_of("a", Span(0, 50), links, SOURCES).path == ("a",)


def test_an_origin_without_direction_stands_for_its_group_only() -> None:
    found = origin_of("c", Span(20, 60), [link("a", "c", "unknown")], SOURCES)
    assert (found.doc, found.known) == ("a", False)
    assert origin_of("a", Span(20, 60), [link("a", "c", "unknown")], SOURCES).known is False


def test_a_shared_quotation_brings_nothing_in() -> None:
    assert origin_of("b", Span(20, 60), [link("a", "b", kind="quote_shared")], SOURCES).doc == "b"


def test_a_family_as_a_tree_with_lanes() -> None:
    docs = [article(f"n{i}", prose(1), published=f"2031-05-0{1 + i}", outlet=f"Paper {i % 2}") for i in range(3)]
    found = find(docs)
    lines = list(tree(found.families[0], found.links, found.sources))
    assert len(lines) == 3
    assert "●" in lines[0]
    assert lines[0].startswith("2031-05-01")
    assert all("─○ Paper" in line and "verbatim 100%" in line for line in lines[1:])


def test_a_long_chain_does_not_exhaust_the_stack() -> None:
    names = [f"d{i:05}" for i in range(3000)]
    family = Family(id="d0", members=tuple(names), parents=(None, *names[:-1]), first=names[0], evidence="", outlets=1)
    sources = {name: Source(id=name, name=name) for name in names}
    assert sum(1 for _ in tree(family, [], sources)) == 3000


def test_rows_have_the_fields_of_the_contract() -> None:
    docs = [
        article("a", prose(1), published="2031-05-01", outlet="One"),
        article("b", prose(1), published="2031-05-02", outlet="One"),
        article("c", prose(1), published="2031-05-03"),
    ]
    found = find(docs)
    rows = list(copy_rows(found.links, found.sources))
    wanted = ["a", "b", "a_file", "b_file", "kind", "coverage_a", "coverage_b", "passages", "direction", "evidence"]
    assert all(list(row)[:10] == wanted for row in rows)
    assert {(row["a_file"], row["b_file"]): row["same_outlet"] for row in rows} == {
        ("a", "b"): True, ("a", "c"): None, ("b", "c"): None,
    }  # fmt: skip
    assert rows[0]["passages"] == [
        {"a": {"start": 0, "end": len(docs[0].text)}, "b": {"start": 0, "end": len(docs[0].text)}}
    ]
    (family,) = family_rows(found.families, found.sources)
    assert (family["documents"], family["first_file"]) == (3, "a")
    assert [member["file"] for member in family["members"]] == ["a", "b", "c"]
