"""An RSS, Atom or JSON feed to links; feed kind `rss`.

fastfeedparser reads first: it is some 60 times as fast as feedparser. feedparser reads again
what it refuses, what it may have read in part, and what needs `xml:base` or the charset of a
header, which it ignores.

One document is one feed: older pages of a feed in parts (RFC 5005) are not followed, as a feed
is asked often enough to see each entry in its first part. A journal's past is the business of
sitemaps and listings.
"""

import io
import re
import warnings
from calendar import timegm
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import urljoin

import fastfeedparser
import feedparser

from etl.errors import FetchFailed
from etl.extract.feeds.announced import Announced
from etl.extract.feeds.asking import Asker, Document
from etl.extract.feeds.given import described, given
from etl.extract.feeds.linked import LOST, Links
from etl.sources import RssFeed
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


def links(feed: RssFeed, asker: Asker) -> Announced:
    """One link per entry with an http(s) link, in the order of the feed.

    Entries without one announce no page and are left out; a problem tells of links that are
    broken or too long, and of a feed in which no entry has one. Relative links start at the
    feed's `xml:base` or address; in a feed kept in a file at the journal's home page.

    Raises:
        FetchFailed: The feed did not come, or is none.
    """
    document = given(feed.at, asker, MAX_FEED_BYTES)
    if document is None:
        return Announced([], [], tuple(asker.read))
    try:
        found = entries(document)
    except FetchFailed as error:
        raise FetchFailed(f"{error}{_way_out(asker.source.homepage_url, document)}") from error
    linked = Links()
    for entry in found:
        linked.add(entry.link, document.address, entry.announced_at)
    problems = linked.problems
    if found and not linked.found and not problems:
        problems = [f"no entry of {len(found):,} links to a page"]
    return Announced(linked.found, problems, tuple(asker.read))


def _way_out(homepage_url: str | None, document: Document) -> str:
    """What to do about a feed that is none any more; nothing for a file without a home page."""
    home = homepage_url or (urljoin(document.address, "/") if document.address else None)
    return f"; the journal may have moved it: try `etl sources add {home}`" if home else ""


def entries(document: Document) -> list[Entry]:
    """The entries of a feed; none for a feed that announces nothing at the time.

    Raises:
        FetchFailed: It is no feed.
    """
    quick = _quick(document.content)
    if quick and _is_enough(quick, document.content):
        return quick
    patient = _patient(document)
    if quick is None and patient is None:
        raise FetchFailed(f"no feed: it is {described(document)}")
    # Where both find all entries, feedparser knows bases and charsets better.
    return max(patient or [], quick or [], key=len)


def _is_enough(quick: list[Entry], content: bytes) -> bool:
    """Whether fastfeedparser found all entries, and their links as they are meant."""
    promised = len(ENTRY.findall(content))
    is_lost = any(LOST in entry.link for entry in quick if entry.link)
    return len(quick) >= promised and XML_BASE not in content and not is_lost


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
        told = datetime.fromisoformat(text or "")
        return (told if told.tzinfo else told.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _patient(document: Document) -> list[Entry] | None:
    """Entries as feedparser reads them; None if it finds no feed."""
    headers = {"content-location": document.address, "content-type": document.content_type}
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
