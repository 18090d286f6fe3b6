-- One row is a day without documents, of a weekday on which the source usually has some.
with

spans as (
    select source, record, min(document_date) as first_date, max(document_date) as last_date
    from core.document_days
    group by all
),

calendar as (
    select source, record, cast(unnest(generate_series(first_date, last_date, interval 1 day)) as date) as day
    from spans
),

weekdays as (
    select
        calendar.source,
        calendar.record,
        calendar.day,
        dayname(calendar.day) as weekday,
        days.document_date is null as is_missing,
        avg(if(is_missing, 0, 1)) over (partition by calendar.source, calendar.record, weekday) as present_share,
    from calendar
    left join core.document_days as days
        on calendar.source = days.source and calendar.record = days.record and calendar.day = days.document_date
)

select source, record, day as missing_date, weekday
from weekdays
-- Half of the weeks: a shop closed on Saturdays is not missing them, one closed on two bank holiday Mondays is.
where is_missing and present_share >= 0.5
