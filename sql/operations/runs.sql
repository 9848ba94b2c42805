-- How did the last runs go?
-- Grain: one row per run, the latest ten.
select
    started_at,
    state,
    flow_run_name,
    sources,
    url_count,
    loaded_count,
    not_loaded_count,
    inserted_count + updated_count + deleted_count as written_count,
    seconds,
    run_id,
    error
from reporting.run_history
order by started_at desc, run_id
limit 10
