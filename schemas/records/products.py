"""What the company sells."""

from decimal import Decimal

import polars as pl

from schemas.record import MONEY, About, Record, column, rule


class Products(Record):
    """One row is a product."""

    _about = About(
        name="products",
        grain="one row is a product",
        key=("product_id",),
        is_document=False,
        owner="merchandising",
        retention="as long as a document refers to it",
    )

    product_id: pl.String = column("The company's number of the product.", str_length={"min_value": 1, "max_value": 40})
    product_name: pl.String = column("Name in the catalogue.", str_length={"min_value": 1})
    category: pl.String = column("Group of the catalogue.", nullable=True)
    list_price_amount: MONEY = column("Price of one unit without tax.", unit="currency_code", ge=Decimal(0))
    cost_amount: MONEY = column("Standard cost of one unit.", unit="currency_code", nullable=True, ge=Decimal(0))
    currency_code: pl.String = column("ISO 4217 code of both amounts.", str_matches=r"^[A-Z]{3}$")
    is_active: pl.Boolean = column("Whether the product may be ordered.", nullable=True)

    @rule("cost_amount is at most ten times list_price_amount")
    def cost_is_plausible() -> pl.Expr:
        # A clearance sale may go below cost; ten times is a slipped decimal point.
        return (pl.col("list_price_amount") == 0) | (pl.col("cost_amount") <= pl.col("list_price_amount") * 10)
