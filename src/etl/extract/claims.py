"""The bytes and headers of one page to what it says about its own URL.

A page may say that it is another address of an article: by `<link rel="canonical">` in its
head, by a `Link` header, or because its address has moved for good. Only what can be true is
handed on here; which of it is believed depends on other pages, see `identity`.
"""

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from etl.extract import urls

HEAD_BYTES = 100_000
"""A head is looked for in so many bytes; heads with styles and scripts inside are long."""

HEAD_END = ((b"</head", b"<body"), (b"</HEAD", b"<BODY"))
"""What ends a head, whichever comes first; a page without any is looked through as it is."""

LOOKS = 50
"""Words `canonical` looked at in one head: a page made to waste time must not."""

LONGEST_TAG = 4_000
"""Longer tags and headers are passed over: a URL has at most half of that."""

HIDDEN = ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<style", b"</style"))
"""What starts and ends parts of a head in which a tag is only text."""

BASE = re.compile(rb"<base\s[^<>]*+>", re.IGNORECASE)
"""The tag that says where relative links start: `<base href="/">`."""

ATTRIBUTE = re.compile(
    r"""(?<![^\s"'/])([^\s"'>/=]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))"""
)
"""An attribute of a tag: `href="/a"`, `href='/a'`, `href=/a`."""

LINK = re.compile(r"""<([^<>]*+)>((?:\s*;\s*[\w*-]+\s*=\s*(?:"[^"]*"|[^",;\s]+))*+)""")
"""One link of a `Link` header with its parameters: `<https://example.org/a>; rel="canonical"`."""

SIDE = re.compile(r"^(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.)")
"""Start of a host that many sites leave out, or put before for phones: `www.`, `m.`."""

MOVED = "x-moved"
"""Header by which a fetch says `permanent`: every redirect on the way was for good."""


class Claims(NamedTuple):
    """Canonical URLs that a page says it has; its own counts as one, None is no claim."""

    link: str | None
    """By a link in its head, or else in its headers."""
    move: str | None
    """By a redirect that is for good."""


def claims(url: str, address: str | None, headers: str | None, content: bytes) -> Claims:
    """What a page says about its URL, but for what cannot be true.

    Other sites cannot be, nor the home page, which no article is. A page that came from
    elsewhere, such as an archive, is judged by its URL alone.

    Args:
        url: Canonical URL of the page.
        address: Where its bytes came from, after redirects; None or a path for files.
        headers: Headers of the answer as a JSON object, names in lower case.
        content: Its bytes.
    """
    at = address if address and is_same_site(address, url) else url
    sent = _sent(headers)
    link = _in_head(content, at) or _in_header(sent, at)
    move = _spelled(address) if address and sent.get(MOVED) == "permanent" else None
    return Claims(_possible(link, url), _possible(move, url))


def is_same_site(address: str, url: str) -> bool:
    """Whether both lie on one site of the web; see `site`."""
    return None is not site(address) == site(url)


def site(address: str) -> str | None:
    """Host and port of a web address without a start such as `www.`; None off the web.

    Default ports are left out, so `http` and `https` are one site.

    >>> site("https://www.example.org:443/a")
    'example.org'
    """
    try:
        parts = urlsplit(address)
        port = "" if parts.port in (None, *urls.PORTS.values()) else f":{parts.port}"
    except ValueError:
        return None
    if parts.scheme not in urls.PORTS or not parts.hostname:
        return None
    return SIDE.sub("", parts.hostname.rstrip(".")) + port


def _possible(claim: str | None, url: str) -> str | None:
    """`claim`, if it can be the URL of the article at `url`."""
    if claim and is_same_site(claim, url) and (_is_home(url) or not _is_home(claim)):
        return claim
    return None


def _is_home(url: str) -> bool:
    """Whether `url` is the bare root of its host; `/?p=7` is an article."""
    parts = urlsplit(url)
    return parts.path == "/" and not parts.query


def _spelled(link: str, base: str = "") -> str | None:
    """`link`, which may start at `base`, as a canonical URL; None if it has none."""
    # What is no UTF-8 was written in a charset that is not known yet.
    if "\ufffd" in link:
        return None
    try:
        return urls.canonical(urljoin(base, link))
    except ValueError:
        return None


def _in_head(content: bytes, at: str) -> str | None:
    """The canonical link in the head of a page; None without one, or if two differ."""
    head = _head(content)
    told = {link.strip() for tag in _tags(head) if (link := _canonical_link(tag))}
    if len(told) != 1:
        return None
    link = told.pop()
    return _spelled(link, at if link.startswith("http") else _base(head, at))


def _head(content: bytes) -> bytes:
    """What comes before the body."""
    for marks in HEAD_END:
        places = [content.find(mark, 0, HEAD_BYTES) for mark in marks]
        if found := [place for place in places if place >= 0]:
            return content[: min(found)]
    return content[:HEAD_BYTES]


def _tags(head: bytes) -> Iterator[str]:
    """Tags with the word `canonical` or `Canonical` in them; all other spellings are theory."""
    place = head.find(b"anonical")
    for _ in range(LOOKS):
        start, end = head.rfind(b"<", 0, place), head.find(b">", place)
        if place < 0 or end < 0:
            return
        if end - start < LONGEST_TAG and start >= 0 and not _is_hidden(head, start):
            yield head[start:end].decode("utf-8", "replace")
        place = head.find(b"anonical", end)


def _is_hidden(head: bytes, place: int) -> bool:
    """Whether `place` lies in a comment, a script or a style."""
    return any(head.rfind(a, 0, place) > head.rfind(z, 0, place) for a, z in HIDDEN)


def _canonical_link(tag: str) -> str | None:
    """Address in `tag`, if it is a link with `canonical` among its relations."""
    if not tag[:6].lower().startswith("<link"):
        return None
    attributes = _attributes(tag[5:])
    return attributes.get("href") if _is_canonical(attributes) else None


def _is_canonical(attributes: Mapping[str, str]) -> bool:
    """Whether a link is of this kind, perhaps among others."""
    return "canonical" in attributes.get("rel", "").lower().split()


def _attributes(text: str) -> dict[str, str]:
    """Attributes by name in lower case; of two with one name the first counts."""
    found: dict[str, str] = {}
    for name, *values in ATTRIBUTE.findall(text):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def _base(head: bytes, at: str) -> str:
    """Where relative links of a page start: at its first `base`, else at its address."""
    for tag in BASE.finditer(head):
        if not _is_hidden(head, tag.start()):
            href = _attributes(tag[0].decode("utf-8", "replace")).get("href", "")
            return urls.resolved(href, at) or at
    return at


def _sent(headers: str | None) -> Mapping[str, object]:
    """Headers by name."""
    sent = json.loads(headers) if headers else {}
    return sent if isinstance(sent, dict) else {}


def _in_header(sent: Mapping[str, object], at: str) -> str | None:
    """The canonical link in the headers of a page; None without one, or if two differ."""
    links = LINK.findall(str(sent.get("link", ""))[:LONGEST_TAG])
    told = {link for link, more in links if _is_canonical(_attributes(more.replace(";", " ")))}
    return _spelled(told.pop(), at) if len(told) == 1 else None
