-- One row is a line from sales to gross profit of a month and currency, as far as the records know costs.
with

costs as (
    select product_id, currency_code, cost_amount
    from record.products
    where cost_amount is not null
),

-- The goods of a credit note come back into stock, so their cost comes back too.
sales_lines as (
    select
        cast(date_trunc('month', lines.document_date) as date) as month,
        lines.currency_code,
        lines.document_type,
        lines.net_amount,
        costs.cost_amount is not null as is_cost_known,
        lines.quantity * costs.cost_amount as line_cost_amount,
    from record.sales_lines as lines
    left join costs using (product_id, currency_code)
    where lines.document_date <= getvariable('as_of_date')
),

months as (
    select
        month,
        currency_code,
        coalesce(sum(net_amount) filter (where document_type = 'invoice'), 0) as sold_amount,
        coalesce(sum(net_amount) filter (where document_type = 'credit_note'), 0) as returned_amount,
        coalesce(sum(net_amount) filter (where is_cost_known), 0) as known_amount,
        coalesce(sum(net_amount) filter (where not is_cost_known), 0) as unknown_amount,
        cast(coalesce(sum(line_cost_amount), 0) as decimal(38, 4)) as cost_amount,
    from sales_lines
    group by all
),

lines as (
    select month, currency_code, 1 as line_no, 'sales' as line, sold_amount as amount from months
    union all
    select month, currency_code, 2, 'returns and cancellations', returned_amount from months
    union all
    select month, currency_code, 3, 'net revenue', sold_amount + returned_amount from months
    union all
    select month, currency_code, 4, 'cost of goods sold', -cost_amount from months
    union all
    select month, currency_code, 5, 'gross profit where the cost is known', known_amount - cost_amount from months
    union all
    select month, currency_code, 6, 'net revenue without a known cost', unknown_amount from months
)

select * from lines
