-- One row is an open payable document on the as-of date; a credit note or an overpayment is negative.
select
    cast(getvariable('as_of_date') as date) as as_of_date,
    party_id,
    document_id,
    due_date,
    currency_code,
    open_amount,
    days_overdue,
    bucket,
from core.open_documents
where direction = 'payable'
