-- One row is a record of a source, with the day of its newest document; reference data has no day of its own.
with

documents as (
    select source, record, max(document_date) as last_date, cast(sum(rows_count) as bigint) as rows_count
    from core.document_days
    group by all
),

reference_data as (
    select _source as source, 'customers' as record, cast(null as date) as last_date, count(*) as rows_count
    from record.customers
    group by all
    union all
    select _source, 'products', null, count(*)
    from record.products
    group by all
    union all
    select _source, 'suppliers', null, count(*)
    from record.suppliers
    group by all
    union all
    select _source, 'employees', null, count(*)
    from record.employees
    group by all
    union all
    select _source, 'departments', null, count(*)
    from record.departments
    group by all
    union all
    select _source, 'budget_lines', null, count(*)
    from record.budget_lines
    group by all
),

freshness as (
    select * from documents
    union all
    select * from reference_data
)

select
    source,
    record,
    last_date,
    getvariable('as_of_date') - last_date as age_days,
    rows_count,
from freshness
