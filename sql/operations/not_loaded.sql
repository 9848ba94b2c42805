-- Which URLs are not in the warehouse, by the last that was seen of them, and why?
-- Grain: one row per source and URL.
with last_outcomes as (
    select distinct on (source, url)
        source,
        url,
        outcome,
        reason,
        recorded_at
    from ops.outcomes
    where outcome <> 'unchanged'
    order by source, url, recorded_at desc
)
select
    source,
    url,
    outcome,
    reason,
    recorded_at
from last_outcomes
where outcome <> 'loaded'
order by source, url
