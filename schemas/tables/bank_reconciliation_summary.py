"""Statement and book balance of every bank account, and what is between them."""

from schemas.table import no_row, required, table, ties

TABLE = table(
    "finance.bank_reconciliation_summary",
    "one row is a bank account of the books in one of its currencies",
    ("account_code", "currency_code"),
    required(
        "as_of_date", "statement_lines_count", "book_lines_count", "unmatched_statement_lines_count",
        "unmatched_book_lines_count", "statement_balance_amount", "unmatched_statement_amount",
        "unmatched_book_amount", "book_balance_amount", "difference_amount",
    ),
    no_row(
        "difference_amount:nothing",
        "the book balance is the statement balance less what the books lack, and what the statement lacks",
        """
        select account_code, currency_code, difference_amount
        from {batch}
        where
            difference_amount <> 0
            or book_balance_amount
            <> statement_balance_amount - unmatched_statement_amount + unmatched_book_amount""",
        column="difference_amount",
    ),
    ties(
        "lines:of_the_reconciliation",
        "the accounts have the lines of the reconciliation",
        "select account_code, currency_code, statement_lines_count + book_lines_count as lines_count from {batch}",
        "select account_code, currency_code, count(*) as lines_count from finance.bank_reconciliation group by all",
    ),
)  # fmt: skip
