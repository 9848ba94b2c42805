-- Articles that pages of a source show beside their own, and what is known of them. Those that
-- no feed announced are articles a source has and does not give: a feed is missing.
-- Grain: one row per source and URL that a page shows.
-- url: Canonical URL that the pages link to.
-- text: What the latest page shows of it, cut off where it is.
-- page_count: Articles whose pages show it.
-- first_seen_at: First fetch of a page that showed it.
-- last_seen_at: Latest fetch of a page that showed it.
-- is_announced: Whether a feed ever announced its URL, or another one of its article.
-- is_loaded: Whether its article is in the warehouse.
-- outcome: Outcome of its URL as it is now; null where there is none.
with shown as (
    select
        source,
        url,
        (array_agg(text order by last_seen_at desc, teaser_id))[1] as text,
        count(*) as page_count,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at
    from ops.teasers
    where url is not null
    group by source, url
),
found as (
    select
        shown.source,
        shown.url,
        coalesce(urls.article_url, shown.url) as article_url,
        urls.outcome
    from shown
    left join ops.urls using (source, url)
)
select
    shown.source,
    shown.url,
    shown.text,
    shown.page_count,
    shown.first_seen_at,
    shown.last_seen_at,
    exists (
        select from ops.sightings
        join ops.urls using (source, url)
        where sightings.source = found.source and urls.article_url = found.article_url
    ) as is_announced,
    exists (
        select from warehouse.articles
        join warehouse.sources using (source_id)
        where sources.name = found.source and articles.url = found.article_url
    ) as is_loaded,
    found.outcome
from shown
join found using (source, url)
