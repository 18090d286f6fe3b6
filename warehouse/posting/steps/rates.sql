-- One row is a currency on a day: `per_units` of it are `units` of the reporting currency.
with

given as (
    select currency_code, rate_date, 1 as units, rate as per_units, 1 as preference
    from record.exchange_rates
    where base_currency_code = getvariable('reporting_currency')
    union all
    select base_currency_code, rate_date, rate, 1, 2
    from record.exchange_rates
    where currency_code = getvariable('reporting_currency')
    union all
    -- Both against a third, as a central bank quotes them.
    select theirs.currency_code, theirs.rate_date, ours.rate as units, theirs.rate as per_units, 3
    from record.exchange_rates as theirs
    inner join record.exchange_rates as ours using (base_currency_code, rate_date)
    where ours.currency_code = getvariable('reporting_currency') and theirs.currency_code <> ours.currency_code
),

-- No rate is given on days without trade: the last one holds, for a week at most.
lasting as (
    select
        currency_code,
        rate_date as given_date,
        cast(units as decimal(18, 8)) as units,
        cast(per_units as decimal(18, 8)) as per_units,
        preference,
        unnest(range(0, 7)) as days,
    from given
)

select currency_code, given_date + cast(days as integer) as rate_date, given_date, units, per_units
from lasting
qualify row_number() over (partition by currency_code, rate_date order by given_date desc, preference asc) = 1
