-- Whom current articles cite, name by name, as written in their reference lists.
-- Grain: one row per name in an entry of the reference list of an article's current version.
-- source: Name of the source, as in its source file.
select
    citation_names.citation_id,
    citation_names.position,
    current.article_id,
    sources.name as source,
    citation_names.role,
    citation_names.printed,
    citation_names.family,
    citation_names.given,
    citation_names.particle,
    citation_names.suffix,
    citation_names.literal,
    citation_names.script,
    citations.work_id,
    citation_names.loaded_at
from warehouse.citation_names
join warehouse.citations using (citation_id)
join warehouse.article_versions as current on current.version_id = citations.version_id
join warehouse.articles on articles.article_id = current.article_id
join warehouse.sources using (source_id)
where current.is_current
