"""What was sold and taken back, by month."""

from schemas.table import no_row, required, table, ties, within

TABLE = table(
    "sales.monthly_sales",
    "one row is a month and currency with what was sold and taken back in it",
    ("month", "currency_code"),
    required("trading_days_count", "documents_count", "lines_count", "customers_count", "net_amount"),
    within("trading_days_count", lowest=1, highest=31),
    no_row(
        "net_amount:adds_up",
        "sold and returned come to net; nothing sold is negative, nothing returned positive",
        """
        select month, currency_code, sold_amount, returned_amount, net_amount
        from {batch}
        where sold_amount < 0 or returned_amount > 0 or net_amount <> sold_amount + returned_amount""",
        column="net_amount",
    ),
    ties(
        "totals:tied_to_days",
        "every month comes to its days in sales.daily_sales",
        """
        select month, currency_code, trading_days_count, lines_count, sold_amount, returned_amount, net_amount
        from {batch}""",
        """
        select
            date_trunc('month', document_date), currency_code, count(*), sum(lines_count),
            sum(sold_amount), sum(returned_amount), sum(net_amount)
        from sales.daily_sales
        group by all""",
    ),
)
