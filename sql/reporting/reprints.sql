-- Articles that repeat the text of an earlier one, as the latest fetches showed both.
-- Grain: one row per reprint.
-- source: Name of the source of the reprint, as in its source file.
-- url: Canonical URL of the reprint.
-- title: Headline of the reprint as printed.
-- published_at: Publication time of the reprint in UTC.
-- original_article_id: The earliest article with this text.
-- original_source: Name of its source.
-- original_url: Its canonical URL.
-- original_title: Its headline as printed.
-- original_published_at: Its publication time in UTC.
-- similarity: Share of the shingles of both texts that they have in common, 0 to 1.
-- days_between: Days from the publication of the original to that of the reprint, from the first
--   fetch where no time of publication is known.
-- is_same_source: Whether both stand in one source.
-- loaded_at: When the reprint was found to be one, or its row last written.
select
    articles.article_id,
    sources.name as source,
    articles.url,
    current.title,
    current.published_at,
    articles.reprint_of_article_id as original_article_id,
    original_sources.name as original_source,
    original_articles.url as original_url,
    original_current.title as original_title,
    original_current.published_at as original_published_at,
    articles.reprint_similarity as similarity,
    extract(
        day from coalesce(current.published_at, articles.first_seen_at)
            - coalesce(original_current.published_at, original_articles.first_seen_at)
    )::integer as days_between,
    articles.source_id = original_articles.source_id as is_same_source,
    current.language,
    articles.reprint_via_article_id,
    articles.loaded_at
from warehouse.articles
join warehouse.article_versions as current
    on current.article_id = articles.article_id and current.is_current
join warehouse.sources on sources.source_id = articles.source_id
join warehouse.articles as original_articles
    on original_articles.article_id = articles.reprint_of_article_id
join warehouse.article_versions as original_current
    on original_current.article_id = original_articles.article_id and original_current.is_current
join warehouse.sources as original_sources
    on original_sources.source_id = original_articles.source_id
