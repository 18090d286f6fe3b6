"""What was sold and taken back, line by line."""

from decimal import Decimal

import polars as pl

from schemas import trade
from schemas.record import INSTANT, MONEY, About, Record, column, is_plausible_day, rule


class SalesLines(Record):
    """One row is a line of a sales invoice or credit note."""

    _about = About(
        name="sales_lines",
        grain="one row is a line of a sales invoice or credit note",
        key=("document_id", "line_no"),
        is_document=True,
        owner="accounting",
        retention="ten years",
    )

    document_id: pl.String = column(
        "Number of the invoice or credit note.", str_length={"min_value": 1, "max_value": 40}
    )
    line_no: pl.Int32 = column("Position of the line in its document, from 1.", ge=1)
    document_type: pl.String = column("Invoice or credit note.", isin=["invoice", "credit_note"])
    document_date: pl.Date = column("Local day of the document.")
    ordered_at: INSTANT = column("Moment of the order.", nullable=True)
    customer_id: pl.String = column("Who bought.", nullable=True, references="customers.customer_id")
    product_id: pl.String = column(
        "What was sold.", references="products.product_id", str_length={"min_value": 1, "max_value": 40}
    )
    description: pl.String = column("Text of the line.", nullable=True)
    quantity: MONEY = column("Units sold; negative on a credit note.", unit="units")
    unit_price_amount: MONEY = column("Price of one unit without tax.", unit="currency_code", ge=Decimal(0))
    net_amount: MONEY = column("Quantity times unit price, without tax.", unit="currency_code")
    tax_amount: MONEY = column("Tax of the line.", unit="currency_code", nullable=True)
    currency_code: pl.String = column("ISO 4217 code of all amounts of the line.", str_matches=r"^[A-Z]{3}$")
    country_code: pl.String = column(
        "ISO 3166-1 alpha-2 code of the country sold to.", nullable=True, str_matches=r"^[A-Z]{2}$"
    )
    channel_code: pl.String = column("How the order came.", nullable=True, isin=["web", "phone", "mail", "shop"])
    account_code: pl.String = column(
        "The revenue account; empty where the posting rules decide.", nullable=True, references="accounts.account_code"
    )
    tax_code: pl.String = column("The tax that applies.", nullable=True, references="tax_codes.tax_code")
    note: pl.String = column("Free text of the customer or the clerk.", personal=True, nullable=True)

    @rule("quantity is positive on an invoice and negative on a credit note")
    def quantity_has_the_sign_of_its_document() -> pl.Expr:
        return trade.quantity_has_its_sign()

    @rule("net_amount is quantity times unit_price_amount, to the cent")
    def net_amount_adds_up() -> pl.Expr:
        return trade.net_amount_adds_up()

    @rule("tax_amount does not exceed half of net_amount")
    def tax_is_plausible() -> pl.Expr:
        return trade.tax_is_plausible()

    @rule("document_date lies between 1990 and 2100")
    def document_date_is_plausible() -> pl.Expr:
        return is_plausible_day("document_date")
