-- One row is a receivable document whose net amount is not the sum of its sales lines.
with

lines as (
    select document_id, currency_code, sum(net_amount) as lines_net_amount
    from record.sales_lines
    where document_date <= getvariable('as_of_date')
    group by all
)

select
    invoices.document_id,
    invoices.party_id,
    invoices.currency_code,
    invoices.net_amount as invoice_net_amount,
    lines.lines_net_amount,
    invoices.net_amount - lines.lines_net_amount as difference_amount,
from record.invoices as invoices
inner join lines using (document_id, currency_code)
where
    invoices.direction = 'receivable'
    and invoices.document_date <= getvariable('as_of_date')
    and invoices.net_amount <> lines.lines_net_amount
