-- How long each source has given nothing new, and whether that can be chance; and whether it
-- gives more than can be. Articles are taken to come by chance (Poisson), at a rate for each
-- weekday in UTC, learned from the eight weeks before; those that come in lots count as lots.
-- Grain: one row per source that a run has taken up.
-- silence_days: Days from its newest fresh article to when it was last asked.
-- observed_day_count: Days of the eight weeks on which it was read, or before the next reading.
-- expected_count: Articles expected on the days after that of the newest one; null if less than
--   14 days were observed or nothing came on them.
-- lot_size: Articles that come at a time: variance over mean of the counts of days, at least 1.
-- silence_probability: Chance of none where `expected_count` are expected; 1 if that is null.
-- is_stale: Whether that chance is below 1 in 10,000.
-- day_count: Fresh articles of the 24 hours before it was last asked.
-- expected_day_count: Articles expected on such a day.
-- surge_probability: Bound on the chance of so many, after Chernoff; 1 if nothing is known.
-- is_surge: Whether it is below 1 in 10,000, and no day of the eight weeks had as many.
with seen as (
    select
        source,
        source_id,
        last_new_article_at,
        -- Reading of the clock in UTC, whatever the time zone of who asks.
        greatest(last_asked_at, last_new_article_at) at time zone 'UTC' as asked_on,
        (last_new_article_at at time zone 'UTC')::date as newest_day
    from ops.source_visits
),
arrivals as (
    select
        seen.source,
        fresh_articles.found_at at time zone 'UTC' as found_on
    from seen
    cross join lateral (
        select found_at
        from ops.fresh_articles
        where
            fresh_articles.source_id = seen.source_id
            and fresh_articles.first_seen_at > seen.last_new_article_at - interval '66 days'
        -- Source by source, by the index: else every article there is would be looked at.
        offset 0
    ) as fresh_articles
),
read_days as (
    select distinct
        steps.source,
        (steps.started_at at time zone 'UTC')::date as day
    from seen
    join ops.steps using (source)
    where
        steps.step = 'extract'
        and steps.state in ('completed', 'degraded')
        and steps.started_at > seen.last_new_article_at - interval '66 days'
),
-- A reading tells of the days since the one before. After more than eight days, a week and a
-- day's delay, a feed may have dropped what came between; and the first reading finds what has
-- been there for years. Such days say nothing, nor does what was found on them.
observed as (
    select
        told.source,
        days.day::date as day
    from (
        select
            source,
            day,
            lag(day) over (partition by source order by day) as previous_day
        from read_days
    ) as told
    join seen using (source)
    -- The newest day is cut short, and the one before may be part of what is judged.
    cross join lateral generate_series(
        greatest(told.previous_day + 1, seen.newest_day - 57)::timestamp,
        least(told.day, seen.newest_day - 2)::timestamp,
        interval '1 day'
    ) as days (day)
    where told.day - told.previous_day <= 8
),
counted as (
    select
        observed.source,
        observed.day,
        extract(isodow from observed.day)::integer as weekday,
        count(arrivals.found_on) as article_count,
        count(arrivals.found_on) filter (
            where arrivals.found_on::time <= seen.asked_on::time
        ) as early_count
    from observed
    join seen using (source)
    left join arrivals
        on arrivals.source = observed.source and arrivals.found_on::date = observed.day
    group by observed.source, observed.day
),
overall as (
    select
        source,
        count(*) as day_count,
        max(article_count) as most_count,
        avg(article_count)::double precision as rate,
        sum(early_count)::double precision / sum(article_count) as early_share
    from counted
    group by source
    -- Every weekday twice.
    having count(*) >= 14 and sum(article_count) > 0
),
-- Each weekday is drawn to the mean of all by the weight of one article: much where articles are
-- few and a weekday without any says little, hardly where they are many and it says a lot.
rates as (
    select
        overall.source,
        weekdays.weekday,
        (coalesce(sum(counted.article_count), 0) + 1)
        / (count(counted.day) + 1 / overall.rate) as rate,
        (coalesce(sum(counted.early_count), 0) + overall.early_share)
        / (count(counted.day) + 1 / overall.rate) as early_rate
    from overall
    cross join generate_series(1, 7) as weekdays (weekday)
    left join counted
        on counted.source = overall.source and counted.weekday = weekdays.weekday
    group by overall.source, overall.rate, overall.early_share, weekdays.weekday
),
lots as (
    select
        counted.source,
        greatest(1, sum((counted.article_count - rates.rate) ^ 2) / sum(rates.rate)) as lot_size
    from counted
    join rates using (source, weekday)
    group by counted.source
),
-- Of the day of the last asking only what comes until that time of day.
silences as (
    select
        seen.source,
        coalesce(
            sum(
                case
                    when days.day::date = seen.asked_on::date then rates.early_rate
                    else rates.rate
                end
            ),
            0
        ) as expected_count
    from seen
    cross join lateral generate_series(
        (seen.newest_day + 1)::timestamp, seen.asked_on, interval '1 day'
    ) as days (day)
    join rates on rates.source = seen.source and rates.weekday = extract(isodow from days.day)
    group by seen.source
),
-- The 24 hours lie on two days, of which the busier one is taken.
latest_days as (
    select
        seen.source,
        max(rates.rate) as expected_day_count
    from seen
    join rates
        on rates.source = seen.source
        and rates.weekday in (
            extract(isodow from seen.asked_on),
            extract(isodow from seen.asked_on - interval '1 day')
        )
    group by seen.source
),
day_counts as (
    select
        seen.source,
        count(arrivals.found_on) as day_count
    from seen
    left join arrivals
        on arrivals.source = seen.source
        and arrivals.found_on > seen.asked_on - interval '24 hours'
    group by seen.source
),
judged as (
    select
        seen.source,
        extract(epoch from seen.asked_on - seen.last_new_article_at at time zone 'UTC')
        ::double precision / 86400 as silence_days,
        overall.day_count as observed_day_count,
        overall.most_count,
        case when overall.source is not null then coalesce(silences.expected_count, 0) end
            as expected_count,
        lots.lot_size,
        day_counts.day_count,
        latest_days.expected_day_count,
        -- Exponents end where the smallest number of the type is near.
        exp(-least(coalesce(silences.expected_count / lots.lot_size, 0), 700))
            as silence_probability,
        case
            when day_counts.day_count > latest_days.expected_day_count then exp(-least(
                (
                    day_counts.day_count * ln(day_counts.day_count / latest_days.expected_day_count)
                    - day_counts.day_count + latest_days.expected_day_count
                ) / lots.lot_size,
                700
            ))
            else 1
        end as surge_probability
    from seen
    left join overall using (source)
    left join silences using (source)
    left join lots using (source)
    left join latest_days using (source)
    left join day_counts using (source)
)
select
    source,
    silence_days,
    coalesce(observed_day_count, 0) as observed_day_count,
    expected_count,
    lot_size,
    silence_probability,
    silence_probability < 1e-4 as is_stale,
    day_count,
    expected_day_count,
    surge_probability,
    surge_probability < 1e-4 and day_count > most_count as is_surge
from judged
