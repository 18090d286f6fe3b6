-- One row is a day on which a source dated documents of a record.
with

documents as (
    select _source as source, 'sales_lines' as record, document_date from record.sales_lines
    union all
    select _source, 'invoices', document_date from record.invoices
    union all
    select _source, 'payments', payment_date from record.payments
    union all
    select _source, 'purchase_lines', document_date from record.purchase_lines
    union all
    select _source, 'expense_claims', expense_date from record.expense_claims
    union all
    select _source, 'payslips', payment_date from record.payslips
    union all
    select _source, 'bank_transactions', booking_date from record.bank_transactions
    union all
    select _source, 'stock_movements', movement_date from record.stock_movements
    union all
    select _source, 'interactions', cast(started_at as date) from record.interactions
    union all
    select _source, 'tickets', cast(opened_at as date) from record.tickets
    union all
    select _source, 'ticket_events', cast(occurred_at as date) from record.ticket_events
    union all
    select _source, 'documents', cast(coalesce(received_at, sent_at) as date) from record.documents
)

select source, record, document_date, count(*) as rows_count
from documents
where document_date <= getvariable('as_of_date')
group by all
