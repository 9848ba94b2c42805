"""An RSS, Atom or JSON feed to links; feed kind `rss`.

fastfeedparser reads first: it is some 60 times as fast as feedparser. feedparser reads again
what it refuses, what it may have read in part, and what uses `xml:base`, which it ignores.
"""

import io
import re
import warnings
from calendar import timegm
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import fastfeedparser
import feedparser

from etl.errors import FetchFailed
from etl.extract import urls, web
from etl.extract.announced import Announced, Link, one_line
from etl.sources import RssFeed, Source
from etl.sources.feeds import WEB

MAX_FEED_BYTES = 10_000_000
"""The largest feeds in use carry the full text of some 1,000 articles."""

ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]", re.IGNORECASE)
"""Start of an entry: `<item>`, `<atom:entry xml:lang="ru">`."""

XML_BASE = b"xml:base"

UNKNOWN_ZONE = "tzname .* identified but not understood"
"""dateutil's warning about a time in a zone such as `XYZ`, which it then reads as UTC."""


class Entry(NamedTuple):
    """One entry of a feed."""

    link: str | None
    announced_at: datetime | None


class Document(NamedTuple):
    """A feed as it came."""

    content: bytes
    base: str | None
    """Where relative links start; None for a feed kept in a file."""
    content_type: str | None


def links(feed: RssFeed, source: Source) -> Announced:
    """One link per entry with an http(s) link, in the order of the feed.

    Entries without one announce no page and are left out. Relative links start at the feed's
    `xml:base` or address; in a feed kept in a file at the journal's home page.

    Raises:
        FetchFailed: The feed did not come, or is none.
    """
    document = _fetched(feed.at) if WEB.match(feed.at) else _kept(Path(feed.at), source)
    return Announced(list(_linked(entries(document), document.base)), [])


def entries(document: Document) -> list[Entry]:
    """The entries of a feed; none for a feed that announces nothing at the time.

    Raises:
        FetchFailed: It is no feed.
    """
    quick = _quick(document.content)
    promised = len(ENTRY.findall(document.content))
    if quick and len(quick) >= promised and XML_BASE not in document.content:
        return quick
    patient = _patient(document)
    if quick is None and patient is None:
        start = one_line(document.content[:200].decode("utf-8", "replace"), 60)
        raise FetchFailed(f"no feed: it is {document.content_type}, and starts {start!r}")
    # With xml:base both find all entries, and feedparser resolves them.
    return max(patient or [], quick or [], key=len)


def _fetched(address: str) -> Document:
    """The feed at a web address."""
    (answer,) = web.get([address], MAX_FEED_BYTES)
    if answer.content is None:
        raise FetchFailed((answer.failure or "").partition(": ")[2])
    return Document(answer.content, answer.address, answer.content_type)


def _kept(path: Path, source: Source) -> Document:
    """The feed kept in a file."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FEED_BYTES + 1)
    except OSError as error:
        raise FetchFailed(f"{path}: {error.strerror}") from error
    if len(content) > MAX_FEED_BYTES:
        raise FetchFailed(f"{path}: over {MAX_FEED_BYTES:,} bytes, too large for a feed")
    return Document(content, source.homepage_url, None)


def _linked(found: Iterable[Entry], base: str | None) -> Iterable[Link]:
    """The entries that announce a page."""
    for entry in found:
        if entry.link and (address := urls.resolved(entry.link, base)):
            yield Link(urls.canonical(address), address, entry.announced_at)


def _quick(content: bytes) -> list[Entry] | None:
    """Entries as fastfeedparser reads them; None if it refuses the feed."""
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", UNKNOWN_ZONE)
            parsed = fastfeedparser.parse(
                content,
                include_content=False,
                include_tags=False,
                include_media=False,
                include_enclosures=False,
            )
        return [_entry(entry) for entry in parsed["entries"]]
    # Its errors on damaged feeds are of many types, also TypeError and AttributeError.
    except Exception:
        return None


def _entry(entry: dict[str, Any]) -> Entry:
    """An entry of fastfeedparser's."""
    return Entry(_link(entry), _time(entry.get("updated") or entry.get("published")))


def _link(entry: dict[str, Any]) -> str | None:
    """The link of an entry; an id that is a web address stands in for a missing one."""
    link, name = entry.get("link"), entry.get("id")
    return link or (name if name and WEB.match(name) else None)


def _time(text: str | None) -> datetime | None:
    """A time in UTC from ISO 8601; None if it is no time."""
    try:
        return datetime.fromisoformat(text or "").astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _patient(document: Document) -> list[Entry] | None:
    """Entries as feedparser reads them; None if it finds no feed."""
    headers = {"content-location": document.base, "content-type": document.content_type}
    try:
        parsed = feedparser.parse(
            # A stream: text or bytes it would take for an address or a file name first.
            io.BytesIO(document.content),
            response_headers={name: value for name, value in headers.items() if value},
            sanitize_html=False,
        )
        if not parsed.entries and not parsed.get("version"):
            return None
        return [Entry(_link(entry), _stamp(entry)) for entry in parsed.entries]
    # Damaged markup can surface as an error of any of the parsers below it.
    except Exception:
        return None


def _stamp(entry: feedparser.FeedParserDict) -> datetime | None:
    """When feedparser says an entry was changed, else published."""
    # Asking for a missing `updated_parsed` gives `published_parsed`, and a warning.
    name = "updated_parsed" if "updated_parsed" in entry else "published_parsed"
    told = entry.get(name)
    try:
        return datetime.fromtimestamp(timegm(told), UTC) if told else None
    except (ValueError, OverflowError, OSError):
        return None
