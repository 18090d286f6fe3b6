"""The general ledger, account by account."""

from schemas.records.accounts import ACCOUNT_TYPES
from schemas.table import no_row, one_of, required, table, ties

TABLE = table(
    "finance.general_ledger",
    "one row is a line of the ledger, with the balance of its account after it",
    ("entry_no", "line_no"),
    required(
        "entry_id",
        "entry_date",
        "account_code",
        "account_name",
        "debit_amount",
        "credit_amount",
        "amount",
        "running_balance",
    ),
    one_of("account_type", ACCOUNT_TYPES),
    no_row(
        "sides",
        "a line stands on one side: its amount is its debit less its credit, and one of them is nothing",
        """
        select entry_no, line_no, debit_amount, credit_amount, amount
        from {batch}
        where
            amount <> debit_amount - credit_amount
            or least(debit_amount, credit_amount) <> 0""",
        column="amount",
    ),
    no_row(
        "running_balance:adds_up",
        "the balance of an account moves from line to line by the amount of the line, beginning at nothing",
        """
        select entry_no, line_no, account_code, running_balance
        from {batch}
        qualify running_balance - amount <> coalesce(
            lag(running_balance) over (partition by account_code order by entry_date, entry_no, line_no), 0
        )""",
        column="running_balance",
    ),
    ties(
        "lines:of_the_ledger",
        "account by account the general ledger comes to the lines of the ledger",
        "select account_code, count(*) as lines_count, sum(amount) as amount from {batch} group by all",
        "select account_code, count(*) as lines_count, sum(amount) as amount from core.ledger_lines group by all",
    ),
)
