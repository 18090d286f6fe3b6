"""Income and expenses of the financial year to date."""

from schemas.table import no_row, required, row_count, table, within

TABLE = table(
    "finance.income_statement",
    "one row is a line of the income statement of the financial year to date, or a total of such lines",
    ("line_no",),
    required("section", "line", "is_total", "period", "comparison_period", "amount", "comparison_amount"),
    within("line_no", lowest=1),
    row_count(4),
    no_row(
        "profit:last",
        "the last line is the profit for the period",
        "select line_no, line from {batch} qualify row_number() over (order by line_no desc) = 1 "
        "and line <> 'profit for the period'",
    ),
)
