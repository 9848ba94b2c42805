-- When each source was last asked and how it answered, and which of its feeds fail.
-- Grain: one row per source that a run has taken up.
-- source_id: Hash of the name; null if nothing of it was ever loaded.
-- first_run_at: Start of the first run that is remembered.
-- last_run_at: Start of the last run that has asked it and is over with that.
-- last_success_at: When its feeds were read in the last run in which no step of it failed.
-- last_asked_at: When any of its feeds was last asked.
-- last_new_article_at: When its newest fresh article was announced (`ops.fresh_articles`).
-- feed_count: Feeds it has (`ops.current_feeds`).
-- failing_feed_count: Those that gave nothing when they were last asked.
-- feed_problem: What went wrong with that which has failed most often in a row.
-- next_due_at: When the next feed is due.
with taken as (
    select
        source,
        min(started_at) as first_run_at,
        max(started_at) filter (where state <> 'running') as last_run_at
    from ops.steps
    where step = 'extract'
    group by source
),
asked as (
    select
        source,
        count(*) as feed_count,
        count(*) filter (where failure_count > 0) as failing_feed_count,
        (array_agg(problem order by failure_count desc, feed))[1] as feed_problem,
        max(asked_at) as last_asked_at,
        min(due_at) as next_due_at
    from ops.current_feeds
    group by source
)
select
    taken.source,
    sources.source_id,
    taken.first_run_at,
    taken.last_run_at,
    succeeded.last_success_at,
    coalesce(asked.last_asked_at, taken.last_run_at) as last_asked_at,
    newest.last_new_article_at,
    coalesce(asked.feed_count, 0) as feed_count,
    coalesce(asked.failing_feed_count, 0) as failing_feed_count,
    asked.feed_problem,
    asked.next_due_at
from taken
left join warehouse.sources on sources.name = taken.source
left join asked on asked.source = taken.source
left join lateral (
    select steps.ended_at as last_success_at
    from ops.steps
    where
        steps.source = taken.source
        and steps.step = 'extract'
        and steps.state in ('completed', 'degraded')
        and not exists (
            select
            from ops.steps as other
            where
                other.run_id = steps.run_id
                and other.source = steps.source
                and other.state in ('failed', 'running')
        )
    order by steps.started_at desc
    limit 1
) as succeeded on true
-- The order of announcement is nearly that of the first fetch, of which there is an index.
left join lateral (
    select max(latest.found_at) as last_new_article_at
    from (
        select found_at
        from ops.fresh_articles
        where fresh_articles.source_id = sources.source_id
        order by first_seen_at desc
        limit 100
    ) as latest
) as newest on true
