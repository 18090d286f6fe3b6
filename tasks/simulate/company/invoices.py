"""The invoices: each sales document's totals with its due date, and what the suppliers ask for."""

import polars as pl

from tasks.simulate.company.calendar import FIRST_DAY
from tasks.simulate.company.orders import Orders
from tasks.simulate.company.purchases import Purchases

FIRM_TERMS_DAYS = 30
LETTER_TERMS_DAYS = 14


def simulate_invoices(orders: Orders, purchases: Purchases) -> pl.DataFrame:
    """One row a receivable or payable, by day; amounts are cents."""
    invoices = pl.concat([receivables(orders), payables(purchases)])
    return invoices.sort("day", "direction", "document_id", descending=[False, True, False]).with_columns(
        document_date=pl.lit(FIRST_DAY) + pl.duration(days="day"),
        due_date=pl.lit(FIRST_DAY) + pl.duration(days="due_day"),
        gross=pl.col("net") + pl.col("tax"),
    )


def receivables(orders: Orders) -> pl.DataFrame:
    """The totals of each sales document. The web shop is paid at once, firms have a month, the others two weeks."""
    totals = orders.lines.group_by("document").agg(pl.col("net").sum(), pl.col("tax").sum())
    terms = (
        pl.when(document_type="credit_note").then(0)
        .when(pl.col("is_firm")).then(FIRM_TERMS_DAYS)
        .when(channel_code="web").then(0)
        .otherwise(LETTER_TERMS_DAYS)
    )  # fmt: skip
    return orders.documents.join(totals, on="document", maintain_order="left").select(
        pl.lit("receivable").alias("direction"),
        "document_id",
        "document_type",
        pl.col("customer_id").alias("party_id"),
        pl.col("day").cast(pl.Int64),
        (pl.col("day") + terms).cast(pl.Int64).alias("due_day"),
        "currency_code",
        "net",
        "tax",
        "channel_code",
    )


def payables(purchases: Purchases) -> pl.DataFrame:
    """What suppliers ask for and give back: the totals of each of their documents."""
    return purchases.documents.select(
        pl.lit("payable").alias("direction"),
        "document_id",
        "document_type",
        pl.col("supplier_id").alias("party_id"),
        "day",
        "due_day",
        "currency_code",
        "net",
        "tax",
        pl.lit(None, dtype=pl.String).alias("channel_code"),
    )
