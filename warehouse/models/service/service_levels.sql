-- One row is a desk and the month in which its cases were opened, with how fast and how well they were served.
with

-- What happened after the as-of date is not known on it.
tickets as (
    select
        desk,
        cast(date_trunc('month', opened_at) as date) as month,
        opened_at,
        if(cast(first_response_at as date) <= getvariable('as_of_date'), first_response_at, null) as first_response_at,
        if(cast(resolved_at as date) <= getvariable('as_of_date'), resolved_at, null) as resolved_at,
        reopened_count,
        is_sla_met,
    from record.tickets
    where cast(opened_at as date) <= getvariable('as_of_date')
),

timed as (
    select
        *,
        date_diff('second', opened_at, first_response_at) / 3600 as response_hours,
        date_diff('second', opened_at, resolved_at) / 3600 as hours,
    from tickets
)

select
    desk,
    month,
    count(*) as tickets_count,
    count(*) filter (where resolved_at is null) as open_count,
    count(resolved_at) as resolved_count,
    count(*) filter (where reopened_count > 0) as reopened_count,
    cast(median(response_hours) as decimal(12, 2)) as first_response_hours,
    cast(median(hours) as decimal(12, 2)) as resolution_hours,
    cast(quantile_cont(hours, 0.9) as decimal(12, 2)) as resolution_hours_p90,
    count(*) filter (where is_sla_met) as sla_met_count,
    count(*) filter (where not is_sla_met) as sla_missed_count,
    cast(100 * sla_met_count / nullif(count(is_sla_met), 0) as decimal(9, 2)) as sla_met_pct,
from timed
group by all
