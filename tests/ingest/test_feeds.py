"""Feeds: one document an entry, with what the feed says of it."""

from __future__ import annotations

from pathlib import Path

from reportedly.clean import clean, raw_span
from reportedly.ingest import read
from reportedly.model import Document, RawDocument, Reject, Span
from reportedly.settings import IngestSettings

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Tarn Post</title>
<item><title>Mill &amp; Town Fall</title><link>https://tarnpost.example/2031/05/04/mill</link>
<pubDate>Sun, 04 May 2031 18:00:00 GMT</pubDate><author>Ana Reyk</author>
<description><![CDATA[<p>The mill at Tarn
fell – to rebels – on <b>Sunday</b>, two officers
said.</p><p>No toll was given.</p>]]></description>
</item>
<item><title>Bridge Shut</title><guid>b2</guid>
<description>&lt;p&gt;The bridge &amp;amp; the road are shut,
the council of Orsk said on Friday.&lt;/p&gt;</description></item>
<item><link>https://tarnpost.example/empty</link></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Orsk Wire</title>
<entry><title>Clinic Hit</title><link href="https://orsk.example/1"/><updated>2031-05-06T01:00:00Z</updated>
<content type="html">&lt;p&gt;A clinic in Orsk was hit on Tuesday, the relief office said.&lt;/p&gt;</content>
</entry></feed>"""


def documents(tmp_path: Path, source: str) -> list[Document | Reject]:
    (tmp_path / "feed.xml").write_text(source, encoding="utf-8")
    raws = list(read([str(tmp_path / "feed.xml")], IngestSettings()))
    return [clean(raw) if isinstance(raw, RawDocument) else raw for raw in raws]


def test_rss_entries_become_documents(tmp_path: Path) -> None:
    first, second, third = documents(tmp_path, RSS)
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == (
        "Mill & Town Fall\n\nThe mill at Tarn fell – to rebels – on Sunday, two officers said.\n\nNo toll was given."
    )
    assert (first.header.title, first.header.outlet, first.header.authors) == (
        "Mill & Town Fall",
        "Tarn Post",
        ("Ana Reyk",),
    )
    assert first.header.published is not None
    assert (first.header.published.from_, first.header.published.method) == ("2031-05-04", "metadata")
    assert first.header.url == "https://tarnpost.example/2031/05/04/mill"
    assert [segment.kind for segment in first.segments if segment.kind != "separator"] == ["title", "body", "body"]
    assert second.text.endswith("The bridge & the road are shut, the council of Orsk said on Friday.")
    assert isinstance(third, Reject)
    assert third.code == "empty"


def test_words_of_an_entry_map_to_its_bytes(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS, encoding="utf-8")
    raw = next(read([str(tmp_path / "feed.xml")], IngestSettings()))
    assert isinstance(raw, RawDocument)
    doc = clean(raw)
    assert isinstance(doc, Document)
    for word in ("Town", "rebels", "Sunday", "toll"):
        start = doc.text.index(word)
        where = raw_span(doc, Span(start, start + len(word)))
        assert where is not None
        assert raw.data[where[0] : where[1]].decode() == word


def test_atom_is_read(tmp_path: Path) -> None:
    (doc,) = documents(tmp_path, ATOM)
    assert isinstance(doc, Document)
    assert doc.header.outlet == "Orsk Wire"
    assert doc.header.published is not None
    assert doc.header.published.from_ == "2031-05-06"
