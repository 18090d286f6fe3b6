"""The people who work for the company."""

import polars as pl

from schemas.record import FIRST_DAY, LAST_DAY, About, Record, column, rule


class Employees(Record):
    """One row is an employee."""

    _about = About(
        name="employees",
        grain="one row is an employee",
        key=("employee_id",),
        is_document=False,
        owner="people",
        retention="three years after leaving; what payroll needs, ten years",
    )

    employee_id: pl.String = column("Number of the employee.", str_length={"min_value": 1, "max_value": 40})
    employee_name: pl.String = column("Name of the person.", personal=True, str_length={"min_value": 1})
    email: pl.String = column(
        "Address for electronic mail.", personal=True, nullable=True, str_matches=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
    )
    iban: pl.String = column(
        "Bank account that is paid.", personal=True, nullable=True, str_matches=r"^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$"
    )
    department_id: pl.String = column(
        "The department the employee works in.", nullable=True, references="departments.department_id"
    )
    job_title: pl.String = column("What the employee does.", nullable=True)
    hired_date: pl.Date = column("First local day of work.")
    left_date: pl.Date = column("Last local day of work; empty while it lasts.", nullable=True)

    @rule("left_date is not before hired_date")
    def leaves_after_being_hired() -> pl.Expr:
        return pl.col("left_date") >= pl.col("hired_date")

    @rule("hired_date and left_date lie between 1950 and 2100")
    def dates_are_plausible() -> pl.Expr:
        # Nobody who works today was hired before 1950.
        is_late_enough = pl.col("hired_date") >= FIRST_DAY.dt.offset_by("-40y")
        return is_late_enough & (pl.max_horizontal("hired_date", "left_date") < LAST_DAY)
