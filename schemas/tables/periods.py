"""The days that the statements tell of."""

from schemas.table import no_row, one_of, required, row_count, table

TABLE = table(
    "core.periods",
    "one row is a period that the statements tell of: the period asked for, or the one that it is compared with",
    ("compared_as",),
    required("first_date", "last_date", "period"),
    one_of("compared_as", ["period", "comparison"]),
    row_count(2, 2),
    no_row(
        "days:in_order",
        "a period ends on or after its first day, and what it is compared with ends before it",
        """
        select compared_as, first_date, last_date
        from {batch}
        where
            first_date > last_date
            or last_date > (select max(last_date) from {batch} where compared_as = 'period')""",
    ),
)
