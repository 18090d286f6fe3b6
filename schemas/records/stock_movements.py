"""What came into the company's stock and left it, at cost."""

from decimal import Decimal

import polars as pl

from schemas.record import MONEY, About, Record, column, is_plausible_day, rule


class StockMovements(Record):
    """One row is a product that came into stock or left it."""

    _about = About(
        name="stock_movements",
        grain="one row is a product that came into stock or left it",
        key=("movement_id",),
        is_document=True,
        owner="merchandising",
        retention="ten years",
    )

    movement_id: pl.String = column("Number of the movement.", str_length={"min_value": 1, "max_value": 40})
    product_id: pl.String = column(
        "What moved.", references="products.product_id", str_length={"min_value": 1, "max_value": 40}
    )
    movement_date: pl.Date = column("Local day on which it moved.")
    movement_type: pl.String = column(
        "From a supplier (receipt), to a customer (issue), back from one or to the other (return), or after a count.",
        isin=["receipt", "issue", "return", "adjustment"],
    )
    quantity: MONEY = column("Units; what comes in is positive, what leaves is negative.", unit="units")
    unit_cost_amount: MONEY = column("Cost of one unit.", unit="currency_code", ge=Decimal(0))
    currency_code: pl.String = column("ISO 4217 code of the cost.", str_matches=r"^[A-Z]{3}$")
    document_id: pl.String = column("The sale, purchase or count that it belongs to.", nullable=True)

    @rule("quantity is positive on a receipt, negative on an issue, and never zero")
    def quantity_has_the_sign_of_its_type() -> pl.Expr:
        quantity, kind = pl.col("quantity"), pl.col("movement_type")
        is_against = ((kind == "receipt") & (quantity < 0)) | ((kind == "issue") & (quantity > 0))
        return (quantity != 0) & ~is_against

    @rule("movement_date lies between 1990 and 2100")
    def movement_date_is_plausible() -> pl.Expr:
        return is_plausible_day("movement_date")
