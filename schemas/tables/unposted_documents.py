"""Documents that could not be posted."""

from schemas.table import one_of, required, row_count, table
from schemas.tables.ledger_lines import DOCUMENT_KINDS

TABLE = table(
    "core.unposted_documents",
    "one row is a document that could not be posted to the ledger, with the reason",
    ("entry_id",),
    required("document_kind", "document_id", "entry_date", "reason"),
    one_of("document_kind", DOCUMENT_KINDS),
    row_count(0, 0, "warn"),
)
