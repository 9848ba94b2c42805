-- What was read, as the latest fetch showed it.
-- Grain: one row per article.
-- source: Name of the source, as in its source file.
-- authors: Persons in the byline who wrote it, as printed, in order, separated by `; `.
-- agencies: Agencies, newspapers and institutes in the byline, likewise.
-- version_count: Distinct contents seen under this URL.
-- mention_count: Mentions in the current version.
-- entity_count: Different entities mentioned in the current version.
-- citation_count: Entries of the reference list of the current version.
-- loaded_at: When the current version was written as it stands.
with bylines as (
    select
        version_id,
        string_agg(printed_name, '; ' order by position)
            filter (where kind = 'person' and role = 'author') as authors,
        string_agg(printed_name, '; ' order by position)
            filter (where kind = 'organisation') as agencies
    from warehouse.article_authors
    group by version_id
),
mentioned as (
    select
        version_id,
        count(*) as mention_count,
        count(distinct entity_id) as entity_count
    from warehouse.mentions
    group by version_id
),
cited as (
    select
        version_id,
        count(*) as citation_count
    from warehouse.citations
    group by version_id
),
versions as (
    select
        article_id,
        count(*) as version_count
    from warehouse.article_versions
    group by article_id
)
select
    current.article_id,
    current.version_id,
    sources.name as source,
    articles.url,
    current.title,
    bylines.authors,
    bylines.agencies,
    current.published_at,
    current.published_precision,
    current.published_method,
    current.published_confidence,
    current.language,
    current.script,
    current.word_count,
    versions.version_count,
    coalesce(mentioned.mention_count, 0) as mention_count,
    coalesce(mentioned.entity_count, 0) as entity_count,
    coalesce(cited.citation_count, 0) as citation_count,
    articles.reprint_of_article_id,
    articles.reprint_similarity,
    articles.first_seen_at,
    articles.last_seen_at,
    current.loaded_at
from warehouse.article_versions as current
join warehouse.articles using (article_id)
join warehouse.sources using (source_id)
join versions using (article_id)
left join bylines using (version_id)
left join mentioned using (version_id)
left join cited using (version_id)
where current.is_current
