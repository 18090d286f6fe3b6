"""What is told otherwise now than it was filed."""

from schemas.table import no_row, one_of, required, table
from schemas.tables.statement_accounts import STATEMENTS

TABLE = table(
    "finance.changes_since_filed",
    "one row is an account in a line of a filed statement whose figure is another now",
    ("period", "statement", "section", "line", "account_code", "currency_code"),
    required("filed_amount", "current_amount", "difference_amount", "entries_count", "entries"),
    one_of("statement", (*STATEMENTS, "trial balance")),
    no_row(
        "difference_amount:adds_up",
        "a figure listed is another than the filed one, and the difference is what it is now less what was filed",
        """
        select period, statement, line, account_code
        from {batch}
        where difference_amount = 0 or difference_amount <> current_amount - filed_amount""",
    ),
)
