-- One row is an account that was ever used: before the financial year, in it up to the as-of date, and on that date.
with

days as (
    select
        account_code,
        debit_amount,
        credit_amount,
        amount,
        entry_date >= getvariable('financial_year_start') as is_of_the_year,
    from core.account_days
    where entry_date <= getvariable('as_of_date')
)

select
    cast(getvariable('as_of_date') as date) as as_of_date,
    days.account_code,
    accounts.account_name,
    accounts.account_type,
    coalesce(sum(days.amount) filter (where not days.is_of_the_year), 0) as opening_balance,
    coalesce(sum(days.debit_amount) filter (where days.is_of_the_year), 0) as debit_amount,
    coalesce(sum(days.credit_amount) filter (where days.is_of_the_year), 0) as credit_amount,
    sum(days.amount) as closing_balance,
    cast(getvariable('reporting_currency') as varchar) as currency_code,
from days
left join core.accounts as accounts using (account_code)
group by all
