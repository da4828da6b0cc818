"""Pages from the web: only what was given as an address, never from the user's own network, never without end."""

from __future__ import annotations

import ipaddress
import socket
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urljoin, urlsplit

from reportedly.ingest.streams import Unreadable
from reportedly.settings import IngestSettings

if TYPE_CHECKING:
    import httpx

REDIRECTS_MOST = 5
PATIENCE = 3
"""A whole answer may take this many times the timeout of one step."""
HEADERS = {"User-Agent": "reportedly (+news reader; one page a request)", "Accept-Encoding": "identity"}


class Lookup(Protocol):
    """Gives the addresses of a host, like `addresses`."""

    def __call__(self, host: str, port: int) -> list[str]: ...


@dataclass(frozen=True)
class Fetched:
    """A page's bytes, its media type as the server says, and where it came from in the end."""

    data: bytes
    content_type: str
    url: str


def addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host. Raises Unreadable."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreadable("url_host", f"the host {host!r} is not known") from None
    return [str(entry[4][0]) for entry in found]


def allowed(address: str) -> bool:
    """Whether an address is out on the public network.

    >>> [allowed(a) for a in ("93.184.216.34", "127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "::ffff:10.0.0.1")]
    [True, False, False, False, False, False]
    """
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(ip, "ipv4_mapped", None) or getattr(ip, "sixtofour", None)
    return ip.is_global and not ip.is_multicast and (mapped is None or mapped.is_global)


def fetch(
    url: str, settings: IngestSettings, *, lookup: Lookup = addresses, transport: httpx.BaseTransport | None = None
) -> Fetched:
    """The page at `url`. Raises Unreadable with what to do.

    Each host is looked up once and the connection goes to the very address that was checked (so that a second answer
    of the name server changes nothing); redirects are followed five times, each checked anew. Proxies of the
    environment are not used.
    """
    import httpx

    deadline = time.monotonic() + PATIENCE * settings.timeout_s
    with httpx.Client(timeout=settings.timeout_s, trust_env=False, transport=transport) as client:
        for _ in range(REDIRECTS_MOST + 1):
            try:
                answer = one(client, url, settings, lookup, deadline)
            except httpx.TimeoutException:
                raise Unreadable("url_timeout", f"no answer within {settings.timeout_s:g} s") from None
            except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
                raise Unreadable("url", f"fetching failed ({type(error).__name__})") from None
            if isinstance(answer, Fetched):
                return answer
            url = answer
    raise Unreadable("url_redirects", f"more than {REDIRECTS_MOST} redirects")


def one(client: httpx.Client, url: str, settings: IngestSettings, lookup: Lookup, deadline: float) -> Fetched | str:
    """One request: the page, or the address that it redirects to."""
    import httpx

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise Unreadable("url", f"only http and https addresses are fetched, not {parts.scheme or 'this'}")
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = lookup(parts.hostname, port)
    if not found or not (settings.allow_private or all(map(allowed, found))):
        message = f"{parts.hostname} is an address inside a private network; allow it with --allow-private"
        raise Unreadable("url_private", message)
    target = httpx.URL(url).copy_with(host=found[0], username=None, password=None)
    headers = {**HEADERS, "Host": parts.netloc.rpartition("@")[2]}
    extensions = {"sni_hostname": parts.hostname}
    with client.stream("GET", target, headers=headers, extensions=extensions) as response:
        if response.is_redirect:
            return urljoin(url, response.headers["Location"])
        if response.status_code >= 400:
            raise Unreadable("url_status", f"the server answered {response.status_code}")
        data = body(response, settings, deadline)
        return Fetched(data, response.headers.get("Content-Type", ""), url)


def body(response: httpx.Response, settings: IngestSettings, deadline: float) -> bytes:
    """The bytes of an answer, up to the limit. Raises Unreadable."""
    parts, size = [], 0
    for part in response.iter_bytes(1 << 16):
        parts.append(part)
        size += len(part)
        if size > settings.max_bytes:
            limit = f"{settings.max_bytes:,} bytes (setting ingest.max_bytes)"
            raise Unreadable("too_large", f"the page is larger than the limit of {limit}")
        if time.monotonic() > deadline:
            raise Unreadable("url_timeout", "the answer did not come to an end in time")
    return b"".join(parts)
