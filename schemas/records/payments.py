"""Money that came in and went out, with the document that it settles."""

from decimal import Decimal

import polars as pl

from schemas.record import MONEY, About, Record, column, is_plausible_day, rule


class Payments(Record):
    """One row is a payment received or made."""

    _about = About(
        name="payments",
        grain="one row is a payment received or made",
        key=("payment_id",),
        is_document=True,
        owner="accounting",
        retention="ten years",
    )

    payment_id: pl.String = column("Number of the payment.", str_length={"min_value": 1, "max_value": 40})
    direction: pl.String = column("Whether the money came in or went out.", isin=["in", "out"])
    party_id: pl.String = column("The customer or supplier.", nullable=True, references="customers.customer_id")
    document_id: pl.String = column("The invoice that it settles.", nullable=True, references="invoices.document_id")
    payment_date: pl.Date = column("Local day on which the money moved.")
    method_code: pl.String = column(
        "How it was paid.", nullable=True, isin=["transfer", "card", "cash", "cheque", "direct_debit"]
    )
    currency_code: pl.String = column("ISO 4217 code of the amount.", str_matches=r"^[A-Z]{3}$")
    amount: MONEY = column("Amount that moved; the direction gives the sign.", unit="currency_code", gt=Decimal(0))
    reference: pl.String = column("Text of the payer.", personal=True, nullable=True)

    @rule("payment_date lies between 1990 and 2100")
    def payment_date_is_plausible() -> pl.Expr:
        return is_plausible_day("payment_date")
