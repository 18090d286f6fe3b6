-- One row is a leg of the entry of a line of a bank statement that is its own document: a fee, interest, or as it says.
with

accounts as (
    select account_code as bank_account_id, account_code
    from core.accounts
    where account_type = 'bank'
),

statements as (
    select *
    from record.bank_transactions
    where account_code is not null or transaction_type_code in ('fee', 'interest')
),

kinds as (
    select
        *,
        coalesce(transaction_type_code = 'fee', false) as is_fee,
        case
            when transaction_type_code = 'fee' then 'fee'
            when account_code is not null then 'other_side'
            when amount > 0 then 'interest_received'
            else 'interest_paid'
        end as other_leg,
    from statements
)

select
    if(is_fee, 'bank_fee', 'bank_transaction') as document_kind,
    bank_account_id || '/' || statement_id || '/' || line_no as document_id,
    booking_date as entry_date,
    unnest(['bank', other_leg]) as leg,
    unnest([accounts.account_code, kinds.account_code]) as account_code,
    currency_code,
    if(is_fee, -amount, amount) as currency_amount,
    _source,
    _file,
    _row,
from kinds
left join accounts using (bank_account_id)
