-- One row is a month and currency with what was sold and taken back in it.
select
    cast(date_trunc('month', document_date) as date) as month,
    currency_code,
    count(distinct document_date) as trading_days_count,
    count(distinct row(_source, document_id)) as documents_count,
    count(*) as lines_count,
    count(distinct row(_source, customer_id)) filter (where customer_id is not null) as customers_count,
    coalesce(sum(net_amount) filter (where document_type = 'invoice'), 0) as sold_amount,
    coalesce(sum(net_amount) filter (where document_type = 'credit_note'), 0) as returned_amount,
    sum(net_amount) as net_amount,
from record.sales_lines
where document_date <= getvariable('as_of_date')
group by all
