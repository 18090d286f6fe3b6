"""Invoices that differ from their lines."""

from schemas.table import no_row, required, row_count, table

TABLE = table(
    "compliance.invoice_differences",
    "one row is an invoice or credit note, sent or received, whose net amount is not the sum of its lines",
    ("direction", "party_id", "document_id"),
    required("currency_code", "invoice_net_amount", "lines_net_amount", "difference_amount"),
    no_row(
        "difference_amount:adds_up",
        "the difference is the invoice less its lines, and never nothing",
        """
        select document_id, difference_amount
        from {batch}
        where difference_amount = 0 or difference_amount <> invoice_net_amount - lines_net_amount""",
        column="difference_amount",
    ),
    # None is right; the fault lies in a source, which has to mend it, and the rest of the day must not wait for that.
    row_count(0, 0, severity="warn"),
)
