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


class Announced(NamedTuple):
    """The links of one feed, in its order, and what went wrong in part."""

    links: list[Link]
    problems: list[str]
    """One line for each part that could not be read, such as a locked folder."""


class FeedFailure(NamedTuple):
    """One feed, or a part of one, that could not be read."""

    feed: str
    """Kind and place, as in `rss https://…/feed.xml`."""
    reason: str
    """One line."""


def one_line(text: object, longest: int = 300) -> str:
    """`text` with white space collapsed, cut at `longest` characters."""
    line = " ".join(str(text).split())
    return line if len(line) <= longest else f"{line[:longest]}…"


def latest(times: Iterable[datetime | None]) -> datetime | None:
    """The latest of `times` that is known."""
    return max((time for time in times if time is not None), default=None)
