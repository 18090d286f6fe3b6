-- One row is something that a person should look at, with how many rows, files or documents it concerns.
with

files as (
    select
        'warn' as severity,
        'files' as subject,
        source,
        'files that could not be read' as finding,
        count(*) as findings_count,
    from operations.batches
    where status = 'refused'
    group by all
    union all
    select 'info', 'files', source, 'files delivered again', count(*)
    from compliance.duplicate_deliveries
    group by all
    union all
    select
        'warn',
        'files',
        source,
        case
            when change = 'volume' then 'files of an unusual number of rows'
            when change = 'fill rate' then 'column ' || subject || ' filled otherwise'
            when change = 'new values' then 'column ' || subject || ' with new values'
            else 'column ' || subject || ' ' || change
        end,
        count(*),
    from compliance.drift
    where severity <> 'accepted'
    group by all
),

refused_rows as (
    select 'warn', record, source, 'rows in quarantine', count(*)
    from operations.quarantine
    where status = 'open'
    group by all
),

gaps as (
    select 'warn', 'sales_lines', source, 'document numbers missing in their series', cast(sum(missing_count) as bigint)
    from compliance.document_number_gaps
    group by all
    union all
    select 'warn', record, source, 'days without documents', count(*)
    from compliance.missing_days
    group by all
),

disagreements as (
    select 'warn', record, source, column_name || ' not found in ' || target, orphans_count
    from compliance.orphan_references
    where orphans_count > 0
    union all
    select 'warn', 'invoices', 'all', 'invoices that differ from their lines', count(*)
    from compliance.invoice_differences
    having count(*) > 0
    union all
    select 'info', 'payments', payments._source, 'payments that settle no known document', count(*)
    from record.payments as payments
    anti join core.allocations using (payment_id)
    where payments.payment_date <= getvariable('as_of_date')
    group by all
    union all
    select 'info', 'invoices', 'all', 'invoices paid more than their amount', count(*)
    from core.open_documents
    where document_type = 'invoice' and open_amount < 0
    having count(*) > 0
)

select * from files
union all
select * from refused_rows
union all
select * from gaps
union all
select * from disagreements
