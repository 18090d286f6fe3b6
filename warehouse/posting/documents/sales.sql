-- One row is a leg of the entry of a sales invoice or credit note; a sale without an invoice is told from its lines.
with

sold as (
    select
        document_id,
        currency_code,
        account_code,
        tax_code,
        sum(net_amount) as net_amount,
        coalesce(sum(tax_amount), 0) as tax_amount,
    from record.sales_lines
    group by all
),

lines_in_all as (
    select document_id, currency_code, sum(net_amount) as net_amount, sum(tax_amount) as tax_amount
    from sold
    group by all
),

invoices as (
    select
        document_id, document_type, party_id, document_date, currency_code, net_amount, tax_amount, gross_amount,
        exchange_rate, 'receivable' as control_leg, _source, _file, _row
    from record.invoices
    where direction = 'receivable'
),

without_invoice as (
    select
        document_id,
        any_value(document_type) as document_type,
        min(customer_id) as party_id,
        min(document_date) as document_date,
        currency_code,
        sum(net_amount) as net_amount,
        coalesce(sum(tax_amount), 0) as tax_amount,
        sum(net_amount + coalesce(tax_amount, 0)) as gross_amount,
        cast(null as decimal(18, 8)) as exchange_rate,
        'receivable_without_invoice' as control_leg,
        arg_min(_source, (_file, _row)) as _source,
        arg_min(_file, (_file, _row)) as _file,
        arg_min(_row, (_file, _row)) as _row,
    from record.sales_lines
    anti join invoices using (document_id)
    group by document_id, currency_code
),

documents as (
    select * from invoices
    union all
    select * from without_invoice
),

legs as (
    select *, control_leg as leg, null as account_code, null as tax_code, gross_amount as leg_amount
    from documents
    union all
    select documents.*, 'revenue', sold.account_code, sold.tax_code, sold.net_amount
    from documents
    inner join sold using (document_id, currency_code)
    union all
    select documents.*, 'revenue_without_lines', null, null, documents.net_amount - coalesce(lines_in_all.net_amount, 0)
    from documents
    left join lines_in_all using (document_id, currency_code)
    union all
    select documents.*, 'tax', null, sold.tax_code, sold.tax_amount
    from documents
    inner join sold using (document_id, currency_code)
    union all
    select documents.*, 'tax', null, null, documents.tax_amount - coalesce(lines_in_all.tax_amount, 0)
    from documents
    left join lines_in_all using (document_id, currency_code)
)

select
    if(document_type = 'invoice', 'sales_invoice', 'sales_credit_note') as document_kind,
    document_id,
    party_id,
    document_date as entry_date,
    leg,
    account_code,
    tax_code,
    currency_code,
    sum(if(document_type = 'invoice', leg_amount, -leg_amount)) as currency_amount,
    exchange_rate,
    _source,
    _file,
    _row,
from legs
group by all
