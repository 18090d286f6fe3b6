-- One row is a line of a journal entry kept elsewhere, and once more with the other sign on the day it is reversed.
with

lines as (
    select
        lines.*,
        coalesce(lines.entry_date, heads.entry_date) as entered_date,
        coalesce(lines.entry_type, heads.entry_type) as type,
        coalesce(lines.journal, heads.journal) as book,
        coalesce(lines.party_id, heads.party_id) as about_party_id,
        coalesce(lines.document_id, heads.document_id) as about_document_id,
        coalesce(lines.description, heads.description) as text,
        coalesce(lines.reversal_date, heads.reversal_date) as taken_back_date,
    from record.journal_lines as lines
    left join record.journals as heads using (journal_id)
),

in_their_time as (
    select
        *,
        entered_date as day,
        case
            when type = 'opening_balance' then 'opening_balance'
            when type = 'depreciation' then 'depreciation'
            when taken_back_date is not null then 'accrual'
            else 'journal'
        end as document_kind,
    from lines
    union all
    select *, taken_back_date, 'accrual_reversal'
    from lines
    where taken_back_date is not null
)

select
    document_kind,
    journal_id as document_id,
    day as entry_date,
    'line' as leg,
    line_no,
    book as journal,
    account_code,
    tax_code,
    department_id,
    about_party_id as party_id,
    about_document_id,
    if(currency_amount is null, getvariable('reporting_currency'), currency_code) as currency_code,
    coalesce(currency_amount, amount) as currency_amount,
    amount,
    text as description,
    _source,
    _file,
    _row,
from in_their_time
