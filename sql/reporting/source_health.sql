-- How each source stands, and how its last run went; what its silence means is in
-- `ops.source_health`.
-- Grain: one row per source that a run has taken up.
-- last_run_id: Run that took it up last.
-- last_run_at: Start of that run's first step for the source.
-- state: running, completed, degraded (a URL or rows were lost) or failed.
-- url_count: URLs of that run.
-- loaded_count: URLs whose rows were published.
-- unchanged_count: URLs that showed the same bytes as before.
-- duplicate_count: URLs that are other addresses of articles.
-- not_loaded_count: URLs that were rejected or failed; `ops.outcome_kinds` says which are which.
-- postponed_count: URLs left for a later run.
-- unmet_count: Expectations that did not hold in its last audit.
-- article_count: Articles of the source in the warehouse.
-- latest_published_at: Publication time of its newest article, in UTC.
-- error: First error of that run for the source, in one line.
-- loaded_at: When a row of its articles was last written.
with last_runs as (
    select
        known.source,
        latest.run_id
    from (select distinct source from ops.steps where step = 'extract') as known
    cross join lateral (
        select steps.run_id
        from ops.steps
        where steps.source = known.source and steps.step = 'extract'
        order by steps.started_at desc, steps.run_id
        limit 1
    ) as latest
),
taken as (
    select
        source,
        min(started_at) as started_at,
        bool_or(state = 'failed') as has_failed,
        bool_or(state = 'degraded') as is_degraded,
        bool_or(state = 'running') as is_running,
        min(error) as error
    from ops.steps
    join last_runs using (source, run_id)
    group by source
),
urls as (
    select
        source,
        count(*) as url_count,
        count(*) filter (where kind = 'loaded') as loaded_count,
        count(*) filter (where kind = 'unchanged') as unchanged_count,
        count(*) filter (where kind = 'duplicate') as duplicate_count,
        count(*) filter (where kind in ('rejected', 'failed')) as not_loaded_count,
        count(*) filter (where kind = 'postponed') as postponed_count,
        bool_or(kind = 'failed') as is_degraded
    from ops.outcomes
    join last_runs using (source, run_id)
    join ops.outcome_kinds using (outcome)
    group by source
),
aside as (
    select
        source,
        bool_or(set_aside_count > 0) as is_degraded
    from ops.loads
    join last_runs using (source, run_id)
    group by source
),
last_audits as (
    select distinct on (source)
        source,
        run_id
    from dq.results
    order by source, checked_at desc, run_id
),
audited as (
    select
        source,
        count(*) filter (where not passed) as unmet_count
    from dq.results
    join last_audits using (source, run_id)
    group by source
),
held as (
    select
        sources.name as source,
        count(*) as article_count,
        max(article_versions.published_at) as latest_published_at,
        max(article_versions.loaded_at) as loaded_at
    from warehouse.sources
    join warehouse.articles using (source_id)
    join warehouse.article_versions using (article_id)
    where article_versions.is_current
    group by sources.name
)
select
    source,
    last_runs.run_id as last_run_id,
    taken.started_at as last_run_at,
    case
        when taken.has_failed then 'failed'
        when taken.is_running then 'running'
        when taken.is_degraded or urls.is_degraded or aside.is_degraded then 'degraded'
        else 'completed'
    end as state,
    coalesce(urls.url_count, 0) as url_count,
    coalesce(urls.loaded_count, 0) as loaded_count,
    coalesce(urls.unchanged_count, 0) as unchanged_count,
    coalesce(urls.duplicate_count, 0) as duplicate_count,
    coalesce(urls.not_loaded_count, 0) as not_loaded_count,
    coalesce(urls.postponed_count, 0) as postponed_count,
    coalesce(audited.unmet_count, 0) as unmet_count,
    coalesce(held.article_count, 0) as article_count,
    held.latest_published_at,
    taken.error,
    held.loaded_at
from last_runs
join taken using (source)
left join urls using (source)
left join aside using (source)
left join audited using (source)
left join held using (source)
