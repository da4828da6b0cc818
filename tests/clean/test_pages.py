"""HTML pages and PDF files, all invented."""

from __future__ import annotations

import pytest

from reportedly.clean import clean, raw_span
from reportedly.clean.markup import flatten
from reportedly.model import Document, RawDocument, Reject, Span

PARAGRAPHS = [
    "The mill town of Tarn fell to the Ridge Front on Monday after a siege of nine weeks, two officers said.",
    "Residents had been without water since Friday, according to the Orsk Relief Office.",
    "&ldquo;We will not leave the valley,&rdquo; said <b>Ilan</b> <i>Dorr</i>, a spokesman.",
    "The council of Orsk is to meet on Thursday, and the governor&#39;s office asks for a corridor.",
]
NAV = "<nav><ul>" + "".join(f"<li><a href='/{n}'>Section {n}</a></li>" for n in range(12)) + "</ul></nav>"
HEAD = """<head><title>Tarn Falls After Nine Weeks | Tarn Post</title>
<meta property="og:site_name" content="Tarn Post"><meta name="author" content="Ana Reyk">
<link rel="canonical" href="https://tarnpost.example/2031/05/04/tarn-falls">{more}</head>"""
WORDPRESS = """<div id="comments" class="comments-area"><h2>2 thoughts</h2><ol class="comment-list">
<li id="comment-11" class="comment even"><div class="comment-body"><cite>Old Miller</cite>
<p>I was there when it fell and nobody came to help us at all.</p><p>Nobody.</p></div>
<ul class="children"><li id="comment-12" class="comment odd"><p>valley_girl</p>
<p>They never come to the valley in spring.</p></li></ul></li>
</ol><div id="respond"><h3>Leave a Reply</h3><form><p>Your email address</p></form></div></div>"""
DRUPAL = """<section class="comments"><article class="comment">
<p class="author">Old Miller</p><p>I was there when it fell, I saw it all.</p></article>
<article class="comment"><p class="author">valley_girl</p>
<p>They never come to the valley in spring, not one.</p></article></section>"""

LATE = "2031-05-04T22:00:00+03:00"
LINKED = '{"@graph": [{"@type": "NewsArticle", "datePublished": "2031-05-03"}]}'


def page(comments: str = "", more: str = "", stamp: str = "Posted on May 4, 2031") -> bytes:
    body = "".join(f"<p>{paragraph}</p>\n" for paragraph in PARAGRAPHS)
    return f"""<!doctype html><html>{HEAD.format(more=more)}<body>{NAV}<script>var x = "<p>not text</p>";</script>
<article class="post"><h1>Tarn Falls After Nine Weeks</h1><p class="byline">By Ana Reyk</p><p class="date">{stamp}</p>
<div class="entry-content">{body}</div></article>{comments}
<footer><p>&copy; 2031 Tarn Post. All rights reserved.</p></footer></body></html>""".encode()


def read(data: bytes) -> Document:
    doc = clean(RawDocument(data=data, media_type="text/html", name="a.html"))
    assert isinstance(doc, Document)
    assert "".join(segment.span.of(doc.text) for segment in doc.segments) == doc.text
    return doc


def said(doc: Document, kind: str) -> list[str]:
    return [segment.span.of(doc.text) for segment in doc.segments if segment.kind == kind]


def test_the_article_its_title_and_its_margins() -> None:
    doc = read(page())
    assert len(said(doc, "body")) == 4
    assert said(doc, "body")[2].startswith("“We will not leave the valley,” said Ilan Dorr")
    assert said(doc, "title") == ["Tarn Falls After Nine Weeks"]
    assert said(doc, "byline") == ["By Ana Reyk"]
    assert "Section 3" in said(doc, "boilerplate")
    assert "not text" not in doc.text
    assert (doc.header.title, doc.header.outlet, doc.header.authors) == (
        "Tarn Falls After Nine Weeks",
        "Tarn Post",
        ("Ana Reyk",),
    )


@pytest.mark.parametrize(
    ("comments", "first"),
    [(WORDPRESS, "Old Miller\n\nI was there when it fell and nobody came"), (DRUPAL, "Old Miller\n\nI was there")],
)
def test_comments_are_parted_and_out_of_the_body(comments: str, first: str) -> None:
    doc = read(page(comments))
    assert len(said(doc, "body")) == 4
    assert len(said(doc, "comment")) == 2
    assert said(doc, "comment")[0].startswith(first)
    assert "valley_girl" in said(doc, "comment")[1]


@pytest.mark.parametrize(
    ("more", "stamp", "day", "method"),
    [
        (f'<meta property="article:published_time" content="{LATE}">', "May 4, 2031", "2031-05-04", "metadata"),
        (f'<script type="application/ld+json">{LINKED}</script>', "", "2031-05-03", "metadata"),
        ('<script type="application/ld+json">{broken</script>', "Published 6 May 2031", "2031-05-06", "dateline"),
        ("", "", "2031-05-04", "url"),
    ],
)  # fmt: skip
def test_the_day_and_how_it_is_known(more: str, stamp: str, day: str, method: str) -> None:
    doc = read(page(more=more, stamp=stamp))
    assert doc.header.published is not None
    assert (doc.header.published.from_, doc.header.published.method) == (day, method)
    for span in doc.header.published.evidence:
        assert "2031" in span.of(doc.text)


