-- One row is a period that the statements tell of: the period asked for, or the one that it is compared with.
with

asked as (
    select
        cast(getvariable('financial_year_start') as date) as first_date,
        cast(getvariable('as_of_date') as date) as last_date,
        cast(getvariable('comparison_first_date') as date) as comparison_first_date,
        cast(getvariable('comparison_last_date') as date) as comparison_last_date,
),

-- Without a comparison asked for: the same days of the year before. The end of a month is compared with the end of a
-- month, also in February.
periods as (
    select 'period' as compared_as, first_date, last_date from asked
    union all
    select
        'comparison',
        cast(coalesce(comparison_first_date, first_date - interval 1 year) as date),
        cast(
            coalesce(
                comparison_last_date,
                if(last_date = last_day(last_date), last_day(last_date - interval 1 year), last_date - interval 1 year)
            ) as date
        )
    from asked
)

select *, first_date || ' to ' || last_date as period
from periods
