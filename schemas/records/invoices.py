"""What customers owe the company and the company its suppliers, one document each."""

from decimal import Decimal

import polars as pl

from schemas.record import FIRST_DAY, LAST_DAY, MONEY, RATE, About, Record, column, rule


class Invoices(Record):
    """One row is a receivable or payable with its due date."""

    _about = About(
        name="invoices",
        grain="one row is a receivable or payable with its due date",
        key=("direction", "party_id", "document_id"),
        is_document=True,
        owner="accounting",
        retention="ten years",
    )

    direction: pl.String = column("Whether the company receives or pays.", isin=["receivable", "payable"])
    document_id: pl.String = column(
        "Number of the invoice or credit note.", str_length={"min_value": 1, "max_value": 40}
    )
    document_type: pl.String = column("Invoice or credit note.", isin=["invoice", "credit_note"])
    party_id: pl.String = column(
        "The customer or supplier.", references="customers.customer_id", str_length={"min_value": 1, "max_value": 40}
    )
    document_date: pl.Date = column("Local day of the document.")
    due_date: pl.Date = column("Local day on which payment is due.")
    currency_code: pl.String = column("ISO 4217 code of all amounts of the document.", str_matches=r"^[A-Z]{3}$")
    net_amount: MONEY = column("Amount without tax; negative on a credit note.", unit="currency_code")
    tax_amount: MONEY = column("Tax; negative on a credit note.", unit="currency_code")
    gross_amount: MONEY = column("Amount to pay; negative on a credit note.", unit="currency_code")
    exchange_rate: RATE = column(
        "Units of currency_code for one unit of the company's currency, where the document itself says it.",
        unit="currency_code",
        nullable=True,
        gt=Decimal(0),
    )

    @rule("gross_amount is net_amount plus tax_amount")
    def gross_amount_adds_up() -> pl.Expr:
        return pl.col("net_amount") + pl.col("tax_amount") == pl.col("gross_amount")

    @rule("gross_amount is negative only on a credit note")
    def gross_amount_has_the_sign_of_its_document() -> pl.Expr:
        is_invoice = pl.col("document_type") == "invoice"
        return (is_invoice & (pl.col("gross_amount") >= 0)) | (~is_invoice & (pl.col("gross_amount") <= 0))

    @rule("due_date is not before document_date")
    def due_after_issued() -> pl.Expr:
        return pl.col("due_date") >= pl.col("document_date")

    @rule("document_date and due_date lie between 1990 and 2100")
    def dates_are_plausible() -> pl.Expr:
        return (pl.col("document_date") >= FIRST_DAY) & (pl.col("due_date") < LAST_DAY)
