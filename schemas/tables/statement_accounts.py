"""From the lines of the statements down to the accounts."""

from schemas.table import no_row, one_of, required, table

STATEMENTS = ("income statement", "balance sheet", "cash flow, indirect", "cash flow, direct")
"""The statements, and the cash flow statement by both of its methods."""

TABLE = table(
    "finance.statement_accounts",
    "one row is an account in a line of a statement, with what it brings to the line",
    ("statement", "section_no", "line", "line_order", "account_code"),
    required("section", "account_name", "currency_code", "amount", "comparison_amount"),
    one_of("statement", STATEMENTS),
    no_row(
        "amount:not_nothing",
        "an account that brings nothing to a line is left out",
        "select statement, line, account_code from {batch} where amount = 0 and comparison_amount = 0",
    ),
)
