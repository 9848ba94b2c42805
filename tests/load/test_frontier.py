"""What a run finds is remembered, and comes back when it is due."""

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from etl.load import frontier, runs
from etl.schema import frames, ops
from tests.load.rows import SOURCE, run_id, select

NOW = datetime(2024, 5, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RSS, MAP = "rss https://oasis.example/feed", "sitemap https://oasis.example/sitemap.xml"
A, B = "https://oasis.example/a", "https://oasis.example/b"

HASH = "f" * 64


def found(*pairs: tuple[str, str], at: datetime | None = None) -> frontier.Found:
    """Pairs of feed and URL as a run found them."""
    links = [(url, f"{url}?utm_source=x", feed, at, True) for feed, url in pairs]
    return frontier.Found(
        pl.DataFrame(links, schema=frames.LINKS, orient="row"),
        frames.FEEDS.to_frame(),
        frames.DOCUMENTS.to_frame(),
    )


def ended(
    engine: sa.Engine, name: str, at: datetime, recheck_days: float | None = 1.0, **rows: str
):
    """Record outcomes of a run, by URL `a` and `b`; bytes come where there is no failure."""
    told = [
        {
            "url": f"https://oasis.example/{url}",
            "outcome": outcome,
            "reason": None,
            "content_hash": None if outcome in ops.UNFETCHED else HASH,
            "asked_at": at,
        }
        for url, outcome in rows.items()
    ]
    outcomes = pl.DataFrame(told, schema=runs.OUTCOMES)
    with runs.run(engine, run_id(name), name, [SOURCE]), engine.begin() as connection:
        runs.record_outcomes(connection, run_id(name), SOURCE, outcomes, recheck_days)


def stand(engine: sa.Engine, url: str = A) -> dict[str, Any]:
    """How a URL stands."""
    (row,) = frontier.articles(engine, SOURCE, pl.Series([url])).filter(url=url).to_dicts()
    return row


def due(engine: sa.Engine, at: datetime, *, is_eager: bool = False) -> list[str]:
    """URLs that are due at a time."""
    nothing = pl.Series([], dtype=pl.String)
    frame = frontier.urls(engine, SOURCE, nothing, at, is_eager=is_eager)
    assert frame.schema == frames.URLS
    return sorted(frame["url"])


def test_a_url_is_due_from_its_first_sight_until_it_is_settled(warehouse: sa.Engine) -> None:
    frontier.remember(warehouse, SOURCE, found((RSS, A)), NOW)
    assert due(warehouse, NOW) == [A]
    assert due(warehouse, NOW - HOUR) == []

    ended(warehouse, "first", NOW, a="loaded")

    assert due(warehouse, NOW + HOUR) == []
    assert stand(warehouse)["checked_at"] == NOW


def test_every_sighting_is_kept(warehouse: sa.Engine) -> None:
    for day in range(3):
        seen = found((RSS, A), (MAP, A)) if day else found((RSS, A))
        frontier.remember(warehouse, SOURCE, seen, NOW + day * DAY)
        frontier.remember(warehouse, SOURCE, seen, NOW + day * DAY)

    assert select(
        warehouse,
        "select feed, url, seen_count, first_seen_at, last_seen_at from ops.sightings order by 1",
    ) == [
        (RSS, A, 3, NOW, NOW + 2 * DAY),
        (MAP, A, 2, NOW + DAY, NOW + 2 * DAY),
    ]
    assert select(warehouse, "select url, feed, first_seen_at, last_seen_at from ops.urls") == [
        (A, RSS, NOW, NOW + 2 * DAY)
    ]


def test_failures_wait_twice_as_long_each_time_and_then_for_news(warehouse: sa.Engine) -> None:
    frontier.remember(warehouse, SOURCE, found((RSS, A)), NOW)
    waits, at = [], NOW
    for number in range(frontier.MOST_FAILURES):
        ended(warehouse, f"run {number}", at, a="timeout")
        again = stand(warehouse)["next_check_at"]
        if again is None:
            break
        waits.append((again - at) / HOUR)
        at = again

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720]
    assert stand(warehouse)["failure_count"] == frontier.MOST_FAILURES
    assert due(warehouse, at + 999 * DAY) == []


def test_a_success_ends_the_count_of_failures(warehouse: sa.Engine) -> None:
    frontier.remember(warehouse, SOURCE, found((RSS, A)), NOW)
    ended(warehouse, "first", NOW, a="dns")
    assert (stand(warehouse)["failure_count"], stand(warehouse)["checked_at"]) == (1, None)

    ended(warehouse, "second", NOW + HOUR, a="loaded")

    assert stand(warehouse)["failure_count"] == 0


@pytest.mark.parametrize(
    ("first", "then"), [("not_an_article", "not_an_article"), ("dns", "unchanged")]
)
def test_a_page_that_is_as_it_was_keeps_its_outcome(
    warehouse: sa.Engine, first: str, then: str
) -> None:
    frontier.remember(warehouse, SOURCE, found((RSS, A)), NOW)
    ended(warehouse, "first", NOW, a=first)

    ended(warehouse, "second", NOW + DAY, a="unchanged")

    assert stand(warehouse)["outcome"] == then


