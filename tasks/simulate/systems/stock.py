"""The warehouse system: what came in and what went out, at cost, a Parquet file a quarter."""

import polars as pl

from tasks.simulate.company.firm import Firm
from tasks.simulate.delivery import Delivery
from tasks.simulate.dirt import UNCHANGED, change, out_of_scope, refused, repeat, repost
from tasks.simulate.formats import Parquet
from tasks.simulate.system import REFUSED_FILE, FileDirt, System, cut_short, deliveries_of
from tasks.simulate.wording import money

SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "move": pl.String, "item": pl.String, "day": pl.Date, "kind": pl.String, "units": pl.Int64, "unit_cost": pl.String,
    "paper": pl.String,
}  # fmt: skip


def deliver(firm: Firm) -> list[Delivery]:
    """A file a quarter."""
    year, quarter = pl.col("movement_date").dt.year(), pl.col("movement_date").dt.quarter()
    rows = firm.stock.select(
        pl.format("stock_{}_q{}.parquet", year, quarter).alias("file"),
        "movement_id",
        "product_id",
        "movement_date",
        "movement_type",
        "quantity",
        money("cost"),
        "document_id",
    )
    rows.columns = ["file", *SCHEMA]
    return deliveries_of(rows)


DIRT = (
    change("item missing", 3, refused("product_id:required"), {"item": None}),
    change("kind that nobody knows", 3, refused("movement_type:isin"), {"kind": "theft"}),
    change(
        "sent out with a positive quantity",
        4,
        refused("quantity_has_the_sign_of_its_type"),
        {"units": 7},
        lambda row: row["kind"] == "issue",
    ),
    change("cost negative", 2, refused("unit_cost_amount:greater_than_or_equal_to"), {"unit_cost": "-1.00"}),
    change("cost missing", 3, refused("unit_cost_amount:required"), {"unit_cost": None}),
    repeat("number missing", 3, refused("movement_id:required"), {"move": None}),
    repeat("moved within the house", 30, out_of_scope("moves within the house"), {"move": "H", "kind": "transfer"}),
    repeat("row twice in a file", 6, UNCHANGED, {}),
    repost("row again in a later file", 5, UNCHANGED, {}),
    repost(
        "posted movement changed later",
        3,
        refused("key:changed"),
        {"units": 1_000_000},
        lambda row: row["kind"] == "receipt",
    ),
)

STOCK = System(
    source="mail_order_stock",
    folder="stock",
    record="stock_movements",
    key=("move",),
    write=Parquet(SCHEMA),
    deliver=deliver,
    dirt=DIRT,
    file_dirt=(
        FileDirt("cut-off file", REFUSED_FILE, cut_short("stock_2025_q3.parquet", "stock_2025_q3.part.parquet")),
    ),
)
