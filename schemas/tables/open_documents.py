"""Documents that are not settled."""

from schemas.table import no_row, required, table, ties, within
from schemas.tables.receivables_ageing import OF_ITS_DAYS

TABLE = table(
    "core.open_documents",
    "one row is an invoice or credit note that is not settled to the cent on the as-of date",
    ("direction", "party_id", "document_id"),
    required("document_date", "due_date", "currency_code", "gross_amount", "settled_amount", "open_amount"),
    no_row(
        "bucket:of_its_days",
        "a document is in the bucket of its days overdue",
        f"""
        select direction, document_id, days_overdue, bucket
        from (select * from {{batch}}) as documents
        where {OF_ITS_DAYS}""",
        column="bucket",
    ),
    within("days_overdue", lowest=0),
    no_row(
        "open_amount:adds_up",
        "what is open is what was invoiced less what was settled, and never nothing",
        """
        select direction, party_id, document_id, gross_amount, settled_amount, open_amount
        from {batch}
        where open_amount = 0 or open_amount <> gross_amount - settled_amount""",
        column="open_amount",
    ),
    ties(
        "totals:tied_to_record",
        "what is open comes to what the record holds of invoices less the payments put against them",
        """
        select direction, currency_code, sum(open_amount) as open_amount
        from {batch}
        group by all
        having sum(open_amount) <> 0""",
        """
        select direction, currency_code, sum(amount) as open_amount
        from (
            select direction, currency_code, gross_amount as amount
            from record.invoices cross join core.as_of
            where document_date <= as_of_date
            union all
            select direction, currency_code, -allocated_amount
            from core.allocations
        )
        group by all
        having sum(amount) <> 0""",
    ),
)
