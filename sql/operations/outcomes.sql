-- How did the URLs of each source end in the last seven days?
-- Grain: one row per source and outcome, the most frequent first.
select
    source,
    outcome,
    kind,
    url_count,
    share,
    last_seen_at,
    example_url,
    last_reason
from ops.source_outcomes
order by source, url_count desc, outcome
