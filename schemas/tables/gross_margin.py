"""From sales to gross profit, by month."""

from schemas.table import no_row, required, table, ties, within

TABLE = table(
    "sales.gross_margin",
    "one row is a line from sales to gross profit of a month and currency",
    ("month", "currency_code", "line_no"),
    required("line", "amount"),
    within("line_no", lowest=1, highest=6),
    no_row(
        "lines:complete",
        "every month and currency has all six lines",
        "select month, currency_code, count(*) as lines_count from {batch} group by all having count(*) <> 6",
    ),
    no_row(
        "identities",
        "sales and returns come to net revenue; net revenue less cost comes to gross profit and what has no known cost",
        """
        select month, currency_code
        from {batch}
        group by all
        having
            sum(amount) filter (where line_no in (1, 2)) <> sum(amount) filter (where line_no = 3)
            or sum(amount) filter (where line_no in (3, 4)) <> sum(amount) filter (where line_no in (5, 6))""",
    ),
    ties(
        "net_revenue:tied_to_record",
        "net revenue comes to the cent to the record's sales lines, by month and currency",
        "select month, currency_code, amount from {batch} where line_no = 3",
        """
        select date_trunc('month', document_date) as month, currency_code, sum(net_amount) as amount
        from record.sales_lines cross join core.as_of
        where document_date <= as_of_date
        group by all""",
    ),
)
