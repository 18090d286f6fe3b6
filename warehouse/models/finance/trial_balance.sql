-- One row is an account that was ever used: before the financial year, in it up to the as-of date, and on that date.
with

lines as (
    select
        account_code,
        amount,
        entry_date >= getvariable('financial_year_start') as is_of_the_year,
    from core.ledger_lines
)

select
    cast(getvariable('as_of_date') as date) as as_of_date,
    lines.account_code,
    accounts.account_name,
    accounts.account_type,
    cast(coalesce(sum(lines.amount) filter (where not is_of_the_year), 0) as decimal(38, 4)) as opening_balance,
    coalesce(sum(greatest(lines.amount, 0)) filter (where is_of_the_year), 0) as debit_amount,
    coalesce(sum(greatest(-lines.amount, 0)) filter (where is_of_the_year), 0) as credit_amount,
    sum(lines.amount) as closing_balance,
    cast(getvariable('reporting_currency') as varchar) as currency_code,
from lines
left join core.accounts as accounts using (account_code)
group by all
