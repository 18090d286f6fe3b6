"""Assets, equity and liabilities on the as-of date."""

from schemas.table import no_row, required, row_count, table, within

TABLE = table(
    "finance.balance_sheet",
    "one row is a line of the balance sheet on the as-of date, or a total of such lines",
    ("line_no",),
    required("as_of_date", "comparison_date", "section", "line", "is_total", "amount", "comparison_amount"),
    within("line_no", lowest=1),
    row_count(8),
    no_row(
        "as_of_date:of_publication",
        "every row is told as of the day of the publication",
        "select line_no, as_of_date from {batch} where as_of_date <> (select as_of_date from core.as_of)",
        column="as_of_date",
    ),
)
