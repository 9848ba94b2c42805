"""Feeds with news are asked more often, silent ones more seldom, failing ones never dropped."""

import random
from datetime import UTC, datetime, timedelta

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.extract import rhythm
from etl.extract.rhythm import (
    LONGEST_INTERVAL,
    LONGEST_WAIT,
    SHORTEST_INTERVAL,
    FeedAsked,
    FeedState,
    after,
    is_due,
)
from etl.schema import frames, shape

NOW = datetime(2024, 5, 1, 6, tzinfo=UTC)

FEED = "rss https://steppe.example/feed"

MINUTES = 60

HOURS = 60 * MINUTES

DAYS = 24 * HOURS


def answer(new: int = 0, problem: str | None = None, links: int = 10) -> FeedAsked:
    return FeedAsked(FEED, 0 if problem else links, new, problem)


def state(interval: int = HOURS, failures: int = 0) -> FeedState:
    due = NOW + timedelta(seconds=interval)
    return FeedState(FEED, NOW, NOW, NOW, failures, interval, due, 10, 1, "x" if failures else None)


def seconds(span: timedelta) -> int:
    return int(span.total_seconds())


@pytest.mark.parametrize(
    ("interval", "new", "expected"),
    [
        (HOURS, 1, 30 * MINUTES),
        (HOURS, 0, 90 * MINUTES),
        (20 * MINUTES, 5, 15 * MINUTES),
        (15 * MINUTES, 5, 15 * MINUTES),
        (15 * MINUTES, 0, 22 * MINUTES + 30),
        (20 * HOURS, 0, DAYS),
        (DAYS, 0, DAYS),
        (DAYS, 1, 12 * HOURS),
        # What an older version left beyond today's bounds comes back within them.
        (30 * DAYS, 0, DAYS),
        (1, 1, 15 * MINUTES),
    ],
)
def test_news_makes_the_rhythm_faster_and_silence_slower(
    interval: int, new: int, expected: int
) -> None:
    found = after(state(interval), answer(new), NOW)

    assert found.interval_seconds == expected
    assert found.due_at == NOW + timedelta(seconds=expected)


@pytest.mark.parametrize(
    ("interval", "failures", "wait"),
    [
        (HOURS, 0, 2 * HOURS),
        (HOURS, 1, 4 * HOURS),
        (HOURS, 6, 128 * HOURS),
        (HOURS, 7, 7 * DAYS),
        (15 * MINUTES, 0, 30 * MINUTES),
        (DAYS, 0, 2 * DAYS),
        (DAYS, 1, 4 * DAYS),
        (DAYS, 2, 7 * DAYS),
        (DAYS, 32_767, 7 * DAYS),
    ],
)
def test_every_failure_doubles_the_wait_up_to_a_week(
    interval: int, failures: int, wait: int
) -> None:
    found = after(state(interval, failures), answer(problem="HTTP 503"), NOW)

    assert found.due_at == NOW + timedelta(seconds=wait)
    assert found.interval_seconds == interval
    assert found.failure_count == min(failures + 1, rhythm.MOST_FAILURES)
    assert found.problem == "HTTP 503"


def test_a_first_answer_starts_the_rhythm_whatever_it_brings() -> None:
    found = after(None, answer(new=10), NOW)

    assert found == FeedState(FEED, NOW, NOW, NOW, 0, HOURS, NOW + timedelta(hours=1), 10, 10, None)


def test_an_answer_without_news_keeps_the_time_of_the_last_news() -> None:
    assert after(state(), answer(), NOW + timedelta(hours=1)).renewed_at == NOW
    assert after(None, answer(), NOW).renewed_at is None


def test_a_first_failure_is_followed_by_the_first_rhythm() -> None:
    failed = after(None, answer(problem="HTTP 500"), NOW)
    back = after(failed, answer(new=1), NOW + timedelta(hours=2))

    assert (failed.answered_at, failed.failure_count) == (None, 1)
    assert failed.due_at == NOW + timedelta(hours=2)
    assert (back.failure_count, back.problem, back.interval_seconds) == (0, None, 30 * MINUTES)


