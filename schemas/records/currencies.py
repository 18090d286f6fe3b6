"""The currencies of ISO 4217, of today and of the past, as each country or institution used them."""

import polars as pl

from schemas.record import LAST_DAY, About, Record, column, rule


class Currencies(Record):
    """One row is a currency under the name by which a country or institution uses it."""

    _about = About(
        name="currencies",
        grain="one row is a currency under the name by which a country or institution uses it",
        key=("currency_code", "entity_name", "currency_name"),
        is_document=False,
        owner="data team",
        retention="as long as a document refers to it",
    )

    currency_code: pl.String = column("ISO 4217 code of three letters.", str_matches=r"^[A-Z]{3}$")
    entity_name: pl.String = column("Who uses it: a country, or an institution.", str_length={"min_value": 1})
    currency_name: pl.String = column("What it is called there.", str_length={"min_value": 1})
    currency_number: pl.String = column("ISO 4217 code of three digits.", nullable=True, str_matches=r"^[0-9]{3}$")
    decimals_count: pl.Int32 = column(
        "Decimals of its smallest coin; none: it has no coin.",
        nullable=True,
        # The unidad previsional and the unidad de fomento have four.
        in_range={"min_value": 0, "max_value": 4},
    )
    valid_to_date: pl.Date = column("Last local day on which it was used there; none: it still is.", nullable=True)

    @rule("valid_to_date is before 2100")
    def valid_to_date_is_no_placeholder() -> pl.Expr:
        return pl.col("valid_to_date") < LAST_DAY
