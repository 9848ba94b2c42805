"""Articles that repeat the text of an earlier one, found by the signatures of current versions.

An article is a reprint if its current text is like that of an earlier article, of any source and
not known to be in another language. *Like* means: of the shingles of both, but for `FRAME` that
may be the frame of a page, they share at least `LEAST_SHARED`. Two texts are only compared if
their signatures have a band in common. *Earlier* is a total order: by publication as far as it is
known (the end of a month or year), or by the first fetch if that was before; then by key.

`reprint_via_article_id` is the earliest article that it is like. `reprint_of_article_id` is the
first on the way from there over theirs that still shares `LEAST_KEPT` with it: edition after
edition points to the first, but a bulletin does not point to one of years ago that has nothing but
its heading in common with it.

All of it follows from the rows of the warehouse alone. So a publish looks again at the articles
it touched, at those that point to them, and at those that an article it touched may be the
original of; whatever the order of batches, the same pointers are left.
"""

from collections.abc import Mapping

import sqlalchemy as sa

from etl.load.likeness import FRAME, KEPT, LEAST_KEPT, LEAST_SHARED, LIKE, MOMENT, SIMILARITY

FROM = ("articles", "article_versions", "signatures")
"""Tables a pointer follows from."""

SEEDS = """
    insert into {schema}.reprint_seeds
    with written as (
        select a.article_id
        from {schema}.articles as s
        join warehouse.articles as a using (article_id)
        where a.run_id = :run_id and a.loaded_at = :now
        union
        select v.article_id
        from {schema}.article_versions as s
        join warehouse.article_versions as v using (version_id)
        where v.run_id = :run_id and v.loaded_at = :now
        {reread}
    )
    select looked_at.article_id, current.version_id
    from (
        select article_id from written
        union
        select a.article_id
        from written
        join warehouse.articles as a on a.reprint_via_article_id = written.article_id
    ) as looked_at
    left join warehouse.article_versions as current
        on current.article_id = looked_at.article_id and current.is_current
"""
"""The articles this batch touched, and those that point to one of them."""

REREAD = "union select article_id from {schema}.version_changes where is_reread"
"""Articles whose signature may have gone or come; there is such a table if any was reread."""

PAIRS = f"""
    insert into {{schema}}.reprint_pairs
    select own.version_id, other.version_id, similarity
    from {{schema}}.reprint_seeds as seed
    join warehouse.signatures as own using (version_id)
    join warehouse.signatures as other
        on other.bands && own.bands and other.version_id <> own.version_id
    left join {{schema}}.reprint_seeds as other_seed on other_seed.version_id = other.version_id
    cross join lateral (
        -- `offset` keeps it one expression; put into the condition it would be worked out often.
        select {SIMILARITY.format(a="own", b="other")} as similarity offset 0
    ) as compared
    where (other_seed.version_id is null or other.version_id < own.version_id) and {LIKE}
"""
"""One row per pair of versions that are alike, the first of an article looked at, the second
current or not."""

LIKES = f"""
    insert into {{schema}}.reprint_likes
    with sided as (
        select version_id, other_id, similarity from {{schema}}.reprint_pairs
        union all
        select other_id, version_id, similarity from {{schema}}.reprint_pairs
    ),
    found as (
        select
            own.article_id,
            via.article_id as via_id,
            {MOMENT.format(article="via", version="other")} as via_at,
            sided.similarity
        from sided
        join warehouse.article_versions as own
            on own.version_id = sided.version_id and own.is_current
        join warehouse.articles as article on article.article_id = own.article_id
        join warehouse.article_versions as other
            on other.version_id = sided.other_id and other.is_current
        join warehouse.articles as via on via.article_id = other.article_id
        where (other.language = own.language or num_nulls(other.language, own.language) > 0)
            and ({MOMENT.format(article="via", version="other")}, via.article_id)
                < ({MOMENT.format(article="article", version="own")}, own.article_id)
    ),
    best as (
        select distinct on (article_id) *
        from found
        order by article_id, via_at, via_id
    )
    select article_id, via_id, best.similarity
    from {{schema}}.reprint_seeds
    left join best using (article_id)
    union all
    select best.article_id, best.via_id, best.similarity
    from best
    join warehouse.articles as article using (article_id)
    left join warehouse.articles as via on via.article_id = article.reprint_via_article_id
    left join warehouse.article_versions as via_version
        on via_version.article_id = via.article_id and via_version.is_current
    where not exists (
            select from {{schema}}.reprint_seeds as seed where seed.article_id = best.article_id
        )
        and (
            via.article_id is null
            or (best.via_at, best.via_id)
                < ({MOMENT.format(article="via", version="via_version")}, via.article_id)
        )
"""
"""One row per article looked at, with the earliest that it is like, or null; and one per other
article that is like one of them, if this one is earlier than what it points to."""

