"""The countries of ISO 3166-1, as other records name them by their codes."""

import polars as pl

from schemas.record import About, Record, column


class Countries(Record):
    """One row is a country or area with its codes."""

    _about = About(
        name="countries",
        grain="one row is a country or area with its codes",
        key=("country_code",),
        is_document=False,
        owner="data team",
        retention="as long as a document refers to it",
    )

    country_code: pl.String = column("ISO 3166-1 code of two letters.", str_matches=r"^[A-Z]{2}$")
    country_code_3: pl.String = column("ISO 3166-1 code of three letters.", str_matches=r"^[A-Z]{3}$")
    country_number: pl.String = column("ISO 3166-1 code of three digits.", str_matches=r"^[0-9]{3}$")
    country_name: pl.String = column("What it is called in English.", str_length={"min_value": 1})
    region_name: pl.String = column("Continent, as the United Nations count it.", nullable=True)
    subregion_name: pl.String = column("Part of the continent.", nullable=True)
    capital_name: pl.String = column("Its capital.", nullable=True)
    currency_codes: pl.String = column(
        "ISO 4217 codes of what is paid with there, with blanks between them.",
        nullable=True,
        str_matches=r"^[A-Z]{3}( [A-Z]{3})*$",
    )
