-- One row is a line of an entry as the rules ask for it, before what it is worth at the end of a month is looked at.
with

lines as (
    select * from steps.lines
    union all by name
    select * from steps.rests
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
    description,
    is_posted_elsewhere,
    _source,
    _file,
    _row,
from lines
where entry_id not in (select entry_id from steps.unposted)
