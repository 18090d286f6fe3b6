-- One row is a product in one currency, with what was sold and taken back of it.
with

sold as (
    select
        product_id,
        currency_code,
        count(distinct document_id) as documents_count,
        count(*) as lines_count,
        coalesce(sum(quantity) filter (where document_type = 'invoice'), 0) as sold_quantity,
        coalesce(sum(quantity) filter (where document_type = 'credit_note'), 0) as returned_quantity,
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
    sold.product_id,
    names.product_name,
    names.category,
    sold.* exclude (product_id),
from sold
inner join core.product_names as names using (product_id)
