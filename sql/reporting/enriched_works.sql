-- Cited works as printed and, where a record of Crossref or OpenAlex agrees with them, what it adds.
-- What is printed always comes first; a record only fills what is missing.
-- Grain: one row per work.
-- title: Title as printed in the surest citation.
-- doi: DOI as printed, else that of the record.
-- doi_source: Who says so: printed, openalex or crossref; null where nobody does.
-- container_title: Journal, book or proceedings it is in, as printed, else as the record has it.
-- container_title_source: Who says so, as for the DOI.
-- year: Year of publication as printed, else that of the record.
-- year_source: Who says so, as for the DOI.
-- record_title: Title in the record.
-- record_container_title: Journal, book or proceedings in the record.
-- record_year: Year of publication in the record.
-- record_authors: Authors in the record, as a JSON array.
-- outcome: How the question ended: found, not_found, ambiguous or failed; null: not asked.
-- reason: Why it ended so, in one line.
-- provider: Who was asked last.
-- loaded_at: When the row of the work was written or its answer came, whichever is later.
-- record_id: Id of the record at its provider.
select
    works.work_id,
    works.title,
    works.authors,
    works.kind,
    coalesce(works.doi, record.doi) as doi,
    case
        when works.doi is not null then 'printed'
        when record.doi is not null then record.provider
    end as doi_source,
    coalesce(works.container_title, record.container_title) as container_title,
    case
        when works.container_title is not null then 'printed'
        when record.container_title is not null then record.provider
    end as container_title_source,
    coalesce(works.year, record.year) as year,
    case
        when works.year is not null then 'printed'
        when record.year is not null then record.provider
    end as year_source,
    record.title as record_title,
    record.container_title as record_container_title,
    record.year as record_year,
    record.authors as record_authors,
    record.record_id,
    asked.outcome,
    asked.reason,
    asked.provider,
    asked.score,
    asked.asked_at,
    greatest(works.loaded_at, asked.asked_at) as loaded_at
from warehouse.works
left join ops.enrichments as asked using (work_id)
left join ops.enrichments as record
    on record.work_id = works.work_id and record.outcome = 'found'
