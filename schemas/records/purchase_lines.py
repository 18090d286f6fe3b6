"""What was bought and sent back, line by line."""

from decimal import Decimal

import polars as pl

from schemas import trade
from schemas.record import MONEY, About, Record, column, is_plausible_day, rule


class PurchaseLines(Record):
    """One row is a line of a supplier's invoice or credit note."""

    _about = About(
        name="purchase_lines",
        grain="one row is a line of a supplier's invoice or credit note",
        # Suppliers number their documents by themselves, and two of them may use the same number.
        key=("supplier_id", "document_id", "line_no"),
        is_document=True,
        owner="accounting",
        retention="ten years",
    )

    supplier_id: pl.String = column(
        "Who sold.", references="suppliers.supplier_id", str_length={"min_value": 1, "max_value": 40}
    )
    document_id: pl.String = column(
        "Number of the invoice or credit note.",
        references="invoices.document_id",
        str_length={"min_value": 1, "max_value": 40},
    )
    line_no: pl.Int32 = column("Position of the line in its document, from 1.", ge=1)
    document_type: pl.String = column("Invoice or credit note.", isin=["invoice", "credit_note"])
    document_date: pl.Date = column("Local day of the document.")
    account_code: pl.String = column(
        "The account that bears it; empty where the posting rules decide.",
        nullable=True,
        references="accounts.account_code",
    )
    product_id: pl.String = column("What was bought for stock.", nullable=True, references="products.product_id")
    quantity: MONEY = column("Units bought; negative on a credit note.", unit="units")
    unit_price_amount: MONEY = column("Price of one unit without tax.", unit="currency_code", ge=Decimal(0))
    net_amount: MONEY = column("Quantity times unit price, without tax.", unit="currency_code")
    tax_amount: MONEY = column("Tax of the line that the supplier asks for.", unit="currency_code", nullable=True)
    tax_code: pl.String = column("The tax that applies.", nullable=True, references="tax_codes.tax_code")
    currency_code: pl.String = column("ISO 4217 code of all amounts of the line.", str_matches=r"^[A-Z]{3}$")
    department_id: pl.String = column(
        "The department that it was bought for.", nullable=True, references="departments.department_id"
    )
    description: pl.String = column("Text of the line.", nullable=True)

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
