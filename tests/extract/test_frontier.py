"""Every URL of a run is fetched, taken from its snapshot, or left alone for a reason."""

from datetime import UTC, datetime, timedelta
from typing import Any

import polars as pl
import pytest

from etl.extract import afresh, plan, work
from etl.schema import frames

NOW = datetime(2024, 5, 10, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
A, B, C = (f"https://oasis.example/{name}" for name in "abc")
FEED = "rss https://oasis.example/feed"


def links(*rows: tuple[str, datetime | None] | str, feed: str = FEED) -> pl.DataFrame:
    """Links announced by one feed."""
    told = [row if isinstance(row, tuple) else (row, None) for row in rows]
    given = [(url, url, feed, at, True) for url, at in told]
    return pl.DataFrame(given, schema=frames.LINKS, orient="row")


def standing(url: str, outcome: str | None = "loaded", **told: Any) -> dict[str, Any]:
    """How a URL stands."""
    row: dict[str, Any] = {
        "url": url,
        "article_url": url,
        "location": url,
        "feed": FEED,
        "is_live": True,
        "checked_at": NOW - DAY if outcome else None,
        "outcome": outcome,
        "reason": None,
        "failure_count": 0,
        "next_check_at": NOW + DAY,
    }
    return row | told


def urls(*rows: dict[str, Any]) -> pl.DataFrame:
    """The frame of URLs."""
    return pl.DataFrame(list(rows), schema=frames.URLS, orient="row")


def known(*rows: tuple[str, bool] | tuple[str, bool, datetime]) -> pl.DataFrame:
    """Snapshots: URL, whether it is settled, time of its fetch."""
    given = []
    for url, is_settled, *at in rows:
        given.append(
            dict.fromkeys(frames.KNOWN)
            | {"url": url, "is_settled": is_settled, "fetched_at": at[0] if at else NOW - DAY}
            | {"content_hash": "f" * 64, "etag": '"1"', "path": "ff/f.zst"}
        )
    return pl.DataFrame(given, schema=frames.KNOWN, orient="row")


def decided(
    announced: pl.DataFrame, stand: pl.DataFrame, kept: pl.DataFrame, **told: Any
) -> dict[str, str]:
    """What is done with each URL; no URL is lost, and none is told of twice."""
    run = work(announced, stand)
    made = plan(run, stand, kept, NOW, **told)
    done = [(url, "fetch") for url in made.to_fetch["url"]]
    done += [(url, "kept") for url in made.kept["url"]]
    done += list(made.ended.select("url", "outcome").iter_rows())
    assert sorted(url for url, _ in done) == sorted(run["url"])
    return dict(done)


def test_a_new_url_is_fetched_without_conditions() -> None:
    made = plan(links(A), urls(), known(), NOW)

    assert made.to_fetch.select("url", "article_url", "etag").rows() == [(A, A, None)]


def test_a_settled_page_rests_until_it_is_due_or_announced_anew() -> None:
    stand = urls(standing(A), standing(B, next_check_at=NOW - HOUR), standing(C))
    kept = known((A, True), (B, True), (C, True))

    assert decided(links(A, (C, NOW - HOUR)), stand, kept) == {
        A: "unchanged",
        B: "fetch",
        C: "fetch",
    }


def test_a_page_is_asked_whether_it_has_changed() -> None:
    made = plan(links((A, NOW)), urls(standing(A)), known((A, True)), NOW)

    assert made.to_fetch["etag"].to_list() == ['"1"']


def test_a_page_whose_date_moves_is_not_asked_for_again_and_again() -> None:
    """The server said after that date that it is as it was."""
    stand = urls(standing(A, checked_at=NOW - HOUR))

    assert decided(links((A, NOW - 2 * HOUR)), stand, known((A, True, NOW - 9 * DAY))) == {
        A: "unchanged"
    }


def test_kept_bytes_that_no_run_settled_are_not_fetched_again() -> None:
    stand = urls(standing(A, None, next_check_at=NOW))

    assert decided(links(A), stand, known((A, False))) == {A: "kept"}
    assert decided(links((A, NOW)), stand, known((A, False))) == {A: "fetch"}


def test_bytes_that_are_not_settled_are_asked_for_whole() -> None:
    made = plan(links((A, NOW)), urls(standing(A, None)), known((A, False)), NOW)

    assert made.to_fetch["etag"].to_list() == [None]


@pytest.mark.parametrize(
    ("told", "is_eager", "expected"),
    [
        ({"next_check_at": NOW + HOUR}, False, "postponed"),
        ({"next_check_at": NOW + HOUR}, True, "fetch"),
        ({"next_check_at": NOW - HOUR}, False, "fetch"),
        ({"next_check_at": None}, False, "postponed"),
        ({"next_check_at": None}, True, "fetch"),
    ],
)
def test_a_failed_page_rests_unless_someone_is_in_a_hurry(
    told: dict[str, Any], is_eager: bool, expected: str
) -> None:
    stand = urls(standing(A, "timeout", checked_at=None, reason="no answer for 15 s", **told))

    assert decided(links(A), stand, known(), is_eager=is_eager) == {A: expected}


def test_a_failed_page_that_rests_says_why_and_how_long() -> None:
    failed = standing(A, "timeout", checked_at=None, reason="no answer", next_check_at=NOW + HOUR)

    (row,) = plan(links(A), urls(failed), known(), NOW).ended.to_dicts()

    assert row["outcome"] == "postponed"
    assert row["reason"] == "timeout: no answer; next try after 2024-05-10 13:00 UTC"


def test_a_failed_page_is_tried_again_though_no_feed_announces_it() -> None:
    stand = urls(standing(A, "dns", checked_at=None, next_check_at=NOW))

    assert decided(links(B), stand, known()) == {A: "fetch", B: "fetch"}


def test_what_never_came_goes_before_what_failed_before_what_may_have_changed() -> None:
    stand = urls(
        standing(A, next_check_at=NOW),
        standing(B, "timeout", checked_at=None, next_check_at=NOW),
    )

    made = plan(work(links(A, B, C), stand), stand, known((A, True)), NOW)

    assert made.to_fetch["url"].to_list() == [C, B, A]


def test_another_address_of_an_article_is_a_duplicate() -> None:
    stand = urls(standing(A), standing(B, "duplicate", article_url=A))

    assert decided(links(A, B), stand, known((A, True))) == {A: "unchanged", B: "duplicate"}
    assert decided(links(B), stand, known((A, True)))[B] == "duplicate"


def test_an_article_known_by_another_address_alone_is_had_from_there() -> None:
    stand = urls(standing(B, article_url=A, next_check_at=NOW), standing(C, article_url=A))

    made = plan(links(B, C), stand, known((B, True)), NOW)

    assert made.to_fetch.select("url", "article_url").rows() == [(B, A)]
    assert made.ended.select("url", "reason").rows() == [(C, f"duplicate of {A}")]


def test_a_url_in_two_feeds_is_one_with_the_latest_time() -> None:
    both = pl.concat([links((A, NOW - DAY)), links((A, NOW), feed="sitemap x")])

    (row,) = work(both, urls()).to_dicts()

    assert (row["feed"], row["announced_at"]) == (FEED, NOW)


def test_files_are_read_by_every_run_and_archives_once() -> None:
    here, packed = "file:///demo/a.txt", "https://oasis.example/old"
    announced = links(here, packed).with_columns(
        location=pl.Series(["articles/a.txt", "zip:old.zip!a.html"])
    )
    stand = urls(
        standing(here, next_check_at=None), standing(packed, next_check_at=None, is_live=False)
    )

    assert decided(announced, stand, known((here, True), (packed, True))) == {
        here: "fetch",
        packed: "unchanged",
    }


def test_kept_bytes_that_are_lost_are_fetched() -> None:
    stand = urls(standing(A, None, article_url=B), standing(C, None))
    made = plan(links(A, C), stand, known((A, False), (C, False)), NOW)

    asks = afresh(links(A, C), made.kept, [A])

    assert asks.select("url", "article_url", "etag").rows() == [(A, B, None)]
