-- How every run went, and what it wrote.
-- Grain: one row per run.
-- seconds: From start to end; null while running.
-- url_count: URLs looked at.
-- loaded_count: URLs whose rows were published.
-- unchanged_count: URLs that showed the same bytes as before.
-- duplicate_count: URLs that are other addresses of articles.
-- not_loaded_count: URLs that were rejected or failed; `ops.outcome_kinds` says which are which.
-- postponed_count: URLs left for a later run.
-- staged_count: Rows staged, of all tables.
-- set_aside_count: Rows the audit set aside.
-- inserted_count: Rows inserted into the warehouse.
-- updated_count: Rows of the warehouse changed.
-- deleted_count: Rows of republished versions that were no longer found.
-- loaded_at: When the row last changed: its end, or its start while running.
with urls as (
    select
        run_id,
        count(*) as url_count,
        count(*) filter (where kind = 'loaded') as loaded_count,
        count(*) filter (where kind = 'unchanged') as unchanged_count,
        count(*) filter (where kind = 'duplicate') as duplicate_count,
        count(*) filter (where kind in ('rejected', 'failed')) as not_loaded_count,
        count(*) filter (where kind = 'postponed') as postponed_count
    from ops.outcomes
    join ops.outcome_kinds using (outcome)
    group by run_id
),
written as (
    select
        run_id,
        sum(staged_count)::bigint as staged_count,
        sum(set_aside_count)::bigint as set_aside_count,
        sum(inserted_count)::bigint as inserted_count,
        sum(updated_count)::bigint as updated_count,
        sum(deleted_count)::bigint as deleted_count
    from ops.loads
    group by run_id
)
select
    run_id,
    runs.flow_run_name,
    runs.code_version,
    runs.sources,
    runs.state,
    runs.started_at,
    runs.ended_at,
    extract(epoch from runs.ended_at - runs.started_at)::double precision as seconds,
    coalesce(urls.url_count, 0) as url_count,
    coalesce(urls.loaded_count, 0) as loaded_count,
    coalesce(urls.unchanged_count, 0) as unchanged_count,
    coalesce(urls.duplicate_count, 0) as duplicate_count,
    coalesce(urls.not_loaded_count, 0) as not_loaded_count,
    coalesce(urls.postponed_count, 0) as postponed_count,
    coalesce(written.staged_count, 0) as staged_count,
    coalesce(written.set_aside_count, 0) as set_aside_count,
    coalesce(written.inserted_count, 0) as inserted_count,
    coalesce(written.updated_count, 0) as updated_count,
    coalesce(written.deleted_count, 0) as deleted_count,
    runs.error,
    coalesce(runs.ended_at, runs.started_at) as loaded_at
from ops.runs
left join urls using (run_id)
left join written using (run_id)
