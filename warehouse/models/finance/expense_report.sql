-- One row is what an employee claimed in a month for a category, in the currency of the claims, by whether the claims
-- are paid back.
with

claims as (
    select
        *,
        coalesce(claim_date, expense_date) as day,
        sum(gross_amount) over (partition by claim_id) as claim_amount,
    from record.expense_claims
    where coalesce(claim_date, expense_date) <= getvariable('as_of_date')
),

numbers as (select distinct claim_id from claims),

employee_accounts as (
    select account_code from core.accounts
    where role = 'employee_payable'
),

-- Claims are paid back by payments that name them, or by lines of a bank statement that do.
payments as (
    select document_id as claim_id, if(direction = 'out', amount, -amount) as paid_amount
    from record.payments
    where payment_date <= getvariable('as_of_date')
    union all
    select words.word, -words.amount
    from (
        select distinct
            bank_account_id,
            statement_id,
            line_no,
            amount,
            unnest(string_split_regex(reference, '[\s,;:]+')) as word,
        from record.bank_transactions
        where
            booking_date <= getvariable('as_of_date')
            and account_code in (from employee_accounts)
    ) as words
),

paid as (
    select claim_id, sum(paid_amount) as paid_amount
    from payments
    where claim_id in (from numbers)
    group by claim_id
),

told as (
    select
        claims.*,
        -- What is paid back of a claim counts for its lines by their share.
        least(coalesce(paid.paid_amount, 0), claims.claim_amount) as claim_paid_amount,
    from claims
    left join paid on claims.claim_id = paid.claim_id
)

select
    date_trunc('month', day)::date as month,
    employee_id,
    category_code,
    currency_code,
    case
        when claim_paid_amount = claim_amount then 'paid'
        when claim_paid_amount = 0 then 'open'
        else 'partly paid'
    end as status,
    count(distinct claim_id) as claims_count,
    sum(net_amount) as net_amount,
    sum(tax_amount) as tax_amount,
    sum(gross_amount) as gross_amount,
from told
group by all
