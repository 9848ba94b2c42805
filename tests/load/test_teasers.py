"""What pages show of other articles is remembered, and said of each what is known of it."""

from datetime import UTC, datetime

import polars as pl
import sqlalchemy as sa

from etl.load import teasers
from etl.schema import frames
from tests.frames import frame
from tests.load.rows import SOURCE, Page, batch, load, select

WRITTEN = (
    "select page_url, url, text, first_seen_at, last_seen_at from ops.teasers order by 1, 2, 3"
)


def seen(text: str) -> pl.DataFrame:
    """Teasers from a table of page_url, url, text and day."""
    days = pl.format("2024-05-{}T00:00:00Z", pl.col("day").str.zfill(2))
    table = frame(text).with_columns(seen_at=days.str.to_datetime(time_zone="UTC"))
    return table.select(frames.TEASERS.names()).cast(dict(frames.TEASERS))


def day(number: int) -> datetime:
    return datetime(2024, 5, number, tzinfo=UTC)


EARLY = seen(
    """
    page_url | url | text       | day
    a        | b   | Old rivers | 1
    a        |     | A river is | 1
    """
)
LATE = seen(
    """
    page_url | url | text       | day
    a        | b   | New rivers | 4
    """
)


def test_a_teaser_has_a_first_and_a_last_sight_and_its_latest_text(warehouse: sa.Engine) -> None:
    teasers.remember(warehouse, SOURCE, EARLY)

    teasers.remember(warehouse, SOURCE, LATE)

    assert select(warehouse, WRITTEN) == [
        ("a", "b", "New rivers", day(1), day(4)),
        ("a", None, "A river is", day(1), day(1)),
    ]


def test_the_order_of_fetches_changes_nothing(warehouse: sa.Engine) -> None:
    teasers.remember(warehouse, SOURCE, LATE)
    teasers.remember(warehouse, SOURCE, EARLY)

    assert select(warehouse, WRITTEN)[0] == ("a", "b", "New rivers", day(1), day(4))


def test_the_same_fetch_told_twice_writes_nothing(warehouse: sa.Engine) -> None:
    marks = "select ctid::text, xmin::text from ops.teasers order by 1"
    teasers.remember(warehouse, SOURCE, EARLY)
    before = select(warehouse, marks)

    teasers.remember(warehouse, SOURCE, EARLY)
    teasers.remember(warehouse, SOURCE, EARLY.clear())

    assert select(warehouse, marks) == before


def test_one_page_may_show_an_article_twice(warehouse: sa.Engine) -> None:
    teasers.remember(warehouse, SOURCE, pl.concat([EARLY, EARLY.with_columns(text=pl.lit("So"))]))

    assert [row[2] for row in select(warehouse, WRITTEN)] == ["Old rivers", "A river is", "So"]


def test_the_view_tells_what_is_announced_and_what_is_loaded(warehouse: sa.Engine) -> None:
    load(warehouse, batch(Page("loaded", 1)))
    with warehouse.begin() as connection:
        urls = """
            insert into ops.urls (
                source, url, article_url, location, feed, is_live, first_seen_at, last_seen_at,
                outcome, failure_count
            ) values
                (:source, 'loaded', 'loaded', '', '', true, now(), now(), 'loaded', 0),
                (:source, 'alias', 'loaded', '', '', true, now(), now(), 'duplicate', 0)
        """
        sightings = """
            insert into ops.sightings values
                (1, :source, 'rss', 'loaded', '', null, now(), now(), 1)
        """
        connection.execute(sa.text(urls), {"source": SOURCE})
        connection.execute(sa.text(sightings), {"source": SOURCE})
    shown = seen(
        """
        page_url | url    | text       | day
        a        | loaded | Old rivers | 1
        b        | loaded | New rivers | 2
        a        | alias  | Old rivers | 1
        a        | hidden | Salt       | 1
        a        |        | A river is | 1
        """
    )

    teasers.remember(warehouse, SOURCE, shown)

    asked = (
        "select url, text, page_count, first_seen_at, last_seen_at, is_announced, is_loaded, "
        "outcome from ops.teased_articles order by url"
    )
    assert select(warehouse, asked) == [
        ("alias", "Old rivers", 1, day(1), day(1), True, True, "duplicate"),
        ("hidden", "Salt", 1, day(1), day(1), False, False, None),
        ("loaded", "New rivers", 2, day(1), day(2), True, True, "loaded"),
    ]
