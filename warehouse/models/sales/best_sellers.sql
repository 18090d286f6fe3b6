-- One row is one of the fifty products that brought most in a currency, after returns.
with

ranked as (
    select
        currency_code,
        row_number() over (partition by currency_code order by net_amount desc, product_id asc) as rank,
        product_id,
        product_name,
        sold_quantity,
        net_amount,
        sum(net_amount) over (partition by currency_code) as currency_net_amount,
    from sales.product_sales
)

select
    * exclude (currency_net_amount),
    cast(100 * (net_amount / nullif(currency_net_amount, 0)) as decimal(38, 2)) as net_pct,
from ranked
-- Fifty fill a printed page and hold a third of the revenue of a shop with thousands of products.
where rank <= 50
