-- One row is a month, origin and category of complaints: cases of the complaints desk, and contacts marked so.
with

tickets as (
    select
        cast(date_trunc('month', opened_at) as date) as month,
        'tickets' as origin,
        coalesce(category, 'unknown') as category,
        customer_id,
        if(cast(resolved_at as date) <= getvariable('as_of_date'), 1, 0) as is_resolved,
        if(is_resolved = 1, date_diff('second', opened_at, resolved_at) / 3600, null) as hours,
    from record.tickets
    where desk = 'complaints' and cast(opened_at as date) <= getvariable('as_of_date')
),

-- A contact has no clock of its own: whether and when the matter was settled is not in it.
interactions as (
    select
        cast(date_trunc('month', started_at) as date) as month,
        'interactions' as origin,
        coalesce(topic, 'unknown') as category,
        customer_id,
        null as is_resolved,
        null as hours,
    from record.interactions
    where is_complaint and cast(started_at as date) <= getvariable('as_of_date')
),

complaints as (
    select * from tickets
    union all by name
    select * from interactions
)

select
    month,
    origin,
    category,
    count(*) as complaints_count,
    count(distinct customer_id) as customers_count,
    cast(sum(is_resolved) as bigint) as resolved_count,
    cast(median(hours) as decimal(12, 2)) as resolution_hours,
from complaints
group by all
