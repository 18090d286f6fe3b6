"""What countries charge as value added tax, from a day to a day; a company's own codes are `tax_codes`."""

from decimal import Decimal

import polars as pl

from schemas.record import LAST_DAY, MONEY, About, Record, column, rule

FIRST_VAT = pl.date(1954, 4, 10)
"""The day of the first value added tax, in France."""


class VatRates(Record):
    """One row is a rate of value added tax in a territory from a day on."""

    _about = About(
        name="vat_rates",
        grain="one row is a rate of value added tax in a territory from a day on",
        key=("territory_codes", "rate_type", "valid_from_date"),
        is_document=False,
        owner="accounting",
        retention="ten years after the last document",
    )

    territory_codes: pl.String = column(
        "Where it is charged: ISO 3166 codes of countries and their parts, by commas.", str_length={"min_value": 2}
    )
    country_code: pl.String = column(
        "The country, where it is charged in all of it; none: in parts only.", nullable=True, str_matches=r"^[A-Z]{2}$"
    )
    rate_type: pl.String = column(
        "Which of the country's rates it is.", isin=["standard", "reduced", "super-reduced", "parking", "zero"]
    )
    rate_pct: MONEY = column(
        "Rate on the net amount.", unit="percent", in_range={"min_value": Decimal(0), "max_value": Decimal(100)}
    )
    currency_code: pl.String = column("ISO 4217 code of what it is paid in.", nullable=True, str_matches=r"^[A-Z]{3}$")
    valid_from_date: pl.Date = column("First local day of the rate.")
    valid_to_date: pl.Date = column("Last local day of the rate; none: it still holds.", nullable=True)
    description: pl.String = column("What is special about it.", nullable=True)

    @rule("valid_to_date is not before valid_from_date")
    def ends_after_it_starts() -> pl.Expr:
        return pl.col("valid_to_date") >= pl.col("valid_from_date")

    @rule("valid_from_date lies between the first value added tax and 2100")
    def valid_from_date_is_plausible() -> pl.Expr:
        return (pl.col("valid_from_date") >= FIRST_VAT) & (pl.col("valid_from_date") < LAST_DAY)

    @rule("country_code is one of territory_codes")
    def country_is_a_territory() -> pl.Expr:
        country = pl.col("country_code")
        return country.is_null() | pl.col("territory_codes").str.split(",").list.contains(country)
