"""Sources to raw pages: what the network and files are asked, and what is kept of it.

`discover` asks the feeds of a source for links, `plan` and `fetch` get what is behind them,
`fresh` and `failed` tell what came of it, `snapshots` keeps it. From there on nothing needs
the network. `check` shows what a source would give and loads nothing.

A page that does not come has in `failure` its outcome, a colon and the reason, in one line:

    fetch_failed: HTTP 503 Service Unavailable after 3 tries
    too_large: 30,000,000 bytes, over 5,000,000; raise ETL_MAX_PAGE_BYTES, or …

`failed` takes the two apart. A new kind of feed is a model in `etl.sources.feeds`, a module
here with a function `links(feed, source)`, and a line in `KINDS`.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

import polars as pl

from etl.errors import EtlError
from etl.extract import files, rss
from etl.extract.announced import Announced, FeedFailure, latest, one_line
from etl.extract.fetch import Fresh, Plan, failed, fetch, fresh, plan
from etl.extract.gate import Limits
from etl.schema import frames, shape
from etl.sources import Feed, Source

__all__ = [
    "KINDS",
    "FeedFailure",
    "Fresh",
    "Limits",
    "Plan",
    "Probe",
    "check",
    "discover",
    "failed",
    "fetch",
    "fresh",
    "plan",
]

KINDS: Mapping[str, Callable[[Any, Source], Announced]] = {
    "files": files.links,
    "rss": rss.links,
}
"""How each kind of feed is read. A reader raises `EtlError` if it gets nothing at all."""

EXAMPLES = 3
"""URLs shown per feed: enough to see a wrong `base_url`."""


class Probe(NamedTuple):
    """What one feed of a source would give."""

    kind: str
    at: str
    is_reachable: bool
    link_count: int
    example_urls: tuple[str, ...]
    problem: str | None
    """What went wrong, all or in part, in one line; None if nothing did."""


def discover(source: Source, now: datetime) -> tuple[pl.DataFrame, list[FeedFailure]]:
    """One row per URL the feeds of `source` announce, and the feeds that failed.

    A URL in several feeds is one row: address and feed of the first, the latest time. A time
    after `now` says nothing and is left out. One bad feed never stops the others.
    """
    found: dict[str, dict[str, Any]] = {}
    failures: list[FeedFailure] = []
    for feed in source.feeds:
        announced = _asked(feed, source)
        failures += [FeedFailure(feed.label, problem) for problem in announced.problems]
        for link in announced.links:
            at = link.announced_at if link.announced_at and link.announced_at <= now else None
            row = found.setdefault(
                link.url, {**link._asdict(), "feed": feed.label, "announced_at": None}
            )
            row["announced_at"] = latest((row["announced_at"], at))
    links = pl.DataFrame(list(found.values()), schema=frames.LINKS, orient="row")
    return shape(links, frames.LINKS, "links"), failures


def check(source: Source) -> list[Probe]:
    """One probe per feed of `source`: whether it answers, and what it would give."""
    return [_probe(feed, source) for feed in source.feeds]


def _probe(feed: Feed, source: Source) -> Probe:
    """What one feed gives."""
    announced = _asked(feed, source)
    found = list(dict.fromkeys(link.url for link in announced.links))
    return Probe(
        kind=feed.kind,
        at=feed.label.removeprefix(f"{feed.kind} "),
        is_reachable=bool(found) or not announced.problems,
        link_count=len(found),
        example_urls=tuple(found[:EXAMPLES]),
        problem="; ".join(announced.problems) or None,
    )


def _asked(feed: Feed, source: Source) -> Announced:
    """What a feed announces; whatever goes wrong is a problem of this feed alone."""
    try:
        return KINDS[feed.kind](feed, source)
    except EtlError as error:
        return Announced([], [one_line(error)])
    # A feed is strangers' data: no error of a parser may stop the other feeds.
    except Exception as error:
        return Announced([], [one_line(f"{type(error).__name__}: {error}")])
