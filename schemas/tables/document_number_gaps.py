"""Numbers missing in a series of documents."""

from schemas.table import no_row, required, table, within

TABLE = table(
    "compliance.document_number_gaps",
    "one row is a gap in a source's numbers of sales documents",
    ("source", "after_document_id"),
    required("before_document_id", "missing_count"),
    within("missing_count", lowest=1),
    no_row(
        "documents:known",
        "both documents beside a gap are in the record",
        """
        select source, after_document_id, before_document_id
        from {batch}
        where
            after_document_id not in (select document_id from record.sales_lines)
            or before_document_id not in (select document_id from record.sales_lines)""",
    ),
)
