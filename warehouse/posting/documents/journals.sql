-- One row is a line of a journal entry kept elsewhere, and once more with the other sign on the day it is reversed.
with

lines as (
    select
        *,
        case
            when entry_type = 'opening_balance' then 'opening_balance'
            when entry_type = 'depreciation' then 'depreciation'
            when reversal_date is not null then 'accrual'
            else 'journal'
        end as kind,
    from record.journal_lines
),

in_their_time as (
    select *, kind as document_kind, entry_date as day from lines
    union all
    select *, 'accrual_reversal', reversal_date from lines
    where reversal_date is not null
)

select
    document_kind,
    journal_id as document_id,
    day as entry_date,
    'line' as leg,
    line_no,
    journal,
    account_code,
    tax_code,
    department_id,
    party_id,
    document_id as about_document_id,
    if(currency_amount is null, getvariable('reporting_currency'), currency_code) as currency_code,
    coalesce(currency_amount, amount) as currency_amount,
    amount,
    description,
    _source,
    _file,
    _row,
from in_their_time
