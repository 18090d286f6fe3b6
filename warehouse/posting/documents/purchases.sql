-- One row is a leg of the entry of a purchase invoice or credit note; lines without an invoice are told by themselves.
with

stocked as (select distinct product_id from record.stock_movements),

-- Goods whose receipt puts them into stock at cost are not an expense as well.
bought as (
    select
        supplier_id as party_id,
        document_id,
        currency_code,
        if(account_code is null and product_id in (from stocked), 'goods', 'expense') as leg,
        account_code,
        tax_code,
        department_id,
        sum(net_amount) as net_amount,
        coalesce(sum(tax_amount), 0) as tax_amount,
    from record.purchase_lines
    group by all
),

lines_in_all as (
    select party_id, document_id, currency_code, sum(net_amount) as net_amount, sum(tax_amount) as tax_amount
    from bought
    group by all
),

invoices as (
    select
        document_id, document_type, party_id, document_date, currency_code, net_amount, tax_amount, gross_amount,
        exchange_rate, 'payable' as control_leg, _source, _file, _row
    from record.invoices
    where direction = 'payable'
),

without_invoice as (
    select
        document_id,
        any_value(document_type) as document_type,
        supplier_id as party_id,
        min(document_date) as document_date,
        currency_code,
        sum(net_amount) as net_amount,
        coalesce(sum(tax_amount), 0) as tax_amount,
        sum(net_amount + coalesce(tax_amount, 0)) as gross_amount,
        cast(null as decimal(18, 8)) as exchange_rate,
        'payable_without_invoice' as control_leg,
        arg_min(_source, (_file, _row)) as _source,
        arg_min(_file, (_file, _row)) as _file,
        arg_min(_row, (_file, _row)) as _row,
    from record.purchase_lines
    where (supplier_id, document_id) not in (select (party_id, document_id) from invoices)
    group by document_id, supplier_id, currency_code
),

documents as (
    select * from invoices
    union all
    select * from without_invoice
),

legs as (
    select
        *, control_leg as leg, null as account_code, null as tax_code, null as department_id,
        gross_amount as leg_amount
    from documents
    union all
    select
        documents.*, bought.leg, bought.account_code, bought.tax_code, bought.department_id, bought.net_amount
    from documents
    inner join bought using (party_id, document_id, currency_code)
    union all
    select
        documents.*, 'expense_without_lines', null, null, null,
        documents.net_amount - coalesce(lines_in_all.net_amount, 0)
    from documents
    left join lines_in_all using (party_id, document_id, currency_code)
    union all
    select documents.*, 'tax', null, bought.tax_code, null, bought.tax_amount
    from documents
    inner join bought using (party_id, document_id, currency_code)
    union all
    select documents.*, 'tax', null, null, null, documents.tax_amount - coalesce(lines_in_all.tax_amount, 0)
    from documents
    left join lines_in_all using (party_id, document_id, currency_code)
)

select
    if(document_type = 'invoice', 'purchase_invoice', 'purchase_credit_note') as document_kind,
    document_id,
    party_id,
    document_date as entry_date,
    leg,
    account_code,
    tax_code,
    department_id,
    currency_code,
    sum(if(document_type = 'invoice', leg_amount, -leg_amount)) as currency_amount,
    exchange_rate,
    _source,
    _file,
    _row,
from legs
group by all
