-- One row is a month, currency and kind of document, once as invoiced and once as the sales lines add up.
with

invoices as (
    select
        'invoices' as basis,
        document_id,
        document_type,
        document_date,
        currency_code,
        net_amount,
        tax_amount,
        gross_amount,
    from record.invoices
    where direction = 'receivable'
),

-- Tax that a source does not send counts as none: its gross amount is what it charged.
sales_lines as (
    select
        'sales lines' as basis,
        document_id,
        document_type,
        document_date,
        currency_code,
        net_amount,
        coalesce(tax_amount, 0) as tax_amount,
        net_amount + coalesce(tax_amount, 0) as gross_amount,
    from record.sales_lines
),

ledger as (
    select * from invoices
    union all by name
    select * from sales_lines
)

select
    basis,
    cast(date_trunc('month', document_date) as date) as month,
    currency_code,
    document_type,
    count(distinct document_id) as documents_count,
    sum(net_amount) as net_amount,
    sum(tax_amount) as tax_amount,
    sum(gross_amount) as gross_amount,
from ledger
where document_date <= getvariable('as_of_date')
group by all
