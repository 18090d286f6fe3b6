-- One row is a party and bucket of days overdue: what is open of its documents, in one currency.
select
    cast(getvariable('as_of_date') as date) as as_of_date,
    documents.direction,
    documents.party_id,
    documents.currency_code,
    buckets.bucket_no,
    buckets.bucket,
    count(*) as documents_count,
    sum(documents.open_amount) as open_amount,
    min(documents.due_date) as oldest_due_date,
from core.open_documents as documents
inner join core.ageing_buckets as buckets on documents.bucket = buckets.bucket
group by all
