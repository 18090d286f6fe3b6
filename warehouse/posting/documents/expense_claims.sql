-- One row is a leg of the entry of an expense claim.
with

lines as (
    select *, coalesce(claim_date, expense_date) as day from record.expense_claims
),

claims as (
    select
        claim_id,
        employee_id,
        min(day) over claim as entry_date,
        unnest(['claim', 'expense', 'tax']) as leg,
        unnest([null, account_code, null]) as account_code,
        unnest([null, tax_code, tax_code]) as tax_code,
        unnest([null, department_id, null]) as department_id,
        unnest([gross_amount, net_amount, tax_amount]) as leg_amount,
        currency_code,
        first_value(_source) over claim as _source,
        first_value(_file) over claim as _file,
        first_value(_row) over claim as _row,
    from lines
    window claim as (
        partition by claim_id order by line_no rows between unbounded preceding and unbounded following
    )
)

select
    'expense_claim' as document_kind,
    claim_id as document_id,
    employee_id as party_id,
    entry_date,
    leg,
    account_code,
    tax_code,
    department_id,
    currency_code,
    sum(leg_amount) as currency_amount,
    _source,
    _file,
    _row,
from claims
group by all
