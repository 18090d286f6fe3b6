"""The firms that the company buys from."""

import polars as pl

from schemas.record import About, Record, column


class Suppliers(Record):
    """One row is a supplier."""

    _about = About(
        name="suppliers",
        grain="one row is a supplier",
        key=("supplier_id",),
        is_document=False,
        owner="purchasing",
        retention="ten years after the last invoice",
    )

    supplier_id: pl.String = column(
        "The company's number of the supplier.", str_length={"min_value": 1, "max_value": 40}
    )
    supplier_name: pl.String = column("Name of the firm.", str_length={"min_value": 1})
    country_code: pl.String = column(
        "ISO 3166-1 alpha-2 code of the country.", nullable=True, str_matches=r"^[A-Z]{2}$"
    )
    # The longest in the European Union is the Dutch one with 14 characters; others write up to 20.
    tax_number: pl.String = column(
        "Number under which the supplier pays value added tax.",
        nullable=True,
        str_matches=r"^[A-Z0-9][A-Z0-9 ./-]{3,19}$",
    )
    email: pl.String = column(
        "Address for electronic mail.", personal=True, nullable=True, str_matches=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
    )
    # ISO 13616: country, two check digits and up to 30 characters, written without blanks; Norway's is the shortest.
    iban: pl.String = column(
        "Bank account that is paid.", personal=True, nullable=True, str_matches=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"
    )
    currency_code: pl.String = column(
        "ISO 4217 code of the currency in which the supplier asks for money.", nullable=True, str_matches=r"^[A-Z]{3}$"
    )
    # A year is the longest that anybody waits; more is a date or an amount in the wrong column.
    payment_terms_days: pl.Int32 = column(
        "Days from the invoice until it is due.",
        unit="days",
        nullable=True,
        in_range={"min_value": 0, "max_value": 366},
    )
