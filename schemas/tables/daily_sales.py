"""What was sold and taken back, by day."""

from schemas.table import no_row, required, table, ties, within

TABLE = table(
    "sales.daily_sales",
    "one row is a day and currency with what was sold and taken back on it",
    ("document_date", "currency_code"),
    required("documents_count", "lines_count", "customers_count", "sold_amount", "returned_amount", "net_amount"),
    within("documents_count", lowest=1),
    within("lines_count", lowest=1),
    no_row(
        "net_amount:adds_up",
        "sold and returned come to net; nothing sold is negative, nothing returned positive",
        """
        select document_date, currency_code, sold_amount, returned_amount, net_amount
        from {batch}
        where sold_amount < 0 or returned_amount > 0 or net_amount <> sold_amount + returned_amount""",
        column="net_amount",
    ),
    ties(
        "totals:tied_to_record",
        "the totals come to the cent to the record's sales lines, by currency",
        """
        select currency_code, sum(net_amount) as net_amount, sum(lines_count) as lines_count
        from {batch}
        group by all""",
        """
        select currency_code, sum(net_amount) as net_amount, count(*) as lines_count
        from record.sales_lines cross join core.as_of
        where document_date <= as_of_date
        group by all""",
    ),
    no_row(
        "document_date:not_in_future",
        "no day is after the as-of date",
        "select document_date from {batch} where document_date > (select as_of_date from core.as_of)",
        column="document_date",
    ),
)
