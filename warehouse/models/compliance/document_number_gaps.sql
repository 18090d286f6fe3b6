-- One row is a gap in a source's numbers of sales documents: after this one should not have come that one.
with

documents as (
    select distinct
        _source as source,
        document_id,
        regexp_extract(document_id, '^(.*?)[0-9]+$', 1) as prefix,
        try_cast(regexp_extract(document_id, '([0-9]+)$', 1) as bigint) as number,
    from record.sales_lines
    where document_date <= getvariable('as_of_date')
),

-- Some shops count invoices "536379" and credit notes "C536380" in one series: a source that never uses a number under
-- two prefixes does so. Otherwise each prefix is a series of its own.
styles as (
    select source, count(distinct number) = count(*) as is_one_series
    from documents
    where number is not null
    group by all
),

neighbours as (
    select
        source,
        prefix,
        document_id as after_document_id,
        lead(document_id) over series as before_document_id,
        lead(number) over series - number - 1 as missing_count,
    from documents
    inner join styles using (source)
    where number is not null
    window series as (partition by source, if(is_one_series, '', prefix) order by number, document_id)
)

select * from neighbours
-- A jump of more than a thousand is a new range of numbers (a new year, a new system), not a thousand lost documents.
where missing_count between 1 and 1000
