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
    where outcome not in ('unchanged', 'postponed')
    order by source, url, recorded_at desc
)
select
    source,
    url,
    outcome,
    kind,
    reason,
    recorded_at
from last_outcomes
join ops.outcome_kinds using (outcome)
where kind in ('rejected', 'failed')
order by source, url
