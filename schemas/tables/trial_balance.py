"""The trial balance of the financial year to date."""

from schemas.records.accounts import ACCOUNT_TYPES
from schemas.table import no_row, one_of, required, table, ties

TABLE = table(
    "finance.trial_balance",
    "one row is an account that was ever used",
    ("account_code",),
    required(
        "as_of_date",
        "account_name",
        "opening_balance",
        "debit_amount",
        "credit_amount",
        "closing_balance",
        "currency_code",
    ),
    one_of("account_type", ACCOUNT_TYPES),
    no_row(
        "closing_balance:adds_up",
        "a closing balance is the opening balance and what moved in the year",
        """
        select account_code, closing_balance
        from {batch}
        where closing_balance <> opening_balance + debit_amount - credit_amount""",
        column="closing_balance",
    ),
    no_row(
        "balances",
        "debits equal credits: openings, movements and closings over all accounts come to nothing",
        """
        select sum(opening_balance) as opening_balance, sum(closing_balance) as closing_balance
        from {batch}
        having sum(opening_balance) <> 0 or sum(closing_balance) <> 0 or sum(debit_amount) <> sum(credit_amount)""",
    ),
    no_row(
        "as_of_date:of_publication",
        "every row is told as of the day of the publication",
        "select account_code, as_of_date from {batch} where as_of_date <> (select as_of_date from core.as_of)",
        column="as_of_date",
    ),
    ties(
        "closing_balance:of_the_general_ledger",
        "the closing balance of every account is the last balance of the general ledger",
        "select account_code, closing_balance from {batch}",
        """
        select account_code, arg_max(running_balance, (entry_date, entry_no, line_no)) as closing_balance
        from finance.general_ledger
        group by account_code""",
    ),
)