def test_an_outcome_recorded_twice_counts_once(warehouse: sa.Engine) -> None:
    frontier.remember(warehouse, SOURCE, found((RSS, A)), NOW)
    for _ in range(2):
        ended(warehouse, "first", NOW, a="dns")

    assert stand(warehouse)["failure_count"] == 1


def test_who_is_in_a_hurry_tries_failures_before_their_time(warehouse: sa.Engine) -> None:
    frontier.remember(warehouse, SOURCE, found((RSS, A), (RSS, B)), NOW)
    ended(warehouse, "first", NOW, a="dns", b="loaded")

    assert due(warehouse, NOW + HOUR / 2) == []
    assert due(warehouse, NOW + HOUR / 2, is_eager=True) == [A]


@pytest.mark.parametrize(
    ("recheck_days", "days"), [(1.0, [1, 1, 2, 4, 8, 16, 32, 64, 64]), (None, [])]
)
def test_a_page_is_looked_at_again_after_as_long_as_it_stood(
    warehouse: sa.Engine, recheck_days: float | None, days: list[int]
) -> None:
    frontier.remember(warehouse, SOURCE, found((RSS, A)), NOW)
    snapshot = {
        **dict.fromkeys(runs.SNAPSHOTS),
        "url": A,
        "content_hash": HASH,
        "fetched_at": NOW,
        "status": 200,
        "path": "ff",
        "byte_count": 1,
        "address": A,
    }
    runs.remember(warehouse, SOURCE, pl.DataFrame([snapshot], schema=runs.SNAPSHOTS))
    waits, at = [], NOW
    for number in range(9):
        ended(warehouse, f"run {number}", at, recheck_days, a="unchanged" if number else "loaded")
        again = stand(warehouse)["next_check_at"]
        if again is None:
            break
        waits.append((again - at) / DAY)
        at = again

    assert waits == days


def test_pages_in_archives_are_never_due_again(warehouse: sa.Engine) -> None:
    seen = found((RSS, A))
    seen = seen._replace(links=seen.links.with_columns(is_live=pl.lit(value=False)))
    frontier.remember(warehouse, SOURCE, seen, NOW)

    ended(warehouse, "first", NOW, a="loaded")

    assert stand(warehouse)["next_check_at"] is None


def test_other_addresses_are_remembered_announced_or_not(warehouse: sa.Engine) -> None:
    frontier.remember(warehouse, SOURCE, found((RSS, A)), NOW)
    other = "https://oasis.example/moved"
    aliases = pl.DataFrame({"url": [other], "article_url": [A]})

    for _ in range(2):
        frontier.remember_aliases(warehouse, SOURCE, aliases)

    assert stand(warehouse, other)["article_url"] == A
    assert other not in due(warehouse, NOW + 99 * DAY)
    both = [frontier.articles(warehouse, SOURCE, pl.Series([url]))["url"] for url in (A, other)]
    assert [sorted(urls) for urls in both] == [[A, other], [A, other]]
    frontier.remember(warehouse, SOURCE, found((RSS, other)), NOW + DAY)
    assert stand(warehouse, other)["article_url"] == A


def test_feeds_and_their_documents_are_replaced(warehouse: sa.Engine) -> None:
    for number, problem in ((1, "HTTP 503"), (2, None)):
        feed = {
            **dict.fromkeys(frames.FEEDS),
            "feed": RSS,
            "asked_at": NOW + number * HOUR,
            "due_at": NOW,
            "problem": problem,
            **dict.fromkeys(("failure_count", "interval_seconds", "link_count", "new_count"), 7),
        }
        document = {
            **dict.fromkeys(frames.DOCUMENTS),
            "address": "https://oasis.example/feed",
            "feed_hash": 5,
            "read_at": NOW,
            "etag": f'"{number}"',
        }
        seen = frontier.Found(
            frames.LINKS.to_frame(),
            pl.DataFrame([feed], schema=frames.FEEDS),
            pl.DataFrame([document], schema=frames.DOCUMENTS),
        )
        frontier.remember(warehouse, SOURCE, seen, NOW)

    (row,) = frontier.feeds(warehouse, SOURCE).to_dicts()
    assert (row["asked_at"], row["problem"]) == (NOW + 2 * HOUR, None)
    assert frontier.documents(warehouse, SOURCE)["etag"].to_list() == ['"2"']
    assert frontier.documents(warehouse, "other").is_empty()


def test_a_robots_txt_counts_for_a_day(warehouse: sa.Engine) -> None:
    frontier.remember_robots(warehouse, {"https://oasis.example": "User-agent: *"}, NOW - DAY)
    frontier.remember_robots(warehouse, {"https://steppe.example": ""}, NOW - DAY - HOUR)

    assert frontier.robots(warehouse, NOW) == {"https://oasis.example": "User-agent: *"}

    frontier.remember_robots(warehouse, {"https://steppe.example": "Disallow:"}, NOW)

    assert frontier.robots(warehouse, NOW)["https://steppe.example"] == "Disallow:"
