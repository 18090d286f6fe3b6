"""What was cancelled and what came back, by month."""

from schemas.table import no_row, one_of, required, table, ties, within

TABLE = table(
    "sales.returns",
    "one row is a month, currency and kind of credit",
    ("month", "currency_code", "kind"),
    required("documents_count", "lines_count", "returned_quantity", "returned_amount"),
    one_of("kind", ["cancellation", "return"]),
    within("returned_pct", lowest=0),
    no_row(
        "signs",
        "what came back is negative, in number and in money",
        "select month, currency_code, kind from {batch} where returned_quantity >= 0 or returned_amount > 0",
    ),
    ties(
        "totals:tied_to_record",
        "cancellations and returns come to the cent to the record's credit notes, by currency",
        """
        select currency_code, sum(returned_amount) as amount, sum(lines_count) as lines_count
        from {batch}
        group by all""",
        """
        select currency_code, sum(net_amount) as amount, count(*) as lines_count
        from record.sales_lines cross join core.as_of
        where document_type = 'credit_note' and document_date <= as_of_date
        group by all""",
    ),
)
