"""What every kind of feed hands back: links, and what kept it from finding more."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple


class Link(NamedTuple):
    """One page a feed announces."""

    url: str
    """Canonical URL."""
    location: str
    """What to fetch: an http(s) address, or the path of a file."""
    announced_at: datetime | None
    """When the feed says it was published or changed, UTC; None if it does not say."""
    is_live: bool = True
    """Whether the page may change; pages in archives do not."""


class Read(NamedTuple):
    """One document of a feed that was read, and how to ask later whether it has changed."""

    address: str
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str | None = None
    """SHA-256 of its bytes, in hexadecimal; None where bytes say nothing about changes."""
    since: str | None = None
    """Where an incremental feed goes on, as its kind has it."""


class Announced(NamedTuple):
    """The links of one feed, in its order, and what went wrong in part."""

    links: list[Link]
    problems: list[str]
    """One line for each part that could not be read, such as a locked folder."""
    read: tuple[Read, ...] = ()
    """The documents that were read, for the run to remember."""
    is_failure: bool = False
    """Whether the feed gave nothing at all, for the problem told."""


class FeedFailure(NamedTuple):
    """One feed, or a part of one, that could not be read."""

    feed: str
    """Kind and place, as in `rss https://…/feed.xml`."""
    reason: str
    """One line."""


def latest(times: Iterable[datetime | None]) -> datetime | None:
    """The latest of `times` that is known."""
    return max((time for time in times if time is not None), default=None)
