"""What was sold and taken back, by customer."""

from schemas.table import no_row, required, table, ties

TABLE = table(
    "sales.customer_sales",
    "one row is a customer in one currency; sales without a customer are under 'unknown'",
    ("customer_id", "currency_code"),
    required("documents_count", "sold_amount", "returned_amount", "net_amount"),
    no_row(
        "net_amount:adds_up",
        "sold and returned come to net; nothing sold is negative, nothing returned positive",
        """
        select customer_id, currency_code, sold_amount, returned_amount, net_amount
        from {batch}
        where sold_amount < 0 or returned_amount > 0 or net_amount <> sold_amount + returned_amount""",
        column="net_amount",
    ),
    ties(
        "totals:tied_to_record",
        "the totals come to the cent to the record's sales lines, by currency",
        "select currency_code, sum(net_amount) as net_amount from {batch} group by all",
        """
        select currency_code, sum(net_amount) as net_amount
        from record.sales_lines cross join core.as_of
        where document_date <= as_of_date
        group by all""",
    ),
)
