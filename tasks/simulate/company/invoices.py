"""The invoices: each sales document's totals with its due date, and what the suppliers ask for."""

import numpy as np
import polars as pl

from tasks.simulate.company.calendar import DAYS_COUNT, FIRST_DAY
from tasks.simulate.company.chance import chance_of
from tasks.simulate.company.orders import Orders

FIRM_TERMS_DAYS = 30
LETTER_TERMS_DAYS = 14
SUPPLIERS_COUNT = 25
PAYABLES_A_DAY = 1.5
SUPPLIER_TERMS_DAYS = [14, 30, 60]
SUPPLIER_TAX_PCT = 19


def simulate_invoices(seed: int, orders: Orders) -> pl.DataFrame:
    """One row a receivable or payable, by day; amounts are cents."""
    invoices = pl.concat([receivables(orders), simulate_payables(seed)])
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


def simulate_payables(seed: int) -> pl.DataFrame:
    """What the suppliers of goods, parcels and paper ask for."""
    chance = chance_of(seed, "payables")
    count = int(DAYS_COUNT * PAYABLES_A_DAY)
    day = np.sort(chance.integers(0, DAYS_COUNT, count))
    net = np.exp(chance.normal(7.5, 0.9, count)).astype(np.int64) * 100 + chance.integers(0, 100, count)
    return pl.DataFrame(
        {
            "direction": "payable",
            "document_id": [f"ER-{n + 40_001}" for n in range(count)],
            "document_type": "invoice",
            "party_id": [f"S{n}" for n in chance.integers(201, 201 + SUPPLIERS_COUNT, count)],
            "day": day,
            "due_day": day + chance.choice(SUPPLIER_TERMS_DAYS, count),
            "currency_code": "EUR",
            "net": net,
            "tax": (net * SUPPLIER_TAX_PCT + 50) // 100,
            "channel_code": pl.Series([None] * count, dtype=pl.String),
        }
    )
