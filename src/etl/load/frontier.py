"""What the warehouse remembers of finding pages: URLs and where they stand, feeds, documents.

In come frames of what a run found; out go frames of what earlier runs left to do. When a URL
is due again is decided here (`CHECKED`), what a run does with it in `etl.extract.frontier`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

import polars as pl
import sqlalchemy as sa

from etl.load.statements import given_rows
from etl.schema import Feed as FeedRow
from etl.schema import FeedDocument as DocumentRow
from etl.schema import Table, frame_schema, frames, ops, shape, with_key
from etl.sources.feeds import LONGEST_RECHECK_DAYS

FIRST_WAIT_HOURS = 1
"""Wait after a first failure: most are over by then."""

LONGEST_WAIT_DAYS = 30

MOST_FAILURES = 12
"""Failures in a row after which a URL waits to be announced anew: three months of trying."""

ROBOTS_COUNT = timedelta(days=1)
"""How long a robots.txt counts without being read anew (RFC 9309, 2.4)."""

SEEN = """
    insert into ops.sightings as t (
        sighting_id, source, feed, url, location, announced_at,
        first_seen_at, last_seen_at, seen_count
    )
    select sighting_id, :source, feed, url, location, announced_at, seen_at, seen_at, 1
    from {rows}
    on conflict (sighting_id) do update set
        location = excluded.location,
        announced_at = coalesce(excluded.announced_at, t.announced_at),
        last_seen_at = greatest(t.last_seen_at, excluded.last_seen_at),
        seen_count = t.seen_count + (excluded.last_seen_at > t.last_seen_at)::integer
"""
"""Writes sightings; the same run tells of one only once, however often it is repeated."""

ANNOUNCED = """
    insert into ops.urls as t (
        source, url, article_url, location, feed, is_live,
        first_seen_at, last_seen_at, failure_count, next_check_at
    )
    select distinct on (url)
        :source, url, url, location, feed, is_live, seen_at, seen_at, 0, seen_at
    from {rows}
    order by url, place
    on conflict (source, url) do update set
        location = excluded.location,
        feed = excluded.feed,
        is_live = excluded.is_live,
        last_seen_at = greatest(t.last_seen_at, excluded.last_seen_at)
"""
"""Writes URLs: a new one is due at once, so it is not lost whatever becomes of the run."""

ALIASES = """
    insert into ops.urls as t (
        source, url, article_url, location, feed, is_live,
        first_seen_at, last_seen_at, failure_count
    )
    select
        u.source, a.url, a.article_url, a.url, u.feed, u.is_live,
        u.first_seen_at, u.last_seen_at, 0
    from {rows}
    cross join lateral (
        select * from ops.urls
        where source = :source and url in (a.url, a.article_url)
        order by url = a.url desc
        limit 1
    ) as u
    on conflict (source, url) do update set article_url = excluded.article_url
    where t.article_url <> excluded.article_url
"""
"""Writes of which article a URL is another address; one that nobody announced is only noted."""

CHECKED = """
    update ops.urls as t set
        outcome = case when o.is_as_before then t.outcome else o.outcome end,
        reason = case when o.is_as_before then t.reason else o.reason end,
        asked_at = o.asked_at,
        checked_at = case when o.content_hash is null then t.checked_at else o.asked_at end,
        failure_count = case when o.is_failing then t.failure_count + 1 else 0 end,
        next_check_at = case
            when o.is_failing and t.failure_count + 1 >= :most_failures then null
            when o.is_failing then o.asked_at + least(
                make_interval(hours => (:first_wait_hours * 2 ^ t.failure_count)::integer),
                make_interval(days => :longest_wait_days)
            )
            when t.is_live and cast(:recheck_days as float8) is not null then
                o.asked_at + least(
                    greatest(
                        o.asked_at - coalesce(s.fetched_at, o.asked_at),
                        interval '1 day' * cast(:recheck_days as float8)
                    ),
                    make_interval(days => cast(:longest_recheck_days as integer))
                )
        end
    from (
        select
            o.*,
            o.outcome = any(:failing) as is_failing,
            o.outcome = 'unchanged' and coalesce(u.outcome <> all(:failing), false)
                as is_as_before
        from ops.outcomes as o
        join ops.urls as u using (source, url)
        where o.run_id = :run_id and o.source = :source and o.asked_at is not null
            and o.outcome <> 'postponed'
    ) as o
    left join ops.snapshots as s
        on s.source = o.source and s.url = o.url and s.content_hash = o.content_hash
    where t.source = o.source and t.url = o.url
        and (t.asked_at is null or t.asked_at < o.asked_at)
"""
"""Writes how URLs stand after a run asked for them, and when they are due again.

