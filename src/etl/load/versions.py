"""Which versions of articles a batch changes, and the place of each among its siblings.

What a version's place is depends on all versions of its article, never on the order in which
batches came. With `shown` as any time at which a version was fetched, first or last:

* `version_number`  rank by `seen_from_at`, then `content_hash`
* `is_current`      the largest `fetched_at`, then `content_hash`
* `seen_to_at`      the smallest time at which another version was shown after this one's
                    `fetched_at` (`content_hash` decides among equal times); null if current
* `changed_word_count`, `changed_share`
                    how much it differs from the version numbered before it; null for the first
"""

from collections.abc import Mapping
from typing import NamedTuple

import sqlalchemy as sa

from etl.load import merge
from etl.schema import ArticleVersion

PLACE = ("version_number", "is_current", "seen_to_at", "changed_word_count", "changed_share")
"""The derived columns."""

CHANGES = """
    select
        s.version_id,
        s.article_id,
        t.version_id is null as is_new,
        t.version_id is null
            or s.fetched_at >= t.fetched_at
            and (s.derived_hash is null or s.derived_hash is distinct from t.derived_hash)
            as is_reread
    from {schema}.article_versions as s
    left join warehouse.article_versions as t using (version_id)
    where case when t.version_id is null or s.derived_hash is null then true else {differs} end
"""
"""One row per staged version that is new or differs; rows below it are merged if it was reread.

Rows below a version are those of the latest fetch, like the version itself.
"""

PLACES = """
    with touched as (
        select distinct article_id from {schema}.version_changes
    ),
    seen as (
        select version_id, article_id, content_hash, seen_from_at, fetched_at
        from warehouse.article_versions
        join touched using (article_id)
        union all
        select version_id, article_id, content_hash, seen_from_at, fetched_at
        from {schema}.article_versions
        join touched using (article_id)
    ),
    merged as (
        select
            version_id,
            article_id,
            content_hash,
            min(seen_from_at) as seen_from_at,
            max(fetched_at) as fetched_at
        from seen
        group by version_id, article_id, content_hash
    ),
    placed as (
        select
            *,
            row_number() over (
                partition by article_id order by seen_from_at, content_hash collate "C"
            ) as version_number,
            row_number() over (
                partition by article_id order by fetched_at desc, content_hash collate "C" desc
            ) = 1 as is_current
        from merged
    )
    select
        p.version_id,
        p.version_number::integer as version_number,
        p.is_current,
        case when not p.is_current then min(shown.at) end as seen_to_at,
        min(o.version_id) filter (where o.version_number = p.version_number - 1) as previous_id
    from placed as p
    join placed as o using (article_id)
    left join lateral (values (o.seen_from_at), (o.fetched_at)) as shown (at)
        on (shown.at, o.content_hash collate "C")
            > (p.fetched_at, p.content_hash collate "C")
    group by p.version_id, p.version_number, p.is_current
"""
"""One row per version of a touched article, stored or staged, with its place after the merge."""

DIFFS = """
    with placed as (
        select
            p.version_id,
            p.previous_id,
            t.changed_word_count,
            t.changed_share,
            p.previous_id is not null and p.previous_id is distinct from b.version_id as is_moved
        from {schema}.version_places as p
        left join warehouse.article_versions as t using (version_id)
        left join warehouse.article_versions as b
            on b.article_id = t.article_id and b.version_number = t.version_number - 1
    ),
    wanted as (
        select version_id from placed where is_moved
        union
        select previous_id from placed where is_moved
    ),
    texts as (
        select version_id, concat_ws(' ', title, body, reference_text) as text
        from warehouse.article_versions
        join wanted using (version_id)
        union all
        select version_id, concat_ws(' ', s.title, s.body, s.reference_text)
        from {schema}.article_versions as s
        join wanted using (version_id)
        where not exists (
            select from warehouse.article_versions as t where t.version_id = s.version_id
        )
    )
    select
        p.version_id,
        case when p.is_moved then c.changed_word_count
            when p.previous_id is not null then p.changed_word_count
        end as changed_word_count,
        case when p.is_moved then c.changed_share
            when p.previous_id is not null then p.changed_share
        end as changed_share
    from placed as p
    left join texts as older on p.is_moved and older.version_id = p.previous_id
    left join texts as newer on p.is_moved and newer.version_id = p.version_id
    left join lateral ops.changed_words(older.text, newer.text) as c on p.is_moved
"""
"""One row per version of a touched article with its diff: texts are compared only where another
version has come to stand before it."""

