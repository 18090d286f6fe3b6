-- One row is a leg of an entry, of whatever kind of document, before it has found its account.
with

legs as (
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
)

select
    * exclude (about_document_id, document_id),
    coalesce(about_document_id, document_id) as document_id,
    -- A number after a '#' tells versions of an entry apart; one that a document ends in is closed by a stroke.
    regexp_replace(
        document_kind || '/' || document_id || if(leg = 'line', '', coalesce('/' || party_id, '')),
        '(#[0-9]+r?)$', '\1/'
    ) as entry_id,
    -- What is in the journals of its own system stands in the ledger by them.
    leg <> 'line' and _source in (select source from operations.journal_sources) as is_posted_elsewhere,
from legs
