-- One row is a day and currency with what was sold and taken back on it.
select
    document_date,
    currency_code,
    count(distinct row(_source, document_id)) as documents_count,
    count(*) as lines_count,
    count(distinct row(_source, customer_id)) filter (where customer_id is not null) as customers_count,
    coalesce(sum(net_amount) filter (where document_type = 'invoice'), 0) as sold_amount,
    coalesce(sum(net_amount) filter (where document_type = 'credit_note'), 0) as returned_amount,
    sum(net_amount) as net_amount,
from record.sales_lines
where document_date <= getvariable('as_of_date')
group by all
