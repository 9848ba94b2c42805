-- Is each source alive, and does it look as it did?
-- Grain: one row per source.
select *
from ops.source_health
order by source
