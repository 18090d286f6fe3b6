-- One row is a line of the ledger, with the balance of its account after it. In the order of entry_no, line_no.
with

lines as (
    select
        lines.*,
        accounts.account_name,
        accounts.account_type,
    from core.ledger_lines as lines
    left join core.accounts as accounts using (account_code)
)

select
    entry_no,
    entry_id,
    line_no,
    entry_date,
    journal,
    document_kind,
    document_id,
    party_id,
    account_code,
    account_name,
    account_type,
    description,
    greatest(amount, 0) as debit_amount,
    greatest(-amount, 0) as credit_amount,
    amount,
    sum(amount) over (
        partition by account_code
        order by entry_date, entry_no, line_no
    ) as running_balance,
    currency_code,
    currency_amount,
    tax_code,
    leg,
    reverses_entry_no,
    _source,
    _file,
    _row,
    recorded_at,
from lines
