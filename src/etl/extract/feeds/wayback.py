"""A dead journal to links, as a web archive with a CDX interface holds it; feed kind `wayback`.

The interface lists captures by page, the oldest of each first, in portions with a key to the
next one; its parameters are those of the Wayback Machine's CDX server. The captures themselves
are fetched as any other page.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from etl.errors import FetchFailed
from etl.extract import urls
from etl.extract.feeds import files
from etl.extract.feeds.announced import Announced, Link, Read
from etl.extract.feeds.asking import Asker, Document
from etl.extract.lines import one_line
from etl.sources import WaybackFeed

FIELDS = ("urlkey", "timestamp", "original", "mimetype", "statuscode")
"""Columns asked for. Without `urlkey` the key to the next portion leads somewhere else
(internetarchive/wayback, issue 121)."""

PORTION = 1_000
"""Captures asked for at once. A server that has to look through too many others to find so many
takes its list for ended, so it is no larger than what others have found to be safe."""

MAX_PORTIONS = 2_000
"""Portions read: two million captures."""

MAX_PORTION_BYTES = 5_000_000
"""A capture takes some 200 bytes, with the longest URLs 4,000."""

TIMESTAMP = re.compile(r"\d{14}")
"""Time of a capture, UTC: `20190430121500`."""


class Capture(NamedTuple):
    """A page as it was at one time."""

    page: str
    """The archive's name for it: the same with http and https, with and without `www.`."""
    timestamp: str
    address: str


class Portion(NamedTuple):
    """One answer of the interface."""

    captures: list[Capture]
    """Those of pages that were there."""
    next_key: str | None
    """Key to the next portion; None at the end."""


def links(feed: WaybackFeed, asker: Asker) -> Announced:
    """One link per page below `feed.at`, in its newest capture; none if all is as it was.

    When a page was captured says nothing about its publication: `announced_at` is unknown.
    Where the list ended too early, what came is kept, and all is read again next time.

    Raises:
        FetchFailed: Nothing came.
    """
    newest: dict[str, Capture] = {}
    problems: list[str] = []
    count = 0
    try:
        for one in _portions(feed, asker):
            count += 1
            _keep_newest(newest, one.captures)
    except FetchFailed as error:
        if not count:
            raise
        problems.append(f"after portion {count:,} of the list: {error}; what came is kept")
    found = _linked(newest.values(), feed.replay_url.rstrip("/"))
    place = _address(feed, None)
    content_hash = sha256("\n".join(link.location for link in found).encode()).hexdigest()
    if not problems and asker.known.get(place, Read(place)).content_hash == content_hash:
        return Announced([], [])
    return Announced(found, problems, () if problems else (Read(place, content_hash=content_hash),))


def portion(document: Document | None) -> Portion:
    """An answer of the interface: a JSON table, perhaps with an empty row and a key at its end.

    Raises:
        FetchFailed: It is none.
    """
    if document is None or not document.content.strip():
        return Portion([], None)
    try:
        rows = json.loads(document.content)
    except (ValueError, RecursionError):
        rows = None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        start = one_line(document.content[:200].decode("utf-8", "replace"), 60)
        raise FetchFailed(
            f"no list of captures: it is {document.content_type}, and starts {start!r}; "
            "correct `cdx_url`"
        )
    key = None
    if len(rows) > 1 and rows[-2] == [] and len(rows[-1]) == 1:
        key = str(rows[-1][0])
        rows = rows[:-2]
    return Portion(list(_captures(rows)), key)


def _portions(feed: WaybackFeed, asker: Asker) -> Iterator[Portion]:
    """The list of captures, portion by portion.

    Raises:
        FetchFailed: A portion did not come, or the list does not end.
    """
    keys: set[str | None] = {None}
    key: str | None = None
    while True:
        document = asker.document(_address(feed, key), MAX_PORTION_BYTES, is_given=True)
        found = portion(document)
        yield found
        key = found.next_key
        if key is None:
            return
        if key in keys:
            raise FetchFailed(f"the list leads in a circle: key {key[:60]!r} came twice")
        if len(keys) >= MAX_PORTIONS:
            raise FetchFailed(f"more than {MAX_PORTIONS:,} portions; set `since` and `until`")
        keys.add(key)


def _address(feed: WaybackFeed, key: str | None) -> str:
    """Address of one portion of the list."""
    query = [
        ("url", feed.at),
        ("matchType", "prefix"),
        ("output", "json"),
        ("fl", ",".join(FIELDS)),
        ("filter", "statuscode:200"),
        # A regular expression that has to fit the whole value.
        ("filter", f"mimetype:{'|'.join(map(re.escape, files.PAGE_TYPES))}"),
        ("from", feed.since),
        ("to", feed.until),
        ("limit", PORTION),
        ("showResumeKey", "true"),
        # The key comes encoded, and the server decodes what it gets twice: it goes back as it
        # came, encoded once more (internetarchive/wayback, issue 195).
        ("resumeKey", key),
    ]
    joint = "&" if urlsplit(feed.cdx_url).query else "?"
    return feed.cdx_url + joint + urlencode([pair for pair in query if pair[1] is not None])


def _captures(rows: Sequence[list[object]]) -> Iterator[Capture]:
    """The captures in a table whose first row names the columns.

    Raises:
        FetchFailed: A column is missing.
    """
    columns = rows[0] if rows else list(FIELDS)
    if missing := [name for name in FIELDS if name not in columns]:
        raise FetchFailed(f"the list of captures lacks {', '.join(missing)}; correct `cdx_url`")
    places = [columns.index(name) for name in FIELDS]
    for row in rows[1:]:
        if len(row) != len(columns):
            continue
        page, timestamp, address, kind, status = (str(row[place]) for place in places)
        if status == "200" and kind in files.PAGE_TYPES and TIMESTAMP.fullmatch(timestamp):
            yield Capture(page, timestamp, address)


def _keep_newest(newest: dict[str, Capture], captures: Iterable[Capture]) -> None:
    """Add captures to the newest ones by page."""
    for capture in captures:
        if capture.page not in newest or newest[capture.page].timestamp <= capture.timestamp:
            newest[capture.page] = capture


def _linked(captures: Iterable[Capture], replay_url: str) -> list[Link]:
    """One link per URL, the newest capture of each; what is no address of a page is left out."""
    newest: dict[str, Capture] = {}
    for capture in captures:
        # Crawlers took links such as `mailto:editor@oasis.example` for addresses.
        if "@" in capture.address.partition("?")[0]:
            continue
        try:
            capture.address.encode()  # JSON can hold halves of characters, which frames cannot
            _keep_newest(newest, [capture._replace(page=urls.canonical(capture.address))])
        except ValueError:
            continue
    return [
        Link(url, f"{replay_url}/{capture.timestamp}id_/{capture.address}", None, is_live=False)
        for url, capture in newest.items()
    ]
