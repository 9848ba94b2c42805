"""What a feed was like and how it answered now, to when it is asked next.

Pure: no clock, no network, no table. A feed with news is asked more often and one without
more seldom, each by itself; one that fails is asked more and more seldom, and never dropped.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import NamedTuple

import polars as pl

FIRST_INTERVAL = timedelta(hours=1)
"""Rhythm of a feed of which nothing is known: two answers with news from the shortest, eight
without any from the longest."""

SHORTEST_INTERVAL = timedelta(minutes=15)
"""Rhythm of the busiest feeds: 30 articles a day are found a third of an hour after they came
(`tests/extract/test_rhythm.py`); more haste would cost the host and gain minutes."""

LONGEST_INTERVAL = timedelta(hours=24)
"""Rhythm of silent feeds: every article is found within a day, and silence is known by days."""

LONGEST_WAIT = timedelta(days=7)
"""Longest wait after failures: a site that comes back after months is found within a week."""

FASTER = 0.5
"""What an answer with news makes of the interval."""

SLOWER = 1.5
"""What an answer without news makes of the interval.

With `FASTER` it settles where 37 of 100 answers bring news: log(1.5) / (log(1.5) + log(2)).
"""

EARLY = 0.1
"""Share of a wait that may be missing: runs start at fixed times and take some minutes, so a
feed that is due a little later would else be passed over until the run after."""

MOST_FAILURES = 32_767
"""Failures that can be counted (`ops.feeds.failure_count`)."""


class FeedState(NamedTuple):
    """One feed after it was asked; the columns of `frames.FEEDS`, a row of `ops.feeds`."""

    feed: str
    """Kind and address, as in `rss https://…/feed.xml`."""
    asked_at: datetime
    answered_at: datetime | None
    """When it last answered."""
    renewed_at: datetime | None
    """When it last announced a URL that was not known."""
    failure_count: int
    """Failures in a row."""
    interval_seconds: int
    """Its rhythm when it answers."""
    due_at: datetime
    """When it is to be asked next, back-off included."""
    link_count: int
    """Links it announced when it last answered."""
    new_count: int
    """URLs among them that were not known."""
    problem: str | None
    """What went wrong last; None if nothing."""


class FeedAsked(NamedTuple):
    """What one feed answered in one run."""

    feed: str
    link_count: int
    new_count: int
    """URLs among the links that were not known."""
    problem: str | None
    """Why it gave nothing, in one line; None if it answered."""


def states(feeds: pl.DataFrame) -> Iterator[FeedState]:
    """One state per row of a frame with the columns of `frames.FEEDS`."""
    return map(FeedState._make, feeds.select(FeedState._fields).iter_rows())


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether the feed is to be asked at `now`; also if the clock was set back since."""
    wait = state.due_at - state.asked_at
    return now >= state.due_at - EARLY * wait or now < state.asked_at


def after(before: FeedState | None, asked: FeedAsked, now: datetime) -> FeedState:
    """The state of a feed after it was asked.

    Args:
        before: How it stood; None if it was never asked.
        asked: What it answered.
        now: When it was asked, UTC.
    """
    if asked.problem is not None:
        return _failed(before or _unasked(asked.feed, now), asked.problem, now)
    interval = FIRST_INTERVAL if before is None else _next_interval(before, asked.new_count)
    return FeedState(
        feed=asked.feed,
        asked_at=now,
        answered_at=now,
        renewed_at=now if asked.new_count else before and before.renewed_at,
        failure_count=0,
        interval_seconds=_seconds(interval),
        due_at=now + interval,
        link_count=asked.link_count,
        new_count=asked.new_count,
        problem=None,
    )


def _unasked(feed: str, now: datetime) -> FeedState:
    """The state of a feed before it was asked for the first time."""
    return FeedState(feed, now, None, None, 0, _seconds(FIRST_INTERVAL), now, 0, 0, None)


def _failed(before: FeedState, problem: str, now: datetime) -> FeedState:
    """The state after one more failure: the rhythm is kept for when the feed is back."""
    failures = min(before.failure_count + 1, MOST_FAILURES)
    wait = _bounded(before.interval_seconds, SHORTEST_INTERVAL, LONGEST_INTERVAL)
    # Doubling more than ten times is over a week from every interval, and soon overflows.
    wait = min(wait * 2 ** min(failures, 10), LONGEST_WAIT)
    return before._replace(asked_at=now, failure_count=failures, due_at=now + wait, problem=problem)


def _next_interval(before: FeedState, new_count: int) -> timedelta:
    """The rhythm after an answer: faster with news, slower without."""
    seconds = before.interval_seconds * (FASTER if new_count else SLOWER)
    return _bounded(seconds, SHORTEST_INTERVAL, LONGEST_INTERVAL)


def _bounded(seconds: float, least: timedelta, most: timedelta) -> timedelta:
    """`seconds` within bounds, in whole seconds."""
    return min(max(timedelta(seconds=int(seconds)), least), most)


def _seconds(interval: timedelta) -> int:
    """Whole seconds of an interval."""
    return int(interval.total_seconds())
