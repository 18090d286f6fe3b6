"""The stock: what was there at first, what came in to meet the demand, what was sent out each month and came back."""

from datetime import date

import numpy as np
import polars as pl

from tasks.simulate.company.calendar import FIRST_DAY
from tasks.simulate.company.chance import chance_of
from tasks.simulate.company.orders import Orders
from tasks.simulate.company.suppliers import FIRST_NUMBER, GOODS_SUPPLIERS_COUNT

MONTHS_COUNT = 24

COVER_MONTHS = 2
"""A product is ordered every other month, for the two that follow."""

DELIVERIES_A_MONTH = 3
"""So many vans of each supplier a month."""

OPENING = "OPENING"
"""What the first stock is booked under; it was paid for before these books begin."""


def simulate_stock(seed: int, orders: Orders, products: pl.DataFrame) -> pl.DataFrame:
    """One row a movement, by day; cost in cents. `delivery` tells the vans of receipts apart."""
    chance = chance_of(seed, "stock")
    sold = demand(orders, products)
    movements = pl.concat([opening(sold), receipts(chance, sold), *issues(orders)])
    return (
        movements.join(products.select("product_id", "cost"), on="product_id", maintain_order="left")
        .sort("day", "movement_type", "product_id")
        .with_columns(
            movement_id=pl.lit("W") + pl.int_range(800_001, 800_001 + pl.len()).cast(pl.String),
            movement_date=pl.lit(FIRST_DAY) + pl.duration(days="day"),
        )
    )


def demand(orders: Orders, products: pl.DataFrame) -> np.ndarray:
    """Units that leave stock, by product and month."""
    lines = by_month(orders).filter(pl.col("quantity") > 0)
    index = {product: n for n, product in enumerate(products["product_id"])}
    sold = np.zeros((products.height, MONTHS_COUNT), dtype=np.int64)
    product = np.array([index[product] for product in lines["product_id"]])
    np.add.at(sold, (product, lines["month"].to_numpy()), lines["quantity"].to_numpy())
    # What is ordered last is for the year after, which is thought to begin as the one before it did.
    return np.hstack([sold, sold[:, MONTHS_COUNT // 2 : MONTHS_COUNT // 2 + COVER_MONTHS]])


def by_month(orders: Orders) -> pl.DataFrame:
    """The lines with their product and the month, counted from the first."""
    day = orders.documents.select("document", "document_date")
    month = (pl.col("document_date").dt.year() - FIRST_DAY.year) * 12 + pl.col("document_date").dt.month() - 1
    return orders.lines.join(day, on="document").select("product_id", "quantity", month=month.cast(pl.Int64))


def opening(sold: np.ndarray) -> pl.DataFrame:
    """Enough for the first two months, and a fifth more."""
    return moved(np.arange(len(sold)), 0, "receipt", sold[:, :COVER_MONTHS].sum(axis=1) * 6 // 5 + 10, OPENING)


def receipts(chance: np.random.Generator, sold: np.ndarray) -> pl.DataFrame:
    """What each van brings: the demand of the two months after this one, each product every other month."""
    vans = []
    for month in range(MONTHS_COUNT):
        due = np.flatnonzero((np.arange(len(sold)) + month) % COVER_MONTHS == 0)
        units = sold[due, month + 1 : month + 1 + COVER_MONTHS].sum(axis=1)
        if month == 0:
            # The first stock covers what is ordered in the second month.
            units = sold[due, COVER_MONTHS : COVER_MONTHS + 1].sum(axis=1)
        van = due // GOODS_SUPPLIERS_COUNT % DELIVERIES_A_MONTH
        days = first_of(month) + chance.integers(1, 9, (GOODS_SUPPLIERS_COUNT, DELIVERIES_A_MONTH)) + [0, 9, 18]
        vans.append(moved(due, days[due % GOODS_SUPPLIERS_COUNT, van], "receipt", units, None))
    return pl.concat(vans)


def issues(orders: Orders) -> list[pl.DataFrame]:
    """The list of each month's end: what was sent out, and what came back from customers and went on the shelf."""
    lines = by_month(orders)
    return [
        lines.filter(pl.col("quantity") * sign > 0)
        .group_by("product_id", "month", maintain_order=True)
        .agg(quantity=-pl.col("quantity").sum())
        .select(
            "product_id",
            pl.col("month").replace_strict({n: first_of(n + 1) - 1 for n in range(MONTHS_COUNT)}).alias("day"),
            pl.lit(kind).alias("movement_type"),
            "quantity",
            pl.lit(None, dtype=pl.String).alias("document_id"),
        )
        for sign, kind in ((1, "issue"), (-1, "return"))
    ]


def moved(products: np.ndarray, day: object, kind: str, units: np.ndarray, document: str | None) -> pl.DataFrame:
    """Movements of products, each named by its place in the catalogue."""
    return pl.DataFrame(
        {
            "product_id": [f"P{1001 + n}" for n in products],
            "day": np.broadcast_to(np.asarray(day, dtype=np.int64), len(products)),
            "movement_type": kind,
            "quantity": units,
            "document_id": pl.Series([document] * len(products), dtype=pl.String),
        }
    ).filter(pl.col("quantity") > 0)


def first_of(month: int) -> int:
    """The day, counted from the first one, on which a month begins."""
    return (date(FIRST_DAY.year + month // 12, month % 12 + 1, 1) - FIRST_DAY).days


def supplier_of(product: pl.Expr) -> pl.Expr:
    """Who delivers a product."""
    number = (product.str.slice(1).cast(pl.Int64) - 1001) % GOODS_SUPPLIERS_COUNT
    return pl.lit("S") + (number + FIRST_NUMBER).cast(pl.String)
