-- One row is a leg of an entry, of whatever kind of document, before it has found its account.
with

all_legs as (
    select * from documents.sales
    union all by name
    select * from documents.purchases
    union all by name
    select * from documents.payments
    union all by name
    select * from documents.bank_transactions
    union all by name
    select * from documents.expense_claims
    union all by name
    select * from documents.payslips
    union all by name
    select * from documents.stock_movements
    union all by name
    select * from documents.depreciation
    union all by name
    select * from documents.journals
),

named as (
    select
        * exclude (about_document_id, document_id),
        coalesce(about_document_id, document_id) as document_id,
        document_kind || '/' || document_id || if(leg = 'line' or party_id is null, '', '/' || party_id) as name,
        -- What is in the journals of its own system stands in the ledger by them.
        leg <> 'line' and _source in (select source from operations.journal_sources) as is_posted_elsewhere,
    from all_legs
)

select
    document_kind,
    document_id,
    party_id,
    entry_date,
    rate_date,
    leg,
    line_no,
    journal,
    account_code,
    amount,
    currency_code,
    currency_amount,
    exchange_rate,
    tax_code,
    department_id,
    description,
    is_posted_elsewhere,
    _source,
    _file,
    _row,
    -- A number after a '#' tells versions of an entry apart; one that a document ends in is closed by a stroke.
    if(contains(name, '#'), regexp_replace(name, '(#[0-9]+r?)$', '\1/'), name) as entry_id,
from named
where leg <> 'line' or entry_id not in (select entry_id from steps.known_journals)
