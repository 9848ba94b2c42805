"""What pages show of other articles, into `ops.teasers`: sightings, no rows of any article.

Written beside the pages' own rows, and never fetched: which of them a feed announces, and which
are loaded, is told by the view `ops.teased_articles`.
"""

import polars as pl
import sqlalchemy as sa

from etl.load.statements import given_rows
from etl.schema import frames, shape, with_key

SEEN = """
    insert into ops.teasers as t (
        teaser_id, source, page_url, url, text, first_seen_at, last_seen_at
    )
    select teaser_id, :source, page_url, url, text, seen_at, seen_at
    from {rows}
    on conflict (teaser_id) do update set
        text = case when excluded.last_seen_at >= t.last_seen_at
            then excluded.text else t.text
        end,
        first_seen_at = least(t.first_seen_at, excluded.first_seen_at),
        last_seen_at = greatest(t.last_seen_at, excluded.last_seen_at)
    where excluded.first_seen_at < t.first_seen_at
        or excluded.last_seen_at > t.last_seen_at
        or excluded.last_seen_at = t.last_seen_at and excluded.text <> t.text
"""
"""Writes teasers; one seen again by the same fetch is not touched."""


def remember(engine: sa.Engine, source: str, teasers: pl.DataFrame) -> None:
    """Write what pages of a source show: columns of `frames.TEASERS`."""
    seen = shape(teasers, frames.TEASERS, "teasers").with_columns(
        source=pl.lit(source), identity=pl.coalesce("url", "text")
    )
    # Of a page that was read twice the later fetch counts; within one the first place does.
    rows = (
        with_key(seen, "teaser_id", "source", "page_url", "identity")
        .sort("seen_at", descending=True, maintain_order=True)
        .unique("teaser_id", keep="first", maintain_order=True)
        .drop("source", "identity")
    )
    if rows.is_empty():
        return
    statement = SEEN.format(rows=given_rows(rows.schema))
    with engine.begin() as connection:
        connection.execute(sa.text(statement), {"source": source, **rows.to_dict(as_series=False)})
