-- One row is an invoice or credit note, sent or received, whose net amount is not the sum of its lines.
with

lines as (
    select 'receivable' as direction, null as supplier_id, document_id, currency_code, net_amount
    from record.sales_lines
    where document_date <= getvariable('as_of_date')
    union all
    -- Suppliers number their bills by themselves.
    select 'payable', supplier_id, document_id, currency_code, net_amount
    from record.purchase_lines
    where document_date <= getvariable('as_of_date')
),

totals as (
    select direction, supplier_id, document_id, currency_code, sum(net_amount) as lines_net_amount
    from lines
    group by all
)

select
    invoices.direction,
    invoices.document_id,
    invoices.party_id,
    invoices.currency_code,
    invoices.net_amount as invoice_net_amount,
    totals.lines_net_amount,
    invoices.net_amount - totals.lines_net_amount as difference_amount,
from record.invoices as invoices
inner join totals
    on
        invoices.direction = totals.direction
        and invoices.document_id = totals.document_id
        and invoices.currency_code = totals.currency_code
        and invoices.party_id = coalesce(totals.supplier_id, invoices.party_id)
where
    invoices.document_date <= getvariable('as_of_date')
    and invoices.net_amount <> totals.lines_net_amount
