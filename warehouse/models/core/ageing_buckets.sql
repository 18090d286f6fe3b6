-- One row is a bucket of days overdue, by which open documents are told; the days are the company's own.
with

ends as (select unnest(getvariable('ageing_days')) as last_day),

buckets as (
    select 'not due' as bucket, 0 as first_day, 0 as last_day
    union all
    select
        coalesce(lag(last_day) over (order by last_day), 0) + 1 || '-' || last_day,
        coalesce(lag(last_day) over (order by last_day), 0) + 1,
        last_day,
    from ends
    union all
    select 'over ' || max(last_day), max(last_day) + 1, null from ends
)

select
    cast(row_number() over (order by first_day) as integer) as bucket_no,
    bucket,
    first_day,
    last_day,
from buckets
