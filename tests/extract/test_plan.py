"""Every link ends in one place: unchanged, new, or failed with its reason."""

from datetime import UTC, datetime
from hashlib import sha256

import polars as pl
import pytest

from etl.extract import Limits, failed, fetch, fresh, plan
from etl.schema import frames
from tests.frames import frame
from tests.servers import Journal

NOW = datetime(2024, 5, 1, tzinfo=UTC)


def links(*locations: str, announced_at: datetime | None = None) -> pl.DataFrame:
    """Links whose URLs are their locations."""
    rows = [(where, where, "rss https://o.ex/feed", announced_at) for where in locations]
    return pl.DataFrame(rows, schema=frames.LINKS, orient="row")


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


KNOWN = frame(
    """
    url               | content_hash | fetched_at           | is_settled
    ------------------+--------------+----------------------+-----------
    https://o.ex/old  | h1           | 2024-04-01T00:00:00Z | true
    https://o.ex/old  | h2           | 2024-04-10T00:00:00Z | true
    https://o.ex/torn | h3           | 2024-04-01T00:00:00Z | true
    https://o.ex/torn | h4           | 2024-04-10T00:00:00Z | false
    /pages/a.html     | h5           | 2024-04-10T00:00:00Z | true
    """
).select(
    "url",
    "content_hash",
    pl.col("fetched_at").str.to_datetime(time_unit="us", time_zone="UTC"),
    pl.col("is_settled") == "true",
)
"""Two versions of one page; a page whose newest version a run left behind; a file."""


def test_known_pages_are_not_fetched_again() -> None:
    wanted = links("https://o.ex/new", "https://o.ex/old", "https://o.ex/torn", "/pages/a.html")

    todo = plan(wanted, KNOWN)

    assert todo.to_fetch["url"].to_list() == [
        "https://o.ex/new",
        "https://o.ex/torn",
        "/pages/a.html",
    ]
    assert todo.to_fetch.schema == frames.LINKS
    assert todo.unchanged.rows() == [("https://o.ex/old", "h2")]


@pytest.mark.parametrize(("day", "is_fetched"), [(9, False), (10, False), (11, True)])
def test_a_known_page_is_fetched_when_its_feed_dates_it_later(day: int, is_fetched: bool) -> None:
    at = datetime(2024, 4, day, tzinfo=UTC)

    todo = plan(links("https://o.ex/old", announced_at=at), KNOWN)

    assert (todo.to_fetch.height == 1) is is_fetched


def test_every_link_ends_in_exactly_one_place(journal: Journal) -> None:
    same = journal.says("/same", b"<p>as it was</p>")
    new = journal.says("/new", b"<p>new</p>")
    missing = journal.url("/missing")
    kept = journal.says("/kept", b"<p>never asked for</p>")
    before = datetime(2024, 1, 1, tzinfo=UTC)
    rows = [
        (same, digest(b"<p>as it was</p>"), before, True),
        (new, digest(b"<p>new</p>"), before, False),
        (kept, "hash", before, True),
    ]
    known = pl.DataFrame(rows, schema=frames.KNOWN, orient="row")
    later = links(same, announced_at=datetime(2024, 2, 1, tzinfo=UTC))
    wanted = later.vstack(links(new, missing, kept))

    todo = plan(wanted, known)
    raw = fetch(wanted, known, NOW, 100_000, Limits(tries=1))
    came = fresh(raw, known)

    assert todo.unchanged["url"].to_list() == [kept]
    assert came.unchanged.rows() == [(same, digest(b"<p>as it was</p>"))]
    assert came.new["url"].to_list() == [new]
    assert came.new.schema == frames.RAW
    ends = [todo.unchanged, came.unchanged, came.new, failed(raw)]
    assert sorted(url for end in ends for url in end["url"]) == sorted(wanted["url"])
    assert failed(raw).rows() == [(missing, None, "fetch_failed", "HTTP 404 Not Found")]
    assert journal.requests["/kept"] == 0


def test_bytes_that_come_back_after_others_are_new(journal: Journal) -> None:
    address = journal.says("/a", b"<p>first</p>")
    rows = [
        (address, digest(b"<p>first</p>"), datetime(2024, 1, 1, tzinfo=UTC), True),
        (address, digest(b"<p>second</p>"), datetime(2024, 2, 1, tzinfo=UTC), True),
    ]
    known = pl.DataFrame(rows, schema=frames.KNOWN, orient="row")
    wanted = links(address, announced_at=datetime(2024, 3, 1, tzinfo=UTC))

    came = fresh(fetch(wanted, known, NOW, 100_000, Limits(tries=1)), known)

    assert came.new["content"].to_list() == [b"<p>first</p>"]


def test_nothing_to_fetch_gives_empty_frames() -> None:
    raw = fetch(links(), frames.KNOWN.to_frame(), NOW, 100_000)

    assert raw.schema == frames.RAW
    assert raw.height == fresh(raw, frames.KNOWN.to_frame()).new.height == failed(raw).height == 0