def test_an_area_without_comments_is_no_comment() -> None:
    area = (
        "<div class='comments'><h3>Leave a Reply</h3><p>Want to join the discussion? Be kind to each other.</p></div>"
    )
    doc = read(page(area))
    assert said(doc, "comment") == []
    assert "Leave a Reply" in said(doc, "boilerplate")


def test_comments_that_only_their_first_lines_part() -> None:
    area = "<div id='disqus_thread'><p>Join in</p><p>quiet_river • 3 days ago</p><p>So they say.</p>"
    area += "<p>Old Miller • 2 days ago</p><p>And so it is.</p><p>It was.</p></div>"
    doc = read(page(area))
    assert [len(one.split("\n\n")) for one in said(doc, "comment")] == [2, 3]
    assert "Join in" in said(doc, "boilerplate")


def test_headlines_with_times_in_a_margin_are_no_comments() -> None:
    margin = "<aside>" + "".join(f"<p>Ana Reyk {n} hours ago</p><p>Bridge {n} shut</p>" for n in (2, 3, 4)) + "</aside>"
    assert said(read(page(margin)), "comment") == []


def test_words_map_to_the_bytes_of_the_page() -> None:
    data = page(WORDPRESS)
    doc = read(data)
    for word in ("Tarn", "Dorr", "governor's", "valley_girl", "valley,” said Ilan Dorr"):
        start = doc.text.index(word)
        where = raw_span(doc, Span(start, start + len(word)))
        assert where is not None
        found = data[where[0] : where[1]].decode()
        assert found.startswith(word[:4])
        assert found.endswith(word[-4:]) or word == "governor's"
    assert raw_span(doc, Span(doc.text.index("\n\n"), doc.text.index("\n\n") + 2)) is None


def test_a_page_that_nobody_extracts_is_judged_by_its_blocks() -> None:
    deep = (
        b"<div>" * 500
        + "".join(f"<p>{p}</p>" for p in PARAGRAPHS).encode()
        + b"<p><a href='x'>"
        + b"link text " * 20
        + b"</a></p>"
    )
    doc = read(b"<html><body>" + deep)
    assert len(said(doc, "body")) == 4
    assert said(doc, "boilerplate") == ["link text " * 19 + "link text"]


def test_a_list_of_addresses_in_an_article_stays() -> None:
    listed = "".join(f"<li>Clinic {n} of the valley: https://relief.example/{n}</li>" for n in range(6))
    body = "".join(f"<p>{p}</p>" for p in PARAGRAPHS)
    doc = read(f"<html><body><article><h1>Where to go</h1>{body}<ul>{listed}</ul></article></body></html>".encode())
    assert sum("Clinic" in line for line in said(doc, "body")) == 6


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("a<br>b<br><br>c", "a\nb\n\nc"),
        ("<p>a &lt;b&gt; &nbsp; c", "a <b> c"),
        ("<p>1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("<td>a<td>b", "a\n\nb"),
        ("a<!-- <p>hidden -->b", "ab"),
        ("a<style>p {}</style>b<svg><text>x</text></svg>c", "abc"),
        ("a<svg>kept when it is not closed", "akept when it is not closed"),
        ("<p title='a>b' class=x>in", "in"),
        ("&#x54;arn &unknown; &amp", "Tarn &unknown; &"),
        ("<![CDATA[so]]>", "so]]>"),
        ("</p></div></p>so<", "so<"),
    ],
)
def test_markup_corners(source: str, text: str) -> None:
    assert flatten(source).text == text


def pdf(*pages: list[str]) -> bytes:
    """A small PDF with one line of text under the other on each page."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>"]
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects.append(f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode())
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    for n, lines in enumerate(pages):
        shown = "BT /F1 10 Tf 12 TL 40 780 Td " + " ".join(f"({line}) Tj T*" for line in lines) + " ET"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream".encode())
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010d} 00000 n \n".encode() for place in places)
    return out + f"trailer\n<< /Size {len(places) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF".encode()


def test_pdf_pages_are_read_and_running_heads_set_aside() -> None:
    story = [
        "The mill town of Tarn fell to the Ridge Front on Monday after a siege of nine weeks,",
        "two officers said.",
    ]
    data = pdf(*[["Valley Watch Bulletin", *story, str(n)] for n in (1, 2, 3)])
    doc = clean(RawDocument(data=data, media_type="application/pdf", name="a.pdf"))
    assert isinstance(doc, Document)
    assert doc.text.count("siege of nine weeks") == 3
    assert "Valley Watch Bulletin" not in " ".join(said(doc, "body"))
    assert doc.notes[0].code == "pdf_map"
    start = doc.text.index("mill")
    assert raw_span(doc, Span(start, start + 4)) == (0, len(data))


def test_a_pdf_without_text_is_a_reject() -> None:
    doc = clean(RawDocument(data=pdf([]), media_type="application/pdf", name="a.pdf"))
    assert isinstance(doc, Reject)
    assert doc.code == "no_text"
