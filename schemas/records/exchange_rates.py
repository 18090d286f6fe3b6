"""What one currency was worth in another on a day."""

from decimal import Decimal

import polars as pl

from schemas.record import RATE, About, Record, column, is_plausible_day, rule


class ExchangeRates(Record):
    """One row is the rate of a currency against a base currency on a day."""

    _about = About(
        name="exchange_rates",
        grain="one row is the rate of a currency against a base currency on a day",
        key=("currency_code", "base_currency_code", "rate_date"),
        is_document=False,
        owner="treasury",
        retention="ten years",
    )

    currency_code: pl.String = column("ISO 4217 code of the currency quoted.", str_matches=r"^[A-Z]{3}$")
    base_currency_code: pl.String = column(
        "ISO 4217 code of the currency of which one unit is priced.", str_matches=r"^[A-Z]{3}$"
    )
    rate_date: pl.Date = column("Local day of the rate.")
    rate: RATE = column(
        "Units of currency_code for one unit of base_currency_code.", unit="currency_code", gt=Decimal(0)
    )

    @rule("a currency is priced in another one")
    def currencies_differ() -> pl.Expr:
        return pl.col("currency_code") != pl.col("base_currency_code")

    @rule("rate_date lies between 1990 and 2100")
    def rate_date_is_plausible() -> pl.Expr:
        return is_plausible_day("rate_date")
