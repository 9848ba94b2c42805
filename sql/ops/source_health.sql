-- How each source is: when it gave something last, whether its silence or its wealth can be
-- chance, whether its pages look as they did, how its URLs ended, and which feeds fail.
-- Grain: one row per source that a run has taken up.
-- drift_of: Which share of its newest 20 articles or pages differs most from the 200 before.
-- drift_share: That share among the newest 20.
-- drift_share_before: That share among those before.
-- is_drifting: Whether the score is beyond 4.5 either way.
-- url_count: URLs of the last seven days; the shares that follow add up to 1.
-- loaded_share: Share whose rows were published.
-- unchanged_share: Share that showed the same bytes as before.
-- duplicate_share: Share that are other addresses of articles.
-- rejected_share: Share without an article, or that may not be read.
-- failed_share: Share at which a person should look.
-- postponed_share: Share left for a later run.
-- top_problem: The most frequent outcome among the failed; if there are none, among the rejected.
-- top_problem_count: URLs that ended so.
-- top_problem_reason: Why the last of them did, in one line.
with shares as (
    select
        source,
        sum(url_count)::bigint as url_count,
        coalesce(sum(share) filter (where kind = 'loaded'), 0) as loaded_share,
        coalesce(sum(share) filter (where kind = 'unchanged'), 0) as unchanged_share,
        coalesce(sum(share) filter (where kind = 'duplicate'), 0) as duplicate_share,
        coalesce(sum(share) filter (where kind = 'rejected'), 0) as rejected_share,
        coalesce(sum(share) filter (where kind = 'failed'), 0) as failed_share,
        coalesce(sum(share) filter (where kind = 'postponed'), 0) as postponed_share
    from ops.source_outcomes
    group by source
),
top_problems as (
    select distinct on (source)
        source,
        outcome,
        url_count,
        last_reason
    from ops.source_outcomes
    where kind in ('failed', 'rejected')
    order by source, kind, url_count desc, outcome
),
top_drifts as (
    select distinct on (source)
        source,
        what,
        new_share,
        old_share,
        drift_score
    from ops.source_drift
    order by source, abs(drift_score) desc, what
)
select
    source,
    source_visits.last_run_at,
    source_visits.last_success_at,
    source_visits.last_asked_at,
    source_visits.last_new_article_at,
    source_silence.silence_days,
    source_silence.expected_count,
    source_silence.lot_size,
    source_silence.silence_probability,
    source_silence.is_stale,
    source_silence.day_count,
    source_silence.expected_day_count,
    source_silence.surge_probability,
    source_silence.is_surge,
    top_drifts.what as drift_of,
    top_drifts.new_share as drift_share,
    top_drifts.old_share as drift_share_before,
    top_drifts.drift_score,
    -- With four shares of a source of 30 articles a day, looked at anew with every article, a
    -- limit of 4 gave up to 3 false alarms a year, 4.5 fewer than one (benchmarks/health.py).
    coalesce(abs(top_drifts.drift_score) > 4.5, false) as is_drifting,
    coalesce(shares.url_count, 0) as url_count,
    shares.loaded_share,
    shares.unchanged_share,
    shares.duplicate_share,
    shares.rejected_share,
    shares.failed_share,
    shares.postponed_share,
    top_problems.outcome as top_problem,
    top_problems.url_count as top_problem_count,
    top_problems.last_reason as top_problem_reason,
    source_visits.feed_count,
    source_visits.failing_feed_count,
    source_visits.feed_problem,
    source_visits.next_due_at
from ops.source_visits
join ops.source_silence using (source)
left join top_drifts using (source)
left join shares using (source)
left join top_problems using (source)
