-- One row is a month and currency: customers who bought for the first time, and those who had bought before.
with

sales_lines as (
    select *, cast(date_trunc('month', document_date) as date) as month
    from record.sales_lines
    where document_date <= getvariable('as_of_date')
),

first_purchases as (
    select customer_id, min(month) as first_month
    from sales_lines
    where document_type = 'invoice' and customer_id is not null
    group by all
),

-- A customer of whom the record holds only credit notes bought before the record began, and so returns.
classified as (
    select
        sales_lines.*,
        case
            when sales_lines.customer_id is null then 'unknown'
            when sales_lines.month = first_purchases.first_month then 'new'
            else 'returning'
        end as kind,
        sales_lines.document_type = 'invoice' as is_purchase,
    from sales_lines
    left join first_purchases using (customer_id)
)

select
    month,
    currency_code,
    count(distinct customer_id) filter (where kind = 'new' and is_purchase) as new_customers_count,
    count(distinct customer_id) filter (where kind = 'returning' and is_purchase) as returning_customers_count,
    coalesce(sum(net_amount) filter (where kind = 'new'), 0) as new_net_amount,
    coalesce(sum(net_amount) filter (where kind = 'returning'), 0) as returning_net_amount,
    coalesce(sum(net_amount) filter (where kind = 'unknown'), 0) as unknown_net_amount,
from classified
group by all
