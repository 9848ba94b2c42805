"""What a reader of feeds makes of a journal that is online."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from etl.extract.feeds.announced import Announced, Read
from etl.extract.feeds.asking import Asker
from etl.extract.web import Limits, online
from etl.sources import Source
from etl.sources.feeds import AnyFeed, Visits

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)

AT_HOME = Visits(allow_private=True, delay_seconds=0)
"""How a journal on this machine is visited."""

QUICK = Limits(tries=1, silence_seconds=5)


def read(
    links: Callable[[Any, Asker], Announced],
    feed: AnyFeed,
    known: Mapping[str, Read] | None = None,
    now: datetime = NOW,
    **more: str,
) -> Announced:
    """What `links` makes of `feed`.

    Args:
        links: A reader.
        feed: What it reads.
        known: What an earlier reading left to remember.
        now: Time of the run.
        **more: Of the source, such as its `timezone`.
    """
    source = Source.model_validate(
        {"name": "oasis", "title": "Oasis", "language": "en", "feeds": (feed,), **more}
    )
    with online(AT_HOME, QUICK) as web:
        return links(feed, Asker(source, web, now, known or {}))


def remembered(announced: Announced, known: Mapping[str, Read] | None = None) -> dict[str, Read]:
    """What a later run knows after this one."""
    return {**(known or {}), **{document.address: document for document in announced.read}}


def urls(announced: Announced) -> list[str]:
    """URLs in order; nothing may have gone wrong."""
    assert announced.problems == []
    return [link.url for link in announced.links]
