"""Cited works that are articles of this warehouse.

A work is an article if its URL is the article's; else if its title is that of one of the
article's versions, at least `LEAST_TITLE` characters long as a key, and its year, if it has
one, that of the version's publication. Of several articles the smallest id is taken. The link
follows from the rows of the warehouse alone, so it is the same whichever came first.
"""

from collections.abc import Mapping

import sqlalchemy as sa

LEAST_TITLE = 15
"""Shorter titles (`Introduction`, `Tajikistan`) are shared by works that are not the same."""

FROM = ("articles", "article_versions", "works")
"""Tables a link follows from."""

LINK = """
    with written_works as (
        select w.work_id
        from {schema}.works as s
        join warehouse.works as w using (work_id)
        where w.run_id = :run_id and w.loaded_at = :now
    ),
    written_versions as (
        select v.article_id, v.title_key
        from {schema}.article_versions as s
        join warehouse.article_versions as v using (version_id)
        where v.run_id = :run_id and v.loaded_at = :now
    ),
    written_articles as (
        select a.url
        from {schema}.articles as s
        join warehouse.articles as a using (article_id)
        where a.run_id = :run_id and a.loaded_at = :now
    ),
    touched as (
        select work_id from written_works
        union
        select work_id from warehouse.works join written_versions using (title_key)
        union
        select work_id from warehouse.works join written_versions using (article_id)
        union
        select work_id from warehouse.works join written_articles using (url)
    ),
    by_url as (
        select w.work_id, min(a.article_id) as article_id
        from touched
        join warehouse.works as w using (work_id)
        join warehouse.articles as a on a.url = w.url
        group by w.work_id
    ),
    by_title as (
        select w.work_id, min(v.article_id) as article_id
        from touched
        join warehouse.works as w using (work_id)
        join warehouse.article_versions as v using (title_key)
        where char_length(w.title_key) >= :least_title
            and (w.year is null or w.year = extract(year from v.published_at))
        group by w.work_id
    ),
    linked as (
        select
            work_id,
            coalesce(by_url.article_id, by_title.article_id) as article_id,
            w.run_id = :run_id and w.loaded_at = :now as is_written
        from touched
        join warehouse.works as w using (work_id)
        left join by_url using (work_id)
        left join by_title using (work_id)
    ),
    updated as (
        update warehouse.works as w
        set article_id = linked.article_id,
            run_id = :run_id,
            loaded_at = :now
        from linked
        where w.work_id = linked.work_id
            and w.article_id is distinct from linked.article_id
        returning linked.is_written
    )
    select count(*) from updated where not is_written
"""
"""Looks again at works written by this publish, and at those that a written article may be,
or may no longer be."""


def link_works(connection: sa.Connection, schema: str, stamp: Mapping[str, object]) -> int:
    """Link touched works to their articles; return how many changed that were not written yet.

    Reads the staging schema for what the batch touched, so it comes after the merges.
    """
    link = sa.text(LINK.format(schema=schema))
    count: int = connection.execute(link, {**stamp, "least_title": LEAST_TITLE}).scalar_one()
    return count