A page that is as it was has the outcome it had. An outcome told twice counts once. A failed URL is
due after an hour, two, four and so on; one that was read after as long as its text has stood,
within bounds: what changed yesterday may change tomorrow.
"""


class Found(NamedTuple):
    """What the feeds of a source gave in one run."""

    links: pl.DataFrame
    """Columns of `frames.LINKS`; one row per feed and URL."""
    feeds: pl.DataFrame
    """Columns of `frames.FEEDS`; one row per feed that was asked."""
    documents: pl.DataFrame
    """Columns of `frames.DOCUMENTS`; one row per document that was read."""


def feeds(engine: sa.Engine, source: str) -> pl.DataFrame:
    """The feeds of a source as earlier runs left them: a `FEEDS` frame."""
    return _all(engine, FeedRow, frames.FEEDS, source)


def documents(engine: sa.Engine, source: str) -> pl.DataFrame:
    """The documents of its feeds that earlier runs read: a `DOCUMENTS` frame."""
    return _all(engine, DocumentRow, frames.DOCUMENTS, source)


def urls(
    engine: sa.Engine, source: str, announced: pl.Series, now: datetime, *, is_eager: bool
) -> pl.DataFrame:
    """How the URLs of a run stand, the announced ones and those that are due: a `URLS` frame.

    Args:
        engine: The warehouse.
        source: Name of the source.
        announced: URLs its feeds announce; those that are not known are left out.
        now: Time of the run.
        is_eager: Whether failed URLs are due before their time.
    """
    asked = f"""
        select {", ".join(frames.URLS)} from ops.urls
        where source = :source and (
            url = any(:announced)
            or next_check_at <= :now
            or :is_eager and next_check_at is not null and outcome = any(:failing)
        )
        order by last_seen_at desc, url
    """
    given = {
        "source": source,
        "announced": announced.to_list(),
        "now": now,
        "is_eager": is_eager,
        "failing": list(ops.FAILING),
    }
    return _frame(engine, asked, frames.URLS, given)


def articles(engine: sa.Engine, source: str, wanted: pl.Series) -> pl.DataFrame:
    """How the URLs `wanted` stand, and all that share an article with them: a `URLS` frame."""
    asked = f"""
        select {", ".join(frames.URLS)} from ops.urls
        where source = :source and (
            url = any(:wanted)
            or article_url = any(:wanted)
            or article_url in (
                select article_url from ops.urls where source = :source and url = any(:wanted)
            )
        )
        order by url
    """
    return _frame(engine, asked, frames.URLS, {"source": source, "wanted": wanted.to_list()})


def robots(engine: sa.Engine, now: datetime) -> dict[str, str]:
    """Texts of the robots.txt files that still count, by origin."""
    asked = sa.text("select origin, content from ops.robots where read_at between :since and :now")
    with engine.connect() as connection:
        rows = connection.execute(asked, {"since": now - ROBOTS_COUNT, "now": now})
        return {row.origin: row.content for row in rows}


def remember_robots(engine: sa.Engine, texts: Mapping[str, str], now: datetime) -> None:
    """Write texts of robots.txt files, by origin, that were read at `now`."""
    written = """
        insert into ops.robots (origin, content, read_at) values (:origin, :content, :read_at)
        on conflict (origin) do update set content = excluded.content, read_at = excluded.read_at
    """
    rows = [{"origin": o, "content": c, "read_at": now} for o, c in sorted(texts.items())]
    if rows:
        with engine.begin() as connection:
            connection.execute(sa.text(written), rows)


def remember(engine: sa.Engine, source: str, found: Found, now: datetime) -> None:
    """Write what the feeds gave, all of it or nothing."""
    seen = shape(found.links, frames.LINKS, "links").with_columns(
        source=pl.lit(source),
        seen_at=pl.lit(now, frames.TIME),
        place=pl.int_range(pl.len(), dtype=pl.Int32),
    )
    seen = with_key(seen, "sighting_id", "source", "feed", "url").drop("source")
    with engine.begin() as connection:
        _write(connection, SEEN, seen, source)
        _write(connection, ANNOUNCED, seen, source)
        _replace(connection, FeedRow, found.feeds, source)
        _replace(connection, DocumentRow, found.documents, source)


def remember_aliases(engine: sa.Engine, source: str, aliases: pl.DataFrame) -> None:
    """Write which URLs are other addresses of an article: columns `url` and `article_url`."""
    with engine.begin() as connection:
        _write(connection, ALIASES, aliases.select("url", "article_url"), source, alias="a")


def check(connection: sa.Connection, run_id: UUID, source: str, recheck_days: float | None) -> None:
    """Write how the URLs stand for which the run has an outcome, and when they are due again."""
    rules = {
        "failing": list(ops.FAILING),
        "most_failures": MOST_FAILURES,
        "first_wait_hours": FIRST_WAIT_HOURS,
        "longest_wait_days": LONGEST_WAIT_DAYS,
        "longest_recheck_days": LONGEST_RECHECK_DAYS,
        "recheck_days": recheck_days,
    }
    connection.execute(sa.text(CHECKED), {"run_id": run_id, "source": source, **rules})


def _all(engine: sa.Engine, table: type[Table], schema: pl.Schema, source: str) -> pl.DataFrame:
    """All rows of a source in a table."""
    asked = f"select {', '.join(schema)} from {table.sql().fullname} where source = :source"
    return _frame(engine, asked, schema, {"source": source})


def _frame(
    engine: sa.Engine, asked: str, schema: pl.Schema, given: Mapping[str, object]
) -> pl.DataFrame:
    """The rows of a query as a frame."""
    with engine.connect() as connection:
        rows = connection.execute(sa.text(asked), dict(given)).all()
    return pl.DataFrame([tuple(row) for row in rows], schema=schema, orient="row")


def _write(
    connection: sa.Connection,
    statement: str,
    frame: pl.DataFrame,
    source: str,
    alias: str = "given",
) -> None:
    """Run a statement that reads `frame` as its `{rows}`."""
    if not frame.is_empty():
        text = statement.format(rows=given_rows(frame.schema, alias))
        given = frame.to_dict(as_series=False)
        connection.execute(sa.text(text), {"source": source, **given})


def _replace(
    connection: sa.Connection, table: type[Table], frame: pl.DataFrame, source: str
) -> None:
    """Insert rows of a source into a table; those that are there are replaced."""
    keys = [column.name for column in table.sql().primary_key]
    others = [name for name in frame_schema(table) if name not in keys]
    columns = ", ".join(frame.columns)
    told = ", ".join(f"{name} = excluded.{name}" for name in others)
    statement = (
        f"insert into {table.sql().fullname} (source, {columns}) "
        f"select :source, {columns} from {{rows}} "
        f"on conflict ({', '.join(keys)}) do update set {told}"
    )
    _write(connection, statement, frame, source)
