-- One row: the day as of which every table here is told, the company it is told of, and this publication.
select
    cast(getvariable('as_of_date') as date) as as_of_date,
    cast(getvariable('company_name') as varchar) as company_name,
    cast(getvariable('reporting_currency') as varchar) as reporting_currency,
    cast(getvariable('publication_id') as varchar) as publication_id,
