"""What the statements say in relation."""

from schemas.table import one_of, required, row_count, table

TABLE = table(
    "finance.financial_ratios",
    "one row is a ratio of two figures of the statements",
    ("ratio_no",),
    required("ratio", "formula", "unit"),
    one_of("unit", ["%", "times", "days"]),
    row_count(14, 14),
)
