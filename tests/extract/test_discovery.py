"""Feeds give links, each by itself; what is told of a feed is what came of it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from etl.extract import Found, Web, discover, feed_states, online
from etl.schema import frames
from etl.sources import Source, Visits
from tests.servers import Journal, Reply

NOW = datetime(2024, 5, 10, 12, tzinfo=UTC)
DAY = timedelta(days=1)

FEEDS, DOCUMENTS = frames.FEEDS.to_frame(), frames.DOCUMENTS.to_frame()


@pytest.fixture
def web() -> Iterator[Web]:
    """The web, which may ask this machine."""
    with online(Visits(allow_private=True, delay_seconds=0, obey_robots=False)) as opened:
        yield opened


def source(*feeds: dict[str, Any]) -> Source:
    """A source with some feeds."""
    told = {"name": "oasis", "title": "O", "language": "en", "feeds": feeds}
    return Source.model_validate(told, context=Path())


def rss(*items: tuple[str, str]) -> bytes:
    """A feed of links and their dates."""
    listed = "".join(
        f"<item><link>{link}</link><pubDate>{date}</pubDate></item>" for link, date in items
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{listed}</channel></rss>'.encode()


def found(
    web: Web,
    *feeds: dict[str, Any],
    states: pl.DataFrame = FEEDS,
    documents: pl.DataFrame = DOCUMENTS,
    is_due_only: bool = False,
) -> Found:
    """What the feeds of a source give."""
    return discover(source(*feeds), web, states, documents, NOW, is_due_only=is_due_only)


def test_the_same_url_in_two_feeds_is_two_sightings(journal: Journal, web: Web) -> None:
    page = "https://oasis.example/a"
    one = journal.says("/one", rss((f"{page}?utm_source=one", "")))
    two = journal.says("/two", rss((page, ""), (page, "")))

    links = found(web, {"kind": "rss", "at": one}, {"kind": "rss", "at": two}).links

    assert links.select("url", "location", "feed").rows() == [
        (page, f"{page}?utm_source=one", f"rss {one}"),
        (page, page, f"rss {two}"),
    ]


def test_a_url_that_a_feed_repeats_has_the_latest_time(journal: Journal, web: Web) -> None:
    dates = ("Wed, 08 May 2024 10:00:00 GMT", "", "Thu, 09 May 2024 10:00:00 GMT")
    at = journal.says("/feed", rss(*(("https://oasis.example/a", date) for date in dates)))

    links = found(web, {"kind": "rss", "at": at}).links

    assert links["announced_at"].to_list() == [datetime(2024, 5, 9, 10, tzinfo=UTC)]


def test_a_time_ahead_is_now_and_one_far_ahead_says_nothing(journal: Journal, web: Web) -> None:
    dates = ("Fri, 10 May 2024 23:59:00 GMT", "Fri, 10 May 2041 10:00:00 GMT")
    at = journal.says("/feed", rss(*((f"https://o.example/{n}", d) for n, d in enumerate(dates))))

    assert found(web, {"kind": "rss", "at": at}).links["announced_at"].to_list() == [NOW, None]


def test_only_what_is_wanted_is_taken(journal: Journal, web: Web) -> None:
    paths = ("/2011/a", "/2012/b", "/2012/tag/c", "/about")
    at = journal.says("/feed", rss(*((f"https://oasis.example{path}", "") for path in paths)))
    feed = {"kind": "rss", "at": at, "include": [r"/20\d\d/"], "exclude": "/tag/"}

    assert [url[21:] for url in found(web, feed).links["url"]] == ["/2011/a", "/2012/b"]


def test_a_bad_feed_is_told_and_the_others_are_read(journal: Journal, web: Web) -> None:
    good = journal.says("/good", rss(("https://oasis.example/a", "")))
    html = journal.says("/html", Reply(b"<!DOCTYPE html><p>We have moved</p>"))
    bad = [{"kind": "rss", "at": at} for at in (journal.url("/missing"), html)]

    came = found(web, *bad, {"kind": "rss", "at": good}, {"kind": "files", "at": "no such folder"})
    states = feed_states(came, FEEDS, frames.URLS.to_frame(), NOW)

    assert came.links.height == 1
    assert [failure.reason.split(":")[0] for failure in came.failures[:2]] == [
        "HTTP 404 Not Found",
        "no feed",
    ]
    assert states["failure_count"].to_list() == [1, 1, 0, 1]
    assert states["new_count"].to_list() == [0, 0, 1, 0]


def test_a_feed_as_it_was_announces_nothing_and_keeps_its_count(journal: Journal, web: Web) -> None:
    at = journal.says("/feed", Reply(rss(("https://oasis.example/a", "")), etag='"1"'))
    first = found(web, {"kind": "rss", "at": at})
    states = feed_states(first, FEEDS, frames.URLS.to_frame(), NOW)

    again = found(web, {"kind": "rss", "at": at}, documents=first.documents)
    after = feed_states(again, states, frames.URLS.to_frame(), NOW + DAY)

    assert again.links.is_empty()
    assert not again.failures
    assert journal.log[-1].status == 304
    assert after.select("link_count", "new_count", "failure_count").rows() == [(1, 0, 0)]


def test_a_feed_whose_entry_changed_is_read_anew(journal: Journal, web: Web) -> None:
    at = journal.says("/feed", Reply(rss(("https://oasis.example/a", "")), etag='"1"'))
    first = found(web, {"kind": "rss", "at": at})

    again = found(web, {"kind": "rss", "at": at, "exclude": "/tag/"}, documents=first.documents)

    assert again.links.height == 1


@pytest.mark.parametrize("is_due_only", [False, True])
def test_a_feed_that_rests_is_asked_by_hand_alone(
    journal: Journal, web: Web, is_due_only: bool
) -> None:
    feed = {"kind": "rss", "at": journal.says("/feed", rss(("https://oasis.example/a", "")))}
    states = feed_states(found(web, feed), FEEDS, frames.URLS.to_frame(), NOW)

    came = found(web, feed, states=states, is_due_only=is_due_only)

    assert bool(came.asked) is not is_due_only
    assert came.links.is_empty() is is_due_only
