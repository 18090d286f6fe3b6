"""The products that brought most."""

from schemas.table import no_row, required, table, within

TABLE = table(
    "sales.best_sellers",
    "one row is one of the fifty products that brought most in a currency, after returns",
    ("currency_code", "rank"),
    required("product_id", "product_name", "net_amount"),
    within("rank", lowest=1, highest=50),
    no_row(
        "rank:in_order",
        "a higher rank never brought less than the one after it, and no rank is left out",
        """
        select currency_code, rank, net_amount
        from {batch}
        qualify
            net_amount > lag(net_amount) over (partition by currency_code order by rank)
            or rank <> row_number() over (partition by currency_code order by rank)""",
        column="rank",
    ),
    no_row(
        "net_amount:of_its_product",
        "every product stands with the net amount of sales.product_sales",
        """
        select currency_code, product_id, net_amount from {batch}
        except
        select currency_code, product_id, net_amount from sales.product_sales""",
        column="net_amount",
    ),
)
