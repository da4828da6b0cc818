"""Credits, and who can have taken a text from whom."""

from __future__ import annotations

import pytest

from reportedly.copies.direction import Shared, credit_to, direction, folded
from reportedly.copies.sources import Credit, Source, credits_in

WHOLE = Shared(1.0, 1.0, True, True)


def source(name: str, **facts: object) -> Source:
    return Source(id=name, name=name, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("OSTRAVIA (Norden Wire) - Rain fell on the town.", ["Norden Wire"]),
        ("Rain fell.\n\nThis article was originally published by Harbour Post.", ["Harbour Post"]),
        ("Rain fell.\nThe original source of this article is Kessar Review  \nCopyright 2031", ["Kessar Review"]),
        ("Rain fell.\n\nSource: Norden Wire", ["Norden Wire"]),
        ("Rain fell. First appeared in the Kessar Review on 4 May 2031", ["Kessar Review"]),
        ("Republished from [Harbour Post](https://post.example) under a licence", ["Harbour Post"]),
        ("A source in the ministry said so. Sources close to the mayor did not.", []),
        ("The open source movement grew. The source of the river is far.", []),
        ("", []),
    ],
)
def test_credits_are_read_with_their_words(text: str, names: list[str]) -> None:
    found = credits_in(text)
    assert [credit.name for credit in found] == names
    assert all(credit.name in credit.words for credit in found)


def test_names_fold() -> None:
    assert folded("The Harbour Post") == folded("www.harbour-post.com") == "harbourpost"


def test_a_credit_outweighs_the_dates() -> None:
    a = source("a", outlet="Harbour Post", begins="2031-05-01", ends="2031-05-02")
    b = source("b", outlet="Kessar Review", begins="2031-05-03", ends="2031-05-04")
    assert direction(a, b, WHOLE)[::2] == ("a_to_b", "time")
    credits = (Credit(name="Kessar Review and agencies", words="Source: Kessar Review and agencies"),)
    found = direction(source("a", outlet="Harbour Post", begins="2031-05-01", credits=credits), b, WHOLE)
    assert (found.direction, found.grade) == ("b_to_a", "credit")
    assert "Kessar Review" in found.words


def test_a_republisher_and_an_original_outlet_count_as_credits() -> None:
    a = source("a", outlet="Harbour Post")
    assert credit_to(source("b", outlet="Mirror Site", original_outlet="Harbour Post"), a) is not None
    b = source("b", outlet="Harbour Post", republisher="Mirror Site")
    assert direction(a, b, WHOLE)[::2] == ("a_to_b", "credit")
    assert direction(b, a, WHOLE)[::2] == ("b_to_a", "credit")


def test_a_text_that_names_its_own_outlet_is_the_source() -> None:
    own = (Credit(name="Harbour Post", words="original source of this article is Harbour Post"),)
    a, b = source("a", outlet="Harbour Post", credits=own), source("b", outlet="Kessar Review")
    assert direction(a, b, WHOLE)[::2] == ("a_to_b", "credit")
    assert direction(b, a, WHOLE)[::2] == ("b_to_a", "credit")


def test_unknown_rather_than_a_guess() -> None:
    day = {"begins": "2031-05-01", "ends": "2031-05-02"}
    assert direction(source("a", **day), source("b", **day), WHOLE).direction == "unknown"
    assert direction(source("a", **day), source("b"), WHOLE).direction == "unknown"
    wire = (Credit(name="Norden Wire", words="(Norden Wire)"),)
    found = direction(source("a", outlet="One", credits=wire), source("b", outlet="Two", credits=wire), WHOLE)
    assert found == ("unknown", "both credit Norden Wire; neither is it", "none")
    crossed = (
        source("a", outlet="One", credits=(Credit(name="Two", words="via Two"),)),
        source("b", outlet="Two", credits=(Credit(name="One", words="via One"),)),
    )
    assert direction(*crossed, WHOLE).direction == "unknown"


def test_a_month_that_overlaps_a_day_does_not_tell() -> None:
    month = source("a", begins="2031-05-01", ends="2031-06-01")
    assert direction(month, source("b", begins="2031-05-10", ends="2031-05-11"), WHOLE).direction == "unknown"


def test_a_text_cut_from_its_end_comes_from_the_longer_one() -> None:
    cut = Shared(0.5, 1.0, True, True)
    assert direction(source("a"), source("b"), cut)[::2] == ("a_to_b", "containment")
    assert direction(source("a"), source("b"), Shared(1.0, 0.5, True, True)).direction == "b_to_a"
    assert direction(source("a"), source("b"), Shared(0.5, 1.0, False, True)).direction == "unknown"


def test_hosts() -> None:
    assert source("a", url="https://www.post.example/x").host == "post.example"
    assert source("a", url="http://[bad").host == ""
    assert source("a").host == ""
