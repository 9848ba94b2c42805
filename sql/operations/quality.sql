-- Which expectations did not hold in the last audit of each source?
-- Grain: one row per source and expectation.
with last_audits as (
    select distinct on (source)
        source,
        run_id
    from dq.results
    order by source, checked_at desc
)
select
    source,
    suite,
    expectation,
    severity,
    unexpected_count,
    unexpected_share,
    observed,
    reason
from dq.results
join last_audits using (source, run_id)
where not passed
order by severity, source, suite, expectation
