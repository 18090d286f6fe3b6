"""What moved on the company's bank accounts, as the bank says."""

from decimal import Decimal

import polars as pl

from schemas.record import FIRST_DAY, LAST_DAY, MONEY, About, Record, column, rule


class BankTransactions(Record):
    """One row is a line of a bank statement."""

    _about = About(
        name="bank_transactions",
        grain="one row is a line of a bank statement",
        key=("bank_account_id", "statement_id", "line_no"),
        is_document=True,
        owner="accounting",
        retention="ten years",
    )

    bank_account_id: pl.String = column("The company's own bank account.", str_length={"min_value": 1, "max_value": 40})
    statement_id: pl.String = column(
        "Number of the statement, or the day or month that it is for.", str_length={"min_value": 1, "max_value": 40}
    )
    line_no: pl.Int32 = column("Position of the line in its statement, from 1.", ge=1)
    booking_date: pl.Date = column("Local day on which the bank booked it.")
    value_date: pl.Date = column("Local day from which the bank counts it.", nullable=True)
    amount: MONEY = column("Amount that moved; what comes in is positive.", unit="currency_code")
    currency_code: pl.String = column("ISO 4217 code of the account.", str_matches=r"^[A-Z]{3}$")
    counterparty_name: pl.String = column("Who paid or was paid.", personal=True, nullable=True)
    counterparty_iban: pl.String = column(
        "Account that it came from or went to.", personal=True, nullable=True,
        str_matches=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$",
    )  # fmt: skip
    reference: pl.String = column("Text of the payer or the bank.", personal=True, nullable=True)
    transaction_type_code: pl.String = column(
        "What kind of movement it is.",
        nullable=True,
        isin=[
            "transfer",
            "direct_debit",
            "card",
            "cheque",
            "cash",
            "fee",
            "interest",
            "payroll",
            "tax",
            "own_transfer",
            "other",
        ],
    )
    balance_after_amount: MONEY = column("Balance of the account after the line.", unit="currency_code", nullable=True)
    account_code: pl.String = column(
        "The account on the other side, where the line itself is the document; empty where a payment is.",
        nullable=True,
        references="accounts.account_code",
    )

    @rule("amount is not zero")
    def something_moved() -> pl.Expr:
        return pl.col("amount") != Decimal(0)

    @rule("booking_date and value_date lie between 1990 and 2100")
    def dates_are_plausible() -> pl.Expr:
        first, last = pl.min_horizontal("booking_date", "value_date"), pl.max_horizontal("booking_date", "value_date")
        return (first >= FIRST_DAY) & (last < LAST_DAY)
