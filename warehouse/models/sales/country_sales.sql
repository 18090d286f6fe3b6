-- One row is a country sold to, in one currency.
select
    coalesce(country_code, 'unknown') as country_code,
    currency_code,
    count(distinct row(_source, document_id)) as documents_count,
    count(distinct customer_id) as customers_count,
    coalesce(sum(net_amount) filter (where document_type = 'invoice'), 0) as sold_amount,
    coalesce(sum(net_amount) filter (where document_type = 'credit_note'), 0) as returned_amount,
    sum(net_amount) as net_amount,
from record.sales_lines
where document_date <= getvariable('as_of_date')
group by all
