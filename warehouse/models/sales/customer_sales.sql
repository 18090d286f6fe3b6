-- One row is a customer in one currency; sales without a customer are under 'unknown'.
with

sold as (
    select
        coalesce(customer_id, 'unknown') as customer_id,
        currency_code,
        count(distinct document_id) as documents_count,
        coalesce(sum(net_amount) filter (where document_type = 'invoice'), 0) as sold_amount,
        coalesce(sum(net_amount) filter (where document_type = 'credit_note'), 0) as returned_amount,
        sum(net_amount) as net_amount,
        min(document_date) as first_document_date,
        max(document_date) as last_document_date,
    from record.sales_lines
    where document_date <= getvariable('as_of_date')
    group by all
)

select
    sold.customer_id,
    customers.customer_name,
    sold.* exclude (customer_id),
from sold
left join record.customers as customers using (customer_id)
