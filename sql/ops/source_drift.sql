-- Whether the newest 20 articles of each source look like the 200 before. A changed layout shows
-- in dates, names and reference lists that are missing, or suddenly there, and in pages that are
-- no articles any more. What the first day brought is left out: archives look different.
-- Grain: one row per source and share, where there are 20 and at least 50 before them.
-- what: without date, without authors, without references (articles), or not an article (pages).
-- new_share: The share among the newest 20.
-- old_share: The share among those before.
-- drift_score: By how many standard errors they differ; above 0 if there are more now. Shares are
--   compared by their arcsines (Anscombe), which holds for shares near 0 and 1 too: where none
--   of 200 were so, 3 of 20 have a chance of 1 in 1,500 (hypergeometric), and a score of 3.2.
with articles as (
    select
        source_visits.source,
        fresh.published_at is null as is_undated,
        not exists (
            select from warehouse.article_authors where article_authors.version_id = fresh.version_id
        ) as is_unsigned,
        article_versions.reference_text is null as is_unreferenced,
        row_number() over (
            partition by source_visits.source order by fresh.first_seen_at desc, fresh.article_id
        ) as place
    from ops.source_visits
    cross join lateral (
        select *
        from ops.fresh_articles
        where
            fresh_articles.source_id = source_visits.source_id
            and fresh_articles.found_at > source_visits.first_run_at + interval '1 day'
        order by fresh_articles.first_seen_at desc, fresh_articles.article_id
        limit 220
    ) as fresh
    join warehouse.article_versions using (version_id)
),
pages as (
    select
        source_visits.source,
        ended.is_no_article,
        row_number() over (
            partition by source_visits.source order by ended.first_seen_at desc, ended.url
        ) as place
    from ops.source_visits
    cross join lateral (
        select
            urls.url,
            urls.first_seen_at,
            last_outcomes.outcome in ('not_an_article', 'soft_404') as is_no_article
        from ops.urls
        cross join lateral (
            select outcomes.outcome
            from ops.outcomes
            where
                outcomes.source = urls.source
                and outcomes.url = urls.url
                and outcomes.outcome in ('loaded', 'set_aside', 'not_an_article', 'soft_404')
            order by outcomes.recorded_at desc
            limit 1
        ) as last_outcomes
        where
            urls.source = source_visits.source
            and urls.first_seen_at > source_visits.first_run_at + interval '1 day'
        order by urls.first_seen_at desc, urls.url
        limit 220
    ) as ended
),
looked_at as (
    select
        articles.source,
        articles.place,
        traits.what,
        traits.is_so
    from articles
    cross join lateral (
        values
            ('without date', articles.is_undated),
            ('without authors', articles.is_unsigned),
            ('without references', articles.is_unreferenced)
    ) as traits (what, is_so)
    union all
    select
        source,
        place,
        'not an article',
        is_no_article
    from pages
),
counted as (
    select
        source,
        what,
        count(*) filter (where place <= 20) as new_count,
        count(*) filter (where place > 20) as old_count,
        count(*) filter (where place <= 20 and is_so) as new_so_count,
        count(*) filter (where place > 20 and is_so) as old_so_count
    from looked_at
    group by source, what
)
select
    source,
    what,
    new_so_count::double precision / new_count as new_share,
    old_so_count::double precision / old_count as old_share,
    2 * (
        asin(sqrt((new_so_count + 0.375) / (new_count + 0.75)))
        - asin(sqrt((old_so_count + 0.375) / (old_count + 0.75)))
    ) / sqrt(1.0 / new_count + 1.0 / old_count) as drift_score
from counted
where new_count = 20 and old_count >= 50
