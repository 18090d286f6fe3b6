"""What the company uses for years and writes off over them."""

from decimal import Decimal

import polars as pl

from schemas.record import MONEY, About, Record, column, is_plausible_day, rule


class FixedAssets(Record):
    """One row is a fixed asset, written off in equal months."""

    _about = About(
        name="fixed_assets",
        grain="one row is a fixed asset, written off in equal months",
        key=("asset_id",),
        is_document=False,
        owner="accounting",
        retention="ten years after disposal",
    )

    asset_id: pl.String = column("The company's number of the asset.", str_length={"min_value": 1, "max_value": 40})
    asset_name: pl.String = column("What it is.", str_length={"min_value": 1})
    acquired_date: pl.Date = column("Local day of acquisition; its month is the first one written off.")
    disposed_date: pl.Date = column(
        "Local day on which it was given up; the month before is the last one.", nullable=True
    )
    cost_amount: MONEY = column("What it cost.", unit="currency_code", gt=Decimal(0))
    residual_amount: MONEY = column("What is left at the end of its life.", unit="currency_code", ge=Decimal(0))
    useful_life_months: pl.Int32 = column("Over how long it is written off.", unit="months", ge=1)
    currency_code: pl.String = column("ISO 4217 code of both amounts.", str_matches=r"^[A-Z]{3}$")
    department_id: pl.String = column("The department that uses it.", nullable=True)

    @rule("residual_amount is at most cost_amount")
    def residual_is_plausible() -> pl.Expr:
        return pl.col("residual_amount") <= pl.col("cost_amount")

    @rule("disposed_date is not before acquired_date")
    def disposed_after_acquired() -> pl.Expr:
        return pl.col("disposed_date") >= pl.col("acquired_date")

    @rule("acquired_date lies between 1990 and 2100")
    def acquired_date_is_plausible() -> pl.Expr:
        return is_plausible_day("acquired_date")
