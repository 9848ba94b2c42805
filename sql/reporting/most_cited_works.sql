-- Which works current articles cite, most cited first.
-- Grain: one row per work that a current article cites.
-- citation_count: Entries of reference lists that resolve to the work.
-- citing_article_count: Articles that cite it.
-- citing_source_count: Sources whose articles cite it.
-- last_cited_at: Publication time of the latest article that cites it, in UTC.
-- loaded_at: When the row of the work was written as it stands.
select
    works.work_id,
    works.title,
    works.authors,
    works.kind,
    works.container_title,
    works.year,
    works.publisher,
    works.doi,
    works.isbn,
    works.url,
    works.article_id,
    count(*) as citation_count,
    count(distinct current.article_id) as citing_article_count,
    count(distinct articles.source_id) as citing_source_count,
    max(current.published_at) as last_cited_at,
    works.loaded_at
from warehouse.works
join warehouse.citations using (work_id)
join warehouse.article_versions as current using (version_id)
join warehouse.articles on articles.article_id = current.article_id
where current.is_current
group by works.work_id
order by citation_count desc, works.work_id
