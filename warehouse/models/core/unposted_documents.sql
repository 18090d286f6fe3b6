-- One row is a document that could not be posted to the ledger, with the reason.
select *
from operations.unposted_documents
where entry_date <= getvariable('as_of_date')
