"""What was invoiced, by month."""

from schemas.table import no_row, one_of, required, table, ties, within

TABLE = table(
    "finance.sales_ledger",
    "one row is a month, currency and kind of document, once as invoiced and once as the sales lines add up",
    ("basis", "month", "currency_code", "document_type"),
    required("documents_count", "net_amount", "tax_amount", "gross_amount"),
    one_of("basis", ["invoices", "sales lines"]),
    one_of("document_type", ["invoice", "credit_note"]),
    within("documents_count", lowest=1),
    no_row(
        "gross_amount:adds_up",
        "gross is net plus tax",
        """
        select basis, month, currency_code, document_type
        from {batch}
        where gross_amount <> net_amount + tax_amount""",
        column="gross_amount",
    ),
    ties(
        "totals:tied_to_record",
        "each basis comes to the cent to what the record holds of it, by currency and kind of document",
        "select basis, currency_code, document_type, sum(net_amount) as net_amount from {batch} group by all",
        """
        select 'invoices' as basis, currency_code, document_type, sum(net_amount) as net_amount
        from record.invoices cross join core.as_of
        where direction = 'receivable' and document_date <= as_of_date
        group by all
        union all
        select 'sales lines' as basis, currency_code, document_type, sum(net_amount) as net_amount
        from record.sales_lines cross join core.as_of
        where document_date <= as_of_date
        group by all""",
    ),
)
