"""The ledger, told in several ways, is one ledger."""

from schemas.tie_out import TieOut, same

OF_ACCOUNT = "'account ' || account_code"

LEDGER = (
    TieOut(
        "ledger_is_what_is_stored",
        "the ledger up to the as-of date is what is stored of those days, account by account",
        same(
            "select account_code, entry_date, sum(amount) as amount from core.ledger_lines group by all",
            "select account_code, entry_date, sum(amount) as amount from store.ledger_lines "
            "where entry_date <= (select as_of_date from core.as_of) group by all",
            "account_code, entry_date",
            f"{OF_ACCOUNT} || ' on ' || entry_date",
        ),
    ),
    TieOut(
        "general_ledger_equals_ledger",
        "the general ledger has every line of the ledger, account by account",
        same(
            "select account_code, sum(debit_amount - credit_amount) as amount from finance.general_ledger group by all",
            "select account_code, sum(amount) as amount from core.ledger_lines group by all",
            "account_code",
            OF_ACCOUNT,
        ),
    ),
    TieOut(
        "general_ledger_equals_trial_balance",
        "the general ledger and the trial balance come to the same on every account",
        same(
            "select account_code, sum(amount) as amount from finance.general_ledger group by all",
            "select account_code, closing_balance as amount from finance.trial_balance",
            "account_code",
            OF_ACCOUNT,
        ),
    ),
    TieOut(
        "running_balances_end_in_the_trial_balance",
        "the last running balance of every account is its closing balance",
        same(
            "select account_code, arg_max(running_balance, (entry_date, entry_no, line_no)) as amount "
            "from finance.general_ledger group by all",
            "select account_code, closing_balance as amount from finance.trial_balance",
            "account_code",
            OF_ACCOUNT,
        ),
    ),
    TieOut(
        "opening_and_movement_come_to_closing",
        "opening balance, debits and credits of every account come to its closing balance",
        same(
            "select account_code, opening_balance + debit_amount - credit_amount as amount from finance.trial_balance",
            "select account_code, closing_balance as amount from finance.trial_balance",
            "account_code",
            OF_ACCOUNT,
        ),
    ),
    TieOut(
        "trial_balance_comes_to_nothing",
        "the balances of all accounts come to nothing, at the opening and at the closing",
        """
select unnest(['opening balances', 'closing balances']) as breaking, unnest([opening, closing]) as difference
from (
    select coalesce(sum(opening_balance), 0) as opening, coalesce(sum(closing_balance), 0) as closing
    from finance.trial_balance
)
where opening <> 0 or closing <> 0""",
    ),
    TieOut(
        "account_days_equal_ledger",
        "the days from which the statements are made come to the ledger, account by account",
        same(
            "select account_code, entry_date, sum(amount) as amount from core.account_days group by all",
            "select account_code, entry_date, sum(amount) as amount from core.ledger_lines group by all",
            "account_code, entry_date",
            f"{OF_ACCOUNT} || ' on ' || entry_date",
        ),
    ),
)
