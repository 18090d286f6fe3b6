-- One row is a payment, put against the invoice or credit note that it settles.
with

documents as (
    select direction, document_id, party_id, currency_code
    from record.invoices
    where document_date <= getvariable('as_of_date')
),

payments as (
    select * from record.payments
    where payment_date <= getvariable('as_of_date')
),

-- Several suppliers, or a receivable and a payable, may carry the same number: the party decides, then which way the
-- money went.
matched as (
    select
        payments.payment_id,
        documents.direction,
        documents.document_id,
        documents.party_id,
        payments.payment_date,
        payments.currency_code,
        payments.amount,
        (payments.direction = 'in') = (documents.direction = 'receivable') as is_settling,
        row_number() over (
            partition by payments.payment_id
            order by
                payments.party_id is not distinct from documents.party_id desc, is_settling desc, documents.party_id asc
        ) as choice,
    from payments
    inner join documents using (document_id, currency_code)
)

select
    payment_id,
    direction,
    document_id,
    party_id,
    payment_date,
    currency_code,
    case when is_settling then amount else -amount end as allocated_amount,
from matched
where choice = 1
