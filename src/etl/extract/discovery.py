"""Feeds of a source to links: what is announced, by whom, and what each feed is like.

One bad feed never stops the others. What is known of the URLs, and what is done with them,
belongs to `etl.extract.frontier`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import polars as pl

from etl.extract import rhythm
from etl.extract.feeds.announced import Announced, FeedFailure, Link, Read
from etl.extract.feeds.asking import Asker
from etl.extract.feeds.kinds import asked
from etl.extract.web import Web
from etl.schema import frames, key, shape
from etl.sources import Feed, Source

AHEAD = timedelta(days=1)
"""A feed that gives a day alone, or writes its own time as UTC, dates pages ahead of now."""


class Found(NamedTuple):
    """What the feeds of a source gave."""

    links: pl.DataFrame
    """One row per feed and URL, columns of `frames.LINKS`."""
    asked: Mapping[str, Announced]
    """What came of each feed that was asked, by label."""
    documents: pl.DataFrame
    """Documents that were read, columns of `frames.DOCUMENTS`."""
    failures: list[FeedFailure]


def discover(
    source: Source,
    web: Web,
    feeds: pl.DataFrame,
    documents: pl.DataFrame,
    now: datetime,
    *,
    is_due_only: bool,
) -> Found:
    """What the feeds of `source` announce.

    Args:
        source: The source.
        web: What answers.
        feeds: The feeds as earlier runs left them, columns of `frames.FEEDS`.
        documents: What they read, columns of `frames.DOCUMENTS`.
        now: Time of the run.
        is_due_only: Whether feeds that are not due yet are left alone.
    """
    due = {state.feed: rhythm.is_due(state, now) for state in rhythm.states(feeds)}
    links: list[dict[str, Any]] = []
    read: list[dict[str, Any]] = []
    came: dict[str, Announced] = {}
    for feed in source.feeds:
        if is_due_only and not due.get(feed.label, True):
            continue
        feed_hash = hash_of(feed)
        asker = Asker(source, web, now, _known(documents, feed_hash))
        came[feed.label] = announced = asked(feed, asker)
        links += _rows(feed, wanted(feed, announced.links), now)
        read += [{**r._asdict(), "feed_hash": feed_hash, "read_at": now} for r in announced.read]
    return Found(
        shape(pl.DataFrame(links, schema=frames.LINKS, orient="row"), frames.LINKS, "links"),
        came,
        _documents(read),
        [FeedFailure(feed, problem) for feed, a in came.items() for problem in a.problems],
    )


def feed_states(
    found: Found, feeds: pl.DataFrame, urls: pl.DataFrame, now: datetime
) -> pl.DataFrame:
    """The feeds that were asked, as they stand now: columns of `frames.FEEDS`.

    Args:
        found: What they gave.
        feeds: As earlier runs left them.
        urls: Known URLs among those announced, columns of `frames.URLS`.
        now: Time of the run.
    """
    before = {state.feed: state for state in rhythm.states(feeds)}
    new = found.links.join(urls, on="url", how="anti")
    counts = dict(new.group_by("feed").len().iter_rows())
    states = [
        rhythm.after(before.get(label), _answer(label, announced, counts, before), now)
        for label, announced in found.asked.items()
    ]
    return shape(pl.DataFrame(states, schema=frames.FEEDS, orient="row"), frames.FEEDS, "feeds")


def hash_of(feed: Feed) -> int:
    """Hash of a feed's entry in its source file."""
    return key(feed.model_dump_json())


def wanted(feed: Feed, links: Iterable[Link]) -> list[Link]:
    """The links that `include` and `exclude` of their feed let pass."""
    return [
        link
        for link in links
        if (not feed.include or _finds(feed.include, link.url))
        and not _finds(feed.exclude, link.url)
    ]


def _finds(patterns: Sequence[str], url: str) -> bool:
    """Whether any of the patterns is found in `url`."""
    return any(re.search(pattern, url) for pattern in patterns)


def _answer(
    label: str,
    announced: Announced,
    new_counts: Mapping[str, int],
    before: Mapping[str, rhythm.FeedState],
) -> rhythm.FeedAsked:
    """How a feed answered; one that is as it was still announces what it did."""
    links = len(announced.links)
    if not links and label in before:
        links = before[label].link_count
    problem = announced.problems[0] if announced.is_failure else None
    return rhythm.FeedAsked(label, links, new_counts.get(label, 0), problem)


def _known(documents: pl.DataFrame, feed_hash: int) -> dict[str, Read]:
    """The documents of one feed that earlier runs read, by address."""
    mine = documents.filter(feed_hash=feed_hash).select(Read._fields)
    return {row[0]: Read(*row) for row in mine.iter_rows()}


def _rows(feed: Feed, links: Iterable[Link], now: datetime) -> list[dict[str, Any]]:
    """One row per URL that a feed announces, with the latest time it gives."""
    rows: dict[str, dict[str, Any]] = {}
    for link in links:
        at = link.announced_at
        at = min(at, now) if at is not None and at <= now + AHEAD else None
        row = rows.setdefault(link.url, {**link._asdict(), "feed": feed.label, "announced_at": at})
        if at is not None and (row["announced_at"] is None or row["announced_at"] < at):
            row["announced_at"] = at
    return list(rows.values())


def _documents(read: list[dict[str, Any]]) -> pl.DataFrame:
    """Documents that were read; one that two feeds share, once for each."""
    frame = pl.DataFrame(read, schema=frames.DOCUMENTS, orient="row")
    one = frame.unique(["address", "feed_hash"], keep="last", maintain_order=True)
    return shape(one, frames.DOCUMENTS, "documents")
