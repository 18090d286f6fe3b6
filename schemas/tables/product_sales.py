"""What was sold and taken back, by product."""

from schemas.table import no_row, required, table, ties, within

TABLE = table(
    "sales.product_sales",
    "one row is a product in one currency",
    ("product_id", "currency_code"),
    required("product_name", "documents_count", "lines_count", "sold_amount", "returned_amount", "net_amount"),
    within("lines_count", lowest=1),
    no_row(
        "net_amount:adds_up",
        "sold and returned come to net; nothing sold is negative, nothing returned positive",
        """
        select product_id, currency_code, sold_amount, returned_amount, net_amount
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
)
