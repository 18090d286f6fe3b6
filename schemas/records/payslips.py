"""What employees earned in a period, what was kept back and what was paid out."""

from decimal import Decimal

import polars as pl

from schemas.record import FIRST_DAY, LAST_DAY, MONEY, About, Record, column, rule


class Payslips(Record):
    """One row is a payslip."""

    _about = About(
        name="payslips",
        grain="one row is a payslip",
        key=("payslip_id",),
        is_document=True,
        owner="people",
        retention="ten years",
    )

    # Pay stands under the employee's number alone; the name is in `employees`, where it is personal data.
    payslip_id: pl.String = column("Number of the payslip.", str_length={"min_value": 1, "max_value": 40})
    employee_id: pl.String = column(
        "Who earned it.", references="employees.employee_id", str_length={"min_value": 1, "max_value": 40}
    )
    department_id: pl.String = column(
        "The department that bears it.", nullable=True, references="departments.department_id"
    )
    period_start_date: pl.Date = column("First local day that it is for.")
    period_end_date: pl.Date = column("Last local day that it is for.")
    payment_date: pl.Date = column("Local day on which it is paid out.")
    currency_code: pl.String = column("ISO 4217 code of all amounts.", str_matches=r"^[A-Z]{3}$")
    gross_pay_amount: MONEY = column("Pay before anything is kept back.", unit="currency_code", ge=Decimal(0))
    employee_tax_amount: MONEY = column("Wage tax kept back.", unit="currency_code", ge=Decimal(0))
    employee_social_amount: MONEY = column("Social contributions kept back.", unit="currency_code", ge=Decimal(0))
    employer_social_amount: MONEY = column(
        "Social contributions that the company pays on top.", unit="currency_code", ge=Decimal(0)
    )
    net_pay_amount: MONEY = column("Pay that the employee receives.", unit="currency_code")

    @rule("net_pay_amount is gross_pay_amount less employee_tax_amount and employee_social_amount")
    def net_pay_amount_adds_up() -> pl.Expr:
        kept_back = pl.col("employee_tax_amount") + pl.col("employee_social_amount")
        return pl.col("gross_pay_amount") - kept_back == pl.col("net_pay_amount")

    @rule("period_end_date is not before period_start_date")
    def period_ends_after_it_starts() -> pl.Expr:
        return pl.col("period_end_date") >= pl.col("period_start_date")

    @rule("payment_date is not before period_start_date")
    def paid_after_the_period_starts() -> pl.Expr:
        return pl.col("payment_date") >= pl.col("period_start_date")

    @rule("all days lie between 1990 and 2100")
    def dates_are_plausible() -> pl.Expr:
        last = pl.max_horizontal("period_end_date", "payment_date")
        return (pl.col("period_start_date") >= FIRST_DAY) & (last < LAST_DAY)
