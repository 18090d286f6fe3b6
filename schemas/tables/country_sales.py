"""What was sold and taken back, by country."""

from schemas.table import no_row, required, table, ties

TABLE = table(
    "sales.country_sales",
    "one row is a country sold to, in one currency",
    ("country_code", "currency_code"),
    required("documents_count", "customers_count", "sold_amount", "returned_amount", "net_amount"),
    no_row(
        "net_amount:adds_up",
        "sold and returned come to net; nothing sold is negative, nothing returned positive",
        """
        select country_code, currency_code, sold_amount, returned_amount, net_amount
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
    # A tenth: a till that does not ask where the goods go explains some, more makes the split by country meaningless.
    no_row(
        "country_code:mostly_known",
        "at most a tenth of what was sold in a currency went to an unknown country",
        """
        select currency_code
        from {batch}
        group by currency_code
        having sum(sold_amount) filter (where country_code = 'unknown') * 10 > sum(sold_amount)""",
        "warn",
        "country_code",
    ),
)
