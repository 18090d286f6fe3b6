"""How old the newest document of each source is."""

from schemas.table import no_row, required, table, within

TABLE = table(
    "operations.freshness",
    "one row is a record of a source, with the day of its newest document",
    ("source", "record"),
    required("rows_count"),
    within("rows_count", lowest=1),
    within("age_days", lowest=0),
    # A month and a week: systems that deliver monthly do so in the first days of the next one; a longer silence is a
    # broken export or a source that was given up.
    no_row(
        "fresh",
        "every source sent a document of the last 38 days",
        "select source, record, last_date, age_days from {batch} where age_days > 38",
        "warn",
        "age_days",
    ),
)
