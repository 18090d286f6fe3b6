"""Journals kept elsewhere or written by hand, which enter the ledger as they are."""

import polars as pl

from schemas.record import LAST_DAY, MONEY, About, Record, column, is_plausible_day, rule
from schemas.records.accounts import ACCOUNT_TYPES

JOURNALS = (
    "sales", "purchases", "bank", "payroll", "stock", "expenses", "tax", "fx", "closing", "general", "opening",
)  # fmt: skip
"""The books of first entry; every ledger line stands in one of them."""

ENTRY_TYPES = ("journal", "opening_balance", "accrual", "prepayment", "depreciation")
"""What an entry is for; one without a type is a journal entry like any other."""


DOCUMENT_KINDS = (
    "sales_invoice", "sales_credit_note", "purchase_invoice", "purchase_credit_note", "customer_payment",
    "customer_refund", "supplier_payment", "supplier_refund", "employee_payment",
    "bank_fee", "bank_transaction", "expense_claim",
    "payslip", "stock_movement", "journal", "opening_balance", "accrual", "accrual_reversal", "depreciation",
    "revaluation", "revaluation_reversal", "exchange_difference",
)  # fmt: skip
"""What an entry may be made from."""


def is_reversed_later() -> pl.Expr:
    """Whether the day of the reversal comes after that of the entry, and is no placeholder."""
    return (pl.col("reversal_date") > pl.col("entry_date")) & (pl.col("reversal_date") < LAST_DAY)


def says_when_it_is_reversed() -> pl.Expr:
    """Whether what is for a time only says when it ends."""
    is_for_a_time = pl.col("entry_type").is_in(["accrual", "prepayment"])
    return ~is_for_a_time | pl.col("reversal_date").is_not_null()


class JournalLines(Record):
    """One row is a line of a journal entry kept elsewhere."""

    _about = About(
        name="journal_lines",
        grain="one row is a line of a journal entry kept elsewhere",
        key=("journal_id", "line_no"),
        is_document=True,
        owner="accounting",
        retention="ten years",
    )

    journal_id: pl.String = column("Number of the journal entry.", str_length={"min_value": 1, "max_value": 60})
    line_no: pl.Int32 = column("Position of the line in its entry, from 1.", ge=1)
    entry_date: pl.Date = column(
        "Local day to which the entry belongs; empty where the head of the entry says it.", nullable=True
    )
    entry_type: pl.String = column("What the entry is for.", nullable=True, isin=list(ENTRY_TYPES))
    journal: pl.String = column("Book in which it stands; without one, general.", nullable=True, isin=list(JOURNALS))
    account_code: pl.String = column(
        "The account.", references="accounts.account_code", str_length={"min_value": 1, "max_value": 100}
    )
    account_name: pl.String = column("Name of the account, as the journal gives it.", nullable=True)
    account_type: pl.String = column(
        "Kind of account, as the journal gives it.", nullable=True, isin=list(ACCOUNT_TYPES)
    )
    amount: MONEY = column("Amount in the company's currency; debit positive, credit negative.", unit="currency_code")
    currency_code: pl.String = column("ISO 4217 code of currency_amount.", str_matches=r"^[A-Z]{3}$")
    currency_amount: MONEY = column(
        "The same amount in the currency of the document; none: that of the company.",
        unit="currency_code",
        nullable=True,
    )
    party_id: pl.String = column("The customer, supplier or employee.", nullable=True)
    document_id: pl.String = column("The document behind it.", nullable=True)
    tax_code: pl.String = column("The tax to which it belongs.", nullable=True, references="tax_codes.tax_code")
    department_id: pl.String = column("The department that bears it.", nullable=True)
    description: pl.String = column("Text of the line.", nullable=True)
    reversal_date: pl.Date = column("Local day on which the entry is reversed by itself.", nullable=True)

    @rule("entry_date lies between 1990 and 2100")
    def entry_date_is_plausible() -> pl.Expr:
        return is_plausible_day("entry_date")

    @rule("reversal_date is after entry_date and before 2100")
    def reversed_later() -> pl.Expr:
        return is_reversed_later()

    @rule("an accrual and a prepayment say when they are reversed")
    def accruals_reverse() -> pl.Expr:
        return says_when_it_is_reversed()

    @rule("currency_amount has the sign of amount")
    def signs_agree() -> pl.Expr:
        return pl.col("currency_amount").sign() * pl.col("amount").sign() >= 0
