"""Web addresses: fetched with limits, never from inside, each redirect checked."""

from __future__ import annotations

import gzip

import httpx
import pytest

from reportedly.ingest import read
from reportedly.ingest.streams import Unreadable
from reportedly.ingest.web import Fetched, allowed, fetch
from reportedly.model import RawDocument, Reject
from reportedly.settings import IngestSettings

PAGE = b"<html><body><p>The mill at Tarn fell on Monday.</p></body></html>"
HOSTS = {
    "tarnpost.example": ["93.184.216.34"],
    "inside.example": ["10.0.0.8"],
    "two.example": ["93.184.216.34", "127.0.0.1"],
}


def lookup(host: str, port: int) -> list[str]:
    if host not in HOSTS:
        raise Unreadable("url_host", "unknown")
    return HOSTS[host]


def served(request: httpx.Request) -> httpx.Response:
    """A site whose answers depend on the path; it must be asked by address, with the host in the header."""
    assert request.url.host in ("93.184.216.34", "10.0.0.8")
    path = request.url.path
    if path == "/page":
        assert request.headers["Host"].split(":")[0] in HOSTS
        return httpx.Response(200, content=PAGE, headers={"Content-Type": "text/html; charset=iso-8859-1"})
    if path == "/moved":
        return httpx.Response(302, headers={"Location": "/page"})
    if path == "/inside":
        return httpx.Response(302, headers={"Location": "http://inside.example/page"})
    if path == "/file":
        return httpx.Response(302, headers={"Location": "file:///etc/hosts"})
    if path == "/loop":
        return httpx.Response(302, headers={"Location": "/loop"})
    if path == "/slow":
        raise httpx.ReadTimeout("slow")
    if path == "/broken":
        raise httpx.ReadError("broken")
    if path == "/large":
        return httpx.Response(200, content=b"x" * 5000)
    return httpx.Response(404)


def get(url: str, **settings: object) -> bytes:
    made = IngestSettings(max_bytes=4000, **settings)  # type: ignore[arg-type]
    return fetch(url, made, lookup=lookup, transport=httpx.MockTransport(served)).data


def test_a_page_is_fetched_and_redirects_are_followed() -> None:
    assert get("https://tarnpost.example/page") == PAGE
    page = fetch(
        "http://tarnpost.example/moved", IngestSettings(), lookup=lookup, transport=httpx.MockTransport(served)
    )
    assert page.url == "http://tarnpost.example/page"
    assert page.content_type.startswith("text/html")


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://inside.example/page", "url_private"),
        ("http://two.example/page", "url_private"),
        ("http://tarnpost.example/inside", "url_private"),
        ("http://tarnpost.example/file", "url"),
        ("http://tarnpost.example/loop", "url_redirects"),
        ("http://tarnpost.example/gone", "url_status"),
        ("http://tarnpost.example/slow", "url_timeout"),
        ("http://tarnpost.example/broken", "url"),
        ("http://tarnpost.example/large", "too_large"),
        ("http://nowhere.example/page", "url_host"),
        ("http:///page", "url"),
        ("http://tarnpost.example:99999/page", "url"),
    ],
)
def test_what_is_refused_and_why(url: str, code: str) -> None:
    with pytest.raises(Unreadable) as found:
        get(url)
    assert found.value.code == code


def test_private_addresses_can_be_allowed() -> None:
    assert get("http://inside.example/page", allow_private=True) == PAGE


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/x", "http://[::1]:9/x", "http://2130706433:9/x", "http://localhost:9/"]
)
def test_loopback_in_any_writing_is_refused(url: str) -> None:
    (found,) = read([url], IngestSettings(timeout_s=2.0))
    assert isinstance(found, Reject)
    assert found.code == "url_private"


@pytest.mark.parametrize(
    "address", ["100.64.0.1", "224.0.0.1", "0.0.0.0", "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "x"]
)
def test_addresses_that_are_not_public(address: str) -> None:
    assert not allowed(address)


def test_a_fetched_page_becomes_a_document(monkeypatch: pytest.MonkeyPatch) -> None:
    made = Fetched(
        gzip.compress("<html><p>Zaïr fell.</p></html>".encode("cp1252")),
        "text/html; charset=cp1252",
        "http://a.example/b",
    )
    monkeypatch.setattr("reportedly.ingest.reading.fetch", lambda url, settings: made)
    (found,) = read(["http://a.example"], IngestSettings(published="2031-05-04"))
    assert isinstance(found, RawDocument)
    assert (found.name, found.media_type) == ("http://a.example", "text/html; charset=cp1252")
    assert dict(found.given) == {"url": "http://a.example/b", "fallback_published": "2031-05-04"}
    assert found.captured_at
