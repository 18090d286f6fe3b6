-- One row is a month, currency and kind of credit: cancelled before it left, or returned after.
with

sales_lines as (
    select *, cast(date_trunc('month', document_date) as date) as month
    from record.sales_lines
    where document_date <= getvariable('as_of_date')
),

sold as (
    select month, currency_code, sum(net_amount) as sold_amount
    from sales_lines
    where document_type = 'invoice'
    group by all
),

-- Goods cannot come back on the day they were invoiced: the same goods, credited to the same customer on that day at
-- the same price, were cancelled. A customer who is not known cannot be matched, so that is a return.
invoiced as (
    select distinct
        _source, customer_id, product_id, document_date, currency_code, unit_price_amount,
        -quantity as quantity,
        'cancellation' as kind,
    from sales_lines
    where document_type = 'invoice'
),

credits as (
    select
        credited.*,
        coalesce(invoiced.kind, 'return') as kind,
    from sales_lines as credited
    left join invoiced
        using (_source, customer_id, product_id, document_date, currency_code, unit_price_amount, quantity)
    where credited.document_type = 'credit_note'
),

monthly as (
    select
        month,
        currency_code,
        kind,
        count(distinct row(_source, document_id)) as documents_count,
        count(*) as lines_count,
        sum(quantity) as returned_quantity,
        sum(net_amount) as returned_amount,
    from credits
    group by all
)

select
    monthly.*,
    cast(-100 * (monthly.returned_amount / nullif(sold.sold_amount, 0)) as decimal(38, 2)) as returned_pct,
from monthly
left join sold using (month, currency_code)
