"""What employees paid for the company and want back, line by line."""

from decimal import Decimal

import polars as pl

from schemas.record import FIRST_DAY, LAST_DAY, MONEY, About, Record, column, rule


class ExpenseClaims(Record):
    """One row is a line of an expense claim."""

    _about = About(
        name="expense_claims",
        grain="one row is a line of an expense claim",
        key=("claim_id", "line_no"),
        is_document=True,
        owner="accounting",
        retention="ten years",
    )

    claim_id: pl.String = column("Number of the claim.", str_length={"min_value": 1, "max_value": 40})
    line_no: pl.Int32 = column("Position of the line in its claim, from 1.", ge=1)
    employee_id: pl.String = column(
        "Who paid.", references="employees.employee_id", str_length={"min_value": 1, "max_value": 40}
    )
    expense_date: pl.Date = column("Local day on which the money was spent.")
    claim_date: pl.Date = column("Local day on which it was claimed; the same on all lines of a claim.", nullable=True)
    category_code: pl.String = column(
        "What it was spent on.",
        isin=["travel", "lodging", "meals", "mileage", "entertainment", "supplies", "postage", "training", "other"],
    )
    account_code: pl.String = column(
        "The account that bears it; empty where the posting rules decide.",
        nullable=True,
        references="accounts.account_code",
    )
    net_amount: MONEY = column("Amount without tax.", unit="currency_code", ge=Decimal(0))
    tax_amount: MONEY = column("Tax that the receipt shows.", unit="currency_code", ge=Decimal(0))
    gross_amount: MONEY = column("Amount to pay back.", unit="currency_code", gt=Decimal(0))
    tax_code: pl.String = column("The tax that applies.", nullable=True, references="tax_codes.tax_code")
    currency_code: pl.String = column("ISO 4217 code of all amounts of the line.", str_matches=r"^[A-Z]{3}$")
    department_id: pl.String = column(
        "The department that it was spent for.", nullable=True, references="departments.department_id"
    )
    description: pl.String = column("What the receipt says.", nullable=True)

    @rule("gross_amount is net_amount plus tax_amount")
    def gross_amount_adds_up() -> pl.Expr:
        return pl.col("net_amount") + pl.col("tax_amount") == pl.col("gross_amount")

    @rule("claim_date is not before expense_date")
    def claimed_after_it_was_spent() -> pl.Expr:
        return pl.col("claim_date") >= pl.col("expense_date")

    @rule("expense_date and claim_date lie between 1990 and 2100")
    def dates_are_plausible() -> pl.Expr:
        days = pl.max_horizontal("expense_date", "claim_date")
        return (pl.col("expense_date") >= FIRST_DAY) & (days < LAST_DAY)
