"""Documents that could not be posted."""

from schemas.records.journal_lines import DOCUMENT_KINDS
from schemas.table import one_of, required, row_count, table

TABLE = table(
    "core.unposted_documents",
    "one row is a document that could not be posted to the ledger, with the reason",
    ("entry_id",),
    required("document_kind", "document_id", "reason"),
    one_of("document_kind", DOCUMENT_KINDS),
    row_count(0, 0, "warn"),
)
