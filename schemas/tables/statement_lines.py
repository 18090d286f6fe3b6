"""All statements line by line."""

from schemas.table import no_row, one_of, required, row_count, table, within
from schemas.tables.statement_accounts import STATEMENTS

TABLE = table(
    "finance.statement_lines",
    "one row is a line of a statement, or a total of such lines",
    ("statement", "line_no"),
    required("section", "line", "is_total", "period", "comparison_period", "amount", "comparison_amount"),
    one_of("statement", STATEMENTS),
    within("line_no", lowest=1),
    # The totals alone: a company without a single entry has its statements too.
    row_count(22),
    no_row(
        "line:once",
        "a line stands once in a section",
        "select statement, section, line from {batch} group by all having count(*) > 1",
        column="line",
    ),
)
