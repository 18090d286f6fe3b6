"""The parts of the company that costs are counted for."""

import polars as pl

from schemas.record import About, Record, column


class Departments(Record):
    """One row is a department."""

    _about = About(
        name="departments",
        grain="one row is a department",
        key=("department_id",),
        is_document=False,
        owner="accounting",
        retention="as long as a document refers to it",
    )

    department_id: pl.String = column(
        "The company's code of the department.", str_length={"min_value": 1, "max_value": 40}
    )
    department_name: pl.String = column("What people call it.", str_length={"min_value": 1})
