-- One row is an invoice or credit note that is not settled to the cent on the as-of date.
with

documents as (
    select * from record.invoices
    where document_date <= getvariable('as_of_date')
),

settled as (
    select direction, party_id, document_id, sum(allocated_amount) as settled_amount
    from core.allocations
    group by all
),

open_items as (
    select
        documents.direction,
        documents.document_id,
        documents.document_type,
        documents.party_id,
        documents.document_date,
        documents.due_date,
        documents.currency_code,
        documents.gross_amount,
        coalesce(settled.settled_amount, 0) as settled_amount,
        documents.gross_amount - coalesce(settled.settled_amount, 0) as open_amount,
        greatest(getvariable('as_of_date') - documents.due_date, 0) as days_overdue,
    from documents
    left join settled using (direction, party_id, document_id)
)

select open_items.*, buckets.bucket
from open_items
left join core.ageing_buckets as buckets
    on open_items.days_overdue between buckets.first_day and coalesce(buckets.last_day, open_items.days_overdue)
where open_items.open_amount <> 0
