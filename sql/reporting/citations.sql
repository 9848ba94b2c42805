-- What current articles cite, entry by entry.
-- Grain: one row per entry of the reference list of an article's current version.
-- source: Name of the source, as in its source file.
-- citing_url: Canonical URL of the citing article.
-- citing_title: Headline of the citing article as printed.
-- citing_published_at: Publication time of the citing article in UTC.
-- marker_count: Places in the text that point to the entry.
-- cited_article_id: The article of this warehouse that the work is; null if it is none.
select
    citations.citation_id,
    citations.version_id,
    current.article_id,
    sources.name as source,
    articles.url as citing_url,
    current.title as citing_title,
    current.published_at as citing_published_at,
    citations.position,
    citations.label,
    citations.raw,
    citations.kind,
    citations.authors,
    citations.editors,
    citations.has_more_authors,
    citations.title,
    citations.container_title,
    citations.year,
    citations.date_printed,
    citations.issued,
    citations.month,
    citations.day,
    citations.volume,
    citations.issue,
    citations.pages,
    citations.page_first,
    citations.page_last,
    citations.page_count,
    citations.publisher,
    citations.place,
    citations.series,
    citations.edition,
    citations.archive,
    citations.archive_location,
    citations.doi,
    citations.isbn,
    citations.arxiv,
    citations.url,
    citations.accessed,
    citations.language,
    citations.confidence,
    citations.work_id,
    citations.repeats_citation_id,
    works.article_id as cited_article_id,
    (
        select count(*)
        from warehouse.citation_contexts
        where citation_contexts.citation_id = citations.citation_id
    ) as marker_count,
    citations.loaded_at
from warehouse.citations
join warehouse.article_versions as current using (version_id)
join warehouse.articles using (article_id)
join warehouse.sources using (source_id)
left join warehouse.works using (work_id)
where current.is_current
