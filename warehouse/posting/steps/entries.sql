-- One row is a line of an entry that the ledger should hold.
with

entries as (
    select * from steps.posted
    union all by name
    select * from steps.revaluations
)

select
    entry_id,
    document_kind,
    document_id,
    party_id,
    entry_date,
    journal,
    leg,
    leg_no,
    line_no,
    account_code,
    amount,
    currency_code,
    currency_amount,
    tax_code,
    department_id,
    is_posted_elsewhere,
    _source,
    _file,
    _row,
    coalesce(description, replace(document_kind, '_', ' ') || ' ' || document_id) as description,
from entries
