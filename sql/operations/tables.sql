-- How many rows does each table hold, and when was the last one written?
-- Grain: one row per table of schema warehouse, parents first.
select 'sources' as table_name, count(*) as row_count, max(loaded_at) as last_loaded_at
from warehouse.sources
union all
select 'articles', count(*), max(loaded_at)
from warehouse.articles
union all
select 'article_versions', count(*), max(loaded_at)
from warehouse.article_versions
union all
select 'authors', count(*), max(loaded_at)
from warehouse.authors
union all
select 'article_authors', count(*), max(loaded_at)
from warehouse.article_authors
union all
select 'entities', count(*), max(loaded_at)
from warehouse.entities
union all
select 'entity_aliases', count(*), max(loaded_at)
from warehouse.entity_aliases
union all
select 'mentions', count(*), max(loaded_at)
from warehouse.mentions
union all
select 'works', count(*), max(loaded_at)
from warehouse.works
union all
select 'citations', count(*), max(loaded_at)
from warehouse.citations
union all
select 'citation_names', count(*), max(loaded_at)
from warehouse.citation_names
union all
select 'citation_fields', count(*), max(loaded_at)
from warehouse.citation_fields
union all
select 'citation_contexts', count(*), max(loaded_at)
from warehouse.citation_contexts
union all
select 'signatures', count(*), max(loaded_at)
from warehouse.signatures
