-- One row is a document that could not be posted to the ledger, with the reason.
select entry_id, document_kind, document_id, party_id, entry_date, reason
from operations.unposted_documents
where coalesce(entry_date <= getvariable('as_of_date'), true)
