-- Feeds that a source still has: when they were asked, how they answered, when they are due.
-- Grain: one row per feed that was due or asked at the last run of its source, or is due later.
-- A feed that was due then and was not asked is no longer in the source file.
select
    feeds.source,
    feeds.feed,
    feeds.asked_at,
    feeds.answered_at,
    feeds.renewed_at,
    feeds.failure_count,
    feeds.interval_seconds,
    feeds.due_at,
    feeds.link_count,
    feeds.new_count,
    feeds.problem
from ops.feeds
cross join lateral (
    select max(steps.started_at) as started_at
    from ops.steps
    where
        steps.source = feeds.source
        and steps.step = 'extract'
        and steps.state <> 'running'
) as last_runs
where
    last_runs.started_at is null
    -- The hour is for two clocks: the program tells `asked_at`, the server `started_at`.
    or greatest(feeds.asked_at, feeds.due_at) > last_runs.started_at - interval '1 hour'
