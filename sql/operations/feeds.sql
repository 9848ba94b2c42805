-- Which feeds gave nothing when they were last asked, and when are they asked again?
-- Grain: one row per failing feed.
select
    source,
    feed,
    failure_count,
    asked_at,
    answered_at,
    due_at,
    problem
from ops.current_feeds
where failure_count > 0
order by source, feed
