"""Dates of publication, stated and inferred."""

from __future__ import annotations

import datetime

import pytest

from reportedly.clean import clean, dates
from reportedly.model import Document, RawDocument

BODY = "The mill town of Tarn fell on {day} after a siege of nine weeks, two officers of the northern command said."
THREAD = "\n\nquiet_river's picture\n\nSo.\n\nOld Miller's picture\nOld Miller (not verified) {stamp}\n\nNo.\n"


def made(text: str, **given: str) -> Document:
    doc = clean(RawDocument(data=text.encode(), media_type="text/plain", name="a", given=tuple(given.items())))
    assert isinstance(doc, Document)
    return doc


@pytest.mark.parametrize(
    ("day", "stamp", "published", "method"),
    [
        ("Monday", "May 6, 2031 12:06 AM", "2031-05-05", "inferred"),
        ("Tuesday", "May 6, 2031 12:06 AM", "2031-05-06", "inferred"),
        ("Wednesday", "May 6, 2031 12:06 AM", "2031-04-30", "inferred"),
        ("the ninth", "May 6, 2031 12:06 AM", None, "comment_bound"),
    ],
)
def test_a_weekday_under_the_first_dated_comment(day: str, stamp: str, published: str | None, method: str) -> None:
    doc = made("Tarn Falls\n\n" + BODY.format(day=day) + THREAD.format(stamp=stamp))
    found = doc.header.published
    assert found is not None
    assert (found.from_, found.method) == (published, method)
    assert found.evidence[-1].of(doc.text) == "May 6, 2031"
    assert [note.code for note in doc.notes] == ["published_inferred" if published else "published_bound"]
    if not published:
        assert found.to == "2031-05-07"


def test_days_to_come_do_not_date_a_text() -> None:
    body = "The council will meet on Tuesday, and the mill fell on Sunday, two officers of the northern command said."
    doc = made("Tarn Falls\n\n" + body + THREAD.format(stamp="May 6, 2031 12:06 AM"))
    assert doc.header.published is not None
    assert doc.header.published.from_ == "2031-05-04"


def test_without_any_sign_there_is_a_note() -> None:
    doc = made("Tarn Falls\n\n" + BODY.format(day="Monday"))
    assert doc.header.published is None
    assert [note.code for note in doc.notes] == ["undated"]


def test_the_general_day_gives_way_to_a_stated_one() -> None:
    text = "Tarn Falls\n\nMay 4, 2031\n\n" + BODY.format(day="Monday")
    stated = made(text, fallback_published="2031-06-01").header.published
    general = made("Tarn Falls\n\n" + BODY.format(day="Monday"), fallback_published="2031-06-01").header.published
    assert stated is not None
    assert general is not None
    assert (stated.from_, stated.method, general.from_, general.method) == (
        "2031-05-04",
        "dateline",
        "2031-06-01",
        "user",
    )


def test_a_bad_day_of_the_user_is_not_believed() -> None:
    assert made("Tarn Falls\n\n" + BODY.format(day="Monday"), published="soon").header.published is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("May 4, 2031", "2031-05-04"),
        ("Sunday, 4th of May 2031", "2031-05-04"),
        ("4 Sept. 2031", "2031-09-04"),
        ("2031-05-04T10:00", "2031-05-04"),
        ("2031/5/4", "2031-05-04"),
        ("31.12.2030", "2030-12-31"),
        ("12/31/2030", "2030-12-31"),
        ("04/05/2031", None),
        ("February 30, 2031", None),
        ("May 4, 9031", None),
        ("version 2031-05-04-2", None),
        ("13/13/2031", None),
    ],
)
def test_written_days(text: str, day: str | None) -> None:
    found = [entry.day for entry in dates.find(text)]
    assert found == ([datetime.date.fromisoformat(day)] if day else [])


@pytest.mark.parametrize("line", ["Year ended December 31, 2030.", "The war began on May 4, 2031 and goes on"])
def test_lines_with_a_day_of_something_else(line: str) -> None:
    doc = made(f"Tarn Falls\n\n{line}\n\n" + BODY.format(day="Monday"))
    assert doc.header.published is None or doc.header.published.evidence[0].of(doc.text) not in line
