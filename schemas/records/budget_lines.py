"""What the company planned to earn and spend."""

import polars as pl

from schemas.record import MONEY, About, Record, column, is_plausible_day, rule


class BudgetLines(Record):
    """One row is what was planned for an account in a month."""

    _about = About(
        name="budget_lines",
        grain="one row is what was planned for an account in a month",
        key=("budget_id", "line_no"),
        is_document=False,
        owner="controlling",
        retention="ten years",
    )

    budget_id: pl.String = column("Which plan it belongs to.", str_length={"min_value": 1, "max_value": 40})
    line_no: pl.Int32 = column("Position of the line in its plan, from 1.", ge=1)
    account_code: pl.String = column(
        "What it is planned for.", references="accounts.account_code", str_length={"min_value": 1, "max_value": 100}
    )
    department_id: pl.String = column(
        "The department that plans; empty for the company as a whole.",
        nullable=True,
        references="departments.department_id",
    )
    period_start_date: pl.Date = column("First day of the month that it is planned for.")
    amount: MONEY = column(
        "What is planned: earnings of an income account and costs of an expense account are both positive.",
        unit="currency_code",
    )
    currency_code: pl.String = column("ISO 4217 code of the amount.", str_matches=r"^[A-Z]{3}$")

    @rule("period_start_date is the first of a month")
    def period_is_a_month() -> pl.Expr:
        return pl.col("period_start_date").dt.day() == 1

    @rule("period_start_date lies between 1990 and 2100")
    def period_start_date_is_plausible() -> pl.Expr:
        return is_plausible_day("period_start_date")
