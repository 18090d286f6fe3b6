"""Who bought for the first time, and who came back, by month."""

from schemas.table import required, table, ties, within

TABLE = table(
    "sales.new_and_returning_customers",
    "one row is a month and currency: customers who bought for the first time, and those who had bought before",
    ("month", "currency_code"),
    required(
        "new_customers_count",
        "returning_customers_count",
        "new_net_amount",
        "returning_net_amount",
        "unknown_net_amount",
    ),
    within("new_customers_count", lowest=0),
    within("returning_customers_count", lowest=0),
    ties(
        "totals:tied_to_record",
        "new, returning and unknown customers come to the cent to the record's sales lines, by month and currency",
        """
        select month, currency_code, new_net_amount + returning_net_amount + unknown_net_amount as net_amount
        from {batch}""",
        """
        select date_trunc('month', document_date) as month, currency_code, sum(net_amount) as net_amount
        from record.sales_lines cross join core.as_of
        where document_date <= as_of_date
        group by all""",
    ),
)
