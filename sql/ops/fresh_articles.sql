-- Articles that were new when a feed announced them: published within 14 days before, or of
-- unknown date. Others are an archive being read, and say nothing about how much a source gives.
-- Grain: one row per article whose current version is fresh.
-- source: Name of the source.
-- found_at: When one of its addresses was first announced; its first fetch, if no feed did.
select
    articles.source_id,
    sources.name as source,
    articles.article_id,
    article_versions.version_id,
    articles.first_seen_at,
    found.found_at,
    article_versions.published_at
from warehouse.sources
join warehouse.articles using (source_id)
join warehouse.article_versions using (article_id)
cross join lateral (
    select coalesce(min(urls.first_seen_at), articles.first_seen_at) as found_at
    from ops.urls
    where urls.source = sources.name and urls.article_url = articles.url
) as found
where
    article_versions.is_current
    and (
        article_versions.published_at is null
        -- Where a month or a year is all that is known, it is its end that counts.
        or article_versions.published_at + case article_versions.published_precision
            when 'year' then interval '1 year'
            when 'month' then interval '1 month'
            else interval '0'
        end > found.found_at - interval '14 days'
    )
