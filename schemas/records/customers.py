"""The people and firms that the company sells to."""

import polars as pl

from schemas.record import About, Record, column, is_plausible_day, rule


class Customers(Record):
    """One row is a customer."""

    _about = About(
        name="customers",
        grain="one row is a customer",
        key=("customer_id",),
        is_document=False,
        owner="sales operations",
        retention="ten years after the last invoice",
    )

    customer_id: pl.String = column(
        "The company's number of the customer.", str_length={"min_value": 1, "max_value": 40}
    )
    customer_name: pl.String = column("Name of the person or firm.", personal=True, str_length={"min_value": 1})
    email: pl.String = column(
        "Address for electronic mail.", personal=True, nullable=True, str_matches=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
    )
    phone: pl.String = column(
        "Telephone number as given.", personal=True, nullable=True, str_matches=r"^\+?[0-9 ()/.-]{5,25}$"
    )
    postal_code: pl.String = column("Postal code of the main address.", personal=True, nullable=True)
    city: pl.String = column("Town of the main address.", nullable=True)
    country_code: pl.String = column(
        "ISO 3166-1 alpha-2 code of the country.", nullable=True, str_matches=r"^[A-Z]{2}$"
    )
    registered_date: pl.Date = column("Local day on which the customer was first registered.", nullable=True)
    has_marketing_consent: pl.Boolean = column("Whether the customer agreed to advertising.", nullable=True)

    @rule("registered_date lies between 1990 and 2100")
    def registered_date_is_plausible() -> pl.Expr:
        return is_plausible_day("registered_date")
