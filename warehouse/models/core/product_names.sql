-- One row is a product that was sold, under the name of the catalogue or, without one, the text used most.
with

descriptions as (
    select product_id, description, count(*) as lines_count
    from record.sales_lines
    where document_date <= getvariable('as_of_date')
    group by all
),

-- The text of a line drifts (typing, remarks such as "damaged"); of texts used equally often the first by alphabet.
most_used as (
    select product_id, description
    from descriptions
    qualify row_number() over (
        partition by product_id
        order by description is null asc, lines_count desc, description asc
    ) = 1
)

select
    most_used.product_id,
    coalesce(products.product_name, most_used.description, 'unknown') as product_name,
    coalesce(products.category, 'unknown') as category,
from most_used
left join record.products as products using (product_id)