POINT = """
    with changed as (
        select
            article.article_id,
            likes.via_id,
            likes.similarity,
            article.run_id = :run_id and article.loaded_at = :now as is_written
        from {schema}.reprint_likes as likes
        join warehouse.articles as article using (article_id)
        where article.reprint_via_article_id is distinct from likes.via_id
    ),
    updated as (
        update warehouse.articles as article
        set reprint_via_article_id = changed.via_id,
            reprint_of_article_id = changed.via_id,
            reprint_similarity = changed.similarity,
            run_id = :run_id,
            loaded_at = :now
        from changed
        where article.article_id = changed.article_id
        returning changed.is_written
    )
    select count(*) from updated where not is_written
"""
"""Points articles to what they are like; where that leads is looked up next."""

FOLLOW = f"""
    with recursive below as (
        select article_id from {{schema}}.reprint_likes
        union
        select article.article_id
        from below
        join warehouse.articles as article on article.reprint_via_article_id = below.article_id
    ),
    way as (
        select
            article.article_id,
            own.shingle_count,
            own.sketch,
            article.article_id as reached_id,
            0 as step,
            1::double precision as similarity
        from below
        join warehouse.articles as article using (article_id)
        join warehouse.article_versions as version
            on version.article_id = article.article_id and version.is_current
        join warehouse.signatures as own using (version_id)
        where article.reprint_via_article_id is not null
        union all
        select
            own.article_id,
            own.shingle_count,
            own.sketch,
            version.article_id,
            own.step + 1,
            compared.similarity
        from way as own
        join warehouse.articles as reached on reached.article_id = own.reached_id
        join warehouse.article_versions as version
            on version.article_id = reached.reprint_via_article_id and version.is_current
        join warehouse.signatures as next using (version_id)
        cross join lateral (
            select {SIMILARITY.format(a="own", b="next")} as similarity offset 0
        ) as compared
        where own.step = 0 or {KEPT}
    ) cycle reached_id set is_cycle using path,
    first as (
        select distinct on (article_id) article_id, reached_id, similarity
        from way
        where step > 0
        order by article_id, step desc
    ),
    changed as (
        select
            article.article_id,
            first.reached_id,
            first.similarity,
            article.run_id = :run_id and article.loaded_at = :now as is_written
        from first
        join warehouse.articles as article using (article_id)
        where (article.reprint_of_article_id, article.reprint_similarity)
            is distinct from (first.reached_id, first.similarity)
    ),
    updated as (
        update warehouse.articles as article
        set reprint_of_article_id = changed.reached_id,
            reprint_similarity = changed.similarity,
            run_id = :run_id,
            loaded_at = :now
        from changed
        where article.article_id = changed.article_id
        returning changed.is_written
    )
    select count(*) from updated where not is_written
"""
"""Points articles, and all that point to them, to the first on their way."""

TABLES = {
    "reprint_seeds": "article_id bigint, version_id bigint",
    "reprint_pairs": "version_id bigint, other_id bigint, similarity double precision",
    "reprint_likes": "article_id bigint, via_id bigint, similarity double precision",
}
"""What is found on the way, in the staging schema."""


def find_reprints(
    connection: sa.Connection, schema: str, stamp: Mapping[str, object], is_reread: bool
) -> int:
    """Point touched articles to the originals they repeat; return how many changed by that alone.

    Reads the staging schema for what the batch touched, so it comes after the merges.

    Args:
        connection: In the transaction of the publish.
        schema: Staging schema of the batch.
        stamp: `run_id` and `now` of the rows this publish writes.
        is_reread: Whether rows below any version were merged.
    """
    reread = REREAD.format(schema=schema) if is_reread else ""
    _gather(connection, schema, "reprint_seeds", SEEDS.replace("{reread}", reread), stamp)
    given = {"least": LEAST_SHARED, "kept": LEAST_KEPT, "frame": FRAME, **stamp}
    _gather(connection, schema, "reprint_pairs", PAIRS, given)
    _gather(connection, schema, "reprint_likes", LIKES, given)
    changed = 0
    for statement in (POINT, FOLLOW):
        asked = sa.text(statement.format(schema=schema))
        changed += connection.execute(asked, given).scalar_one()
    return changed


def _gather(
    connection: sa.Connection,
    schema: str,
    table: str,
    statement: str,
    given: Mapping[str, object],
) -> None:
    """Fill a table of the staging schema, in place of an older one; the next statement joins it."""
    name = f"{schema}.{table}"
    connection.execute(sa.text(f"drop table if exists {name}"))
    connection.execute(sa.text(f"create table {name} ({TABLES[table]})"))
    connection.execute(sa.text(statement.format(schema=schema)), given)
    connection.execute(sa.text(f"analyze {name}"))
