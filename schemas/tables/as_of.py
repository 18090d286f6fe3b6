"""The day as of which every table is told."""

from schemas.table import required, row_count, table

TABLE = table(
    "core.as_of",
    "one row: the day as of which every table here is told, and the company it is told of",
    (),
    required("as_of_date", "company_name", "reporting_currency"),
    row_count(1, 1),
)
