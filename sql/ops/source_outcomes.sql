-- How the URLs of each source ended in the last seven days. A URL counts once, by the last that
-- came of it; `unchanged` and `postponed` count only if nothing else did.
-- Grain: one row per source and outcome.
-- url_count: URLs that ended so.
-- share: Their share of the URLs of the source in these days.
-- example_url: The one that ended so last.
-- last_reason: Why it did, in one line.
-- last_seen_at: When that was recorded.
with last_outcomes as (
    select distinct on (source, url)
        source,
        url,
        outcome,
        reason,
        recorded_at
    from ops.outcomes
    where recorded_at > now() - interval '7 days'
    order by
        source,
        url,
        outcome in ('unchanged', 'postponed'),
        recorded_at desc
)
select
    source,
    outcome,
    outcome_kinds.kind,
    count(*) as url_count,
    count(*) / sum(count(*)::double precision) over (partition by source) as share,
    (array_agg(last_outcomes.url order by last_outcomes.recorded_at desc))[1] as example_url,
    (array_agg(last_outcomes.reason order by last_outcomes.recorded_at desc))[1] as last_reason,
    max(last_outcomes.recorded_at) as last_seen_at
from last_outcomes
join ops.outcome_kinds using (outcome)
group by source, outcome, outcome_kinds.kind