def test_a_failure_keeps_what_the_feed_last_gave() -> None:
    failed = after(state(), answer(problem="HTTP 500"), NOW + timedelta(hours=1))

    assert (failed.answered_at, failed.renewed_at) == (NOW, NOW)
    assert (failed.link_count, failed.new_count) == (10, 1)


def test_a_feed_is_due_a_little_early() -> None:
    hourly = state(HOURS)

    assert not is_due(hourly, NOW + timedelta(minutes=53))
    assert is_due(hourly, NOW + timedelta(minutes=54))
    # A daily run that comes to the feed earlier than the day before must not skip a day.
    assert is_due(state(DAYS), NOW + timedelta(hours=23, minutes=40))


def test_a_feed_that_was_asked_in_the_future_is_due() -> None:
    assert is_due(state(), NOW - timedelta(days=400))


ANSWERS = st.builds(
    answer, new=st.integers(0, 50), problem=st.none() | st.sampled_from(["HTTP 503", "dns"])
)

WAITS = st.timedeltas(timedelta(0), timedelta(days=40))


@given(st.lists(st.tuples(ANSWERS, WAITS), min_size=1, max_size=60))
def test_bounds_hold_whatever_happens(events: list[tuple[FeedAsked, timedelta]]) -> None:
    now, found = NOW, None
    for asked, wait in events:
        now += wait
        found = after(found, asked, now)

        interval = timedelta(seconds=found.interval_seconds)
        assert SHORTEST_INTERVAL <= interval <= LONGEST_INTERVAL
        assert found.asked_at == now < found.due_at <= now + LONGEST_WAIT
        assert is_due(found, found.due_at)
        assert not is_due(found, now)
        assert (found.failure_count > 0) == (found.problem is not None)
        if asked.problem is None:
            assert found.due_at == now + interval
            assert found.answered_at == now


@given(st.integers(1, 200))
def test_a_feed_that_fails_is_asked_every_week_and_recovers_at_once(failures: int) -> None:
    found = None
    for _ in range(failures):
        found = after(found, answer(problem="dns"), found.due_at if found else NOW)
        assert found.due_at - found.asked_at <= LONGEST_WAIT
    assert found is not None

    back = after(found, answer(new=1), found.due_at)

    assert back.failure_count == 0
    assert back.due_at - back.asked_at <= timedelta(hours=1)


def test_states_pass_through_frames() -> None:
    states = [after(None, answer(new=3), NOW), after(None, answer(problem="dns"), NOW)]

    frame = pl.DataFrame(states, schema=frames.FEEDS, orient="row")

    assert list(rhythm.states(shape(frame, frames.FEEDS, "feeds"))) == states


class Polled:
    """A year of a feed whose articles come by chance, asked whenever it is due."""

    def __init__(self, per_day: float, days: int = 365) -> None:
        rnd = random.Random(1)
        self.asked, self.delays = 0, list[timedelta]()
        found, now, end = None, NOW, NOW + timedelta(days=days)
        arrival = NOW + timedelta(days=rnd.expovariate(per_day))
        while now < end:
            new = 0
            while arrival <= now:
                self.delays.append(now - arrival)
                arrival += timedelta(days=rnd.expovariate(per_day))
                new += 1
            found = after(found, answer(new), now)
            self.asked += 1
            now = found.due_at
        self.days = days

    @property
    def per_article(self) -> float:
        """Questions asked for one article."""
        return self.asked / len(self.delays)

    @property
    def delay(self) -> timedelta:
        """Mean time from an article to the question that finds it."""
        return sum(self.delays, timedelta()) / len(self.delays)


@pytest.mark.parametrize(
    ("per_day", "most_per_article", "longest_delay"),
    [
        (0.1, 12, timedelta(hours=13)),
        (1, 2.5, timedelta(hours=9)),
        (10, 2.2, timedelta(hours=1.2)),
        (30, 2, timedelta(minutes=25)),
    ],
)
def test_articles_are_found_soon_with_few_questions(
    per_day: float, most_per_article: float, longest_delay: timedelta
) -> None:
    polled = Polled(per_day)

    assert polled.per_article < most_per_article
    assert polled.delay < longest_delay


def test_a_silent_feed_settles_at_a_question_a_day() -> None:
    assert Polled(0.001, days=365).asked < 365 + 10