MOVE = """
    update warehouse.article_versions as t
    set version_number = p.version_number,
        is_current = p.is_current,
        seen_to_at = p.seen_to_at,
        changed_word_count = d.changed_word_count,
        changed_share = d.changed_share,
        run_id = :run_id,
        loaded_at = :now
    from {schema}.version_places as p
    join {schema}.version_diffs as d using (version_id)
    where t.version_id = p.version_id
        and (t.version_number, t.is_current, t.seen_to_at, t.changed_word_count, t.changed_share)
            is distinct from (
                p.version_number, p.is_current, p.seen_to_at, d.changed_word_count, d.changed_share
            )
"""
"""Puts stored versions in their place."""

WRITTEN = """
    select
        count(*) filter (where c.is_new) as inserted,
        count(*) filter (where c.is_new is not true) as updated
    from {schema}.version_places as p
    join warehouse.article_versions as t using (version_id)
    left join {schema}.version_changes as c using (version_id)
    where t.run_id = :run_id and t.loaded_at = :now
"""

ROWS = """
    select
        s.*, p.version_number, p.is_current, p.seen_to_at, d.changed_word_count, d.changed_share
    from {schema}.article_versions as s
    join {schema}.version_changes as c on c.version_id = s.version_id
    join {schema}.version_places as p on p.version_id = s.version_id
    join {schema}.version_diffs as d on d.version_id = s.version_id
"""
"""The staged versions that are new or differ, with their places."""


class Changed(NamedTuple):
    """What a batch did to `article_versions`."""

    inserted: int
    updated: int
    reread: int
    """Versions whose rows below are merged."""


def merge_versions(connection: sa.Connection, schema: str, stamp: Mapping[str, object]) -> Changed:
    """Merge the staged versions and put them and their siblings in their places.

    Leaves table `version_changes` in the staging schema for the tables below.
    """
    changes = CHANGES.format(schema=schema, differs=merge.differs(ArticleVersion))
    # Counting first spares a batch without changes the making of tables.
    asked = f"select count(*), count(*) filter (where is_reread) from ({changes}) as changes"
    changed, reread = connection.execute(sa.text(asked)).one()
    if not changed:
        return Changed(0, 0, 0)
    _keep(connection, f"{schema}.version_changes", changes)
    _keep(connection, f"{schema}.version_places", PLACES.format(schema=schema))
    _keep(connection, f"{schema}.version_diffs", DIFFS.format(schema=schema))
    move = MOVE.format(schema=schema)
    # First, for an article has no two current versions at any time.
    connection.execute(sa.text(f"{move} and t.is_current and not p.is_current"), stamp)
    rows = ROWS.format(schema=schema)
    connection.execute(sa.text(merge.merge(ArticleVersion, rows, PLACE)), stamp)
    connection.execute(sa.text(move), stamp)
    inserted, updated = connection.execute(sa.text(WRITTEN.format(schema=schema)), stamp).one()
    return Changed(inserted, updated, reread)


def _keep(connection: sa.Connection, table: str, query: str) -> None:
    """Keep the rows of a query in a table of the staging schema, in place of an older one."""
    connection.execute(sa.text(f"drop table if exists {table}"))
    connection.execute(sa.text(f"create table {table} as {query}"))
