"""The codes under which sales and purchases are taxed, each with its rate and its time."""

from decimal import Decimal

import polars as pl

from schemas.record import MONEY, About, Record, column, is_plausible_day, rule


class TaxCodes(Record):
    """One row is a tax code with the rate that it has from a day on."""

    _about = About(
        name="tax_codes",
        grain="one row is a tax code with the rate that it has from a day on",
        key=("tax_code", "valid_from_date"),
        is_document=False,
        owner="accounting",
        retention="ten years after the last document",
    )

    tax_code: pl.String = column("The company's code of the tax.", str_length={"min_value": 1, "max_value": 40})
    tax_name: pl.String = column("Name of the tax.", str_length={"min_value": 1})
    direction: pl.String = column("Whether it is charged (output) or paid (input).", isin=["output", "input"])
    rate_pct: MONEY = column(
        "Rate on the net amount.", unit="percent", in_range={"min_value": Decimal(0), "max_value": Decimal(100)}
    )
    valid_from_date: pl.Date = column("First local day of the rate.")
    valid_to_date: pl.Date = column("Last local day of the rate; none: it still holds.", nullable=True)

    @rule("valid_to_date is not before valid_from_date")
    def ends_after_it_starts() -> pl.Expr:
        return pl.col("valid_to_date") >= pl.col("valid_from_date")

    @rule("valid_from_date lies between 1990 and 2100")
    def valid_from_date_is_plausible() -> pl.Expr:
        return is_plausible_day("valid_from_date")
