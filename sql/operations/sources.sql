-- How does each source stand, and how did its last run go?
-- Grain: one row per source.
select
    source,
    last_run_at,
    state,
    url_count,
    loaded_count,
    unchanged_count,
    duplicate_count,
    not_loaded_count,
    postponed_count,
    unmet_count,
    article_count,
    latest_published_at,
    error
from reporting.source_health
order by source
