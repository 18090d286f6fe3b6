"""Where money came from and went to."""

from schemas.table import one_of, required, row_count, table, within

TABLE = table(
    "finance.cash_flow",
    "one row is a line of the cash flow statement of the financial year to date by one of its two methods",
    ("method", "line_no"),
    required("section", "line", "is_total", "period", "comparison_period", "amount", "comparison_amount"),
    one_of("method", ["direct", "indirect"]),
    within("line_no", lowest=1),
    row_count(10),
)
