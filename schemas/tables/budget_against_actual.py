"""What was planned beside what the ledger has."""

from schemas.table import no_row, one_of, required, table, ties

TABLE = table(
    "finance.budget_against_actual",
    "one row is an account of income or expense, a department and a month",
    ("account_code", "department_id", "month"),
    required("account_name", "currency_code", "is_planned", "budget_amount", "actual_amount", "variance_amount"),
    one_of("account_class", ["income", "expense"]),
    no_row(
        "variance_amount:adds_up",
        "a variance is what the actual amount has over the budget, turned round for expenses",
        """
        select account_code, department_id, month
        from {batch}
        where
            variance_amount <> if(account_class = 'income', 1, -1) * (actual_amount - budget_amount)
            or variance_to_date_amount
            <> if(account_class = 'income', 1, -1) * (actual_to_date_amount - budget_to_date_amount)""",
        column="variance_amount",
    ),
    ties(
        "actual_amount:of_the_ledger",
        "account by account and month by month, what is actual is what the ledger has",
        """
        select account_code, month, if(account_class = 'income', -1, 1) * sum(actual_amount) as amount
        from {batch}
        group by account_code, month, account_class
        having sum(actual_amount) <> 0""",
        """
        select
            days.account_code,
            cast(date_trunc('month', days.entry_date) as date) as month,
            sum(days.amount) as amount
        from core.account_days as days
        inner join core.accounts as accounts on days.account_code = accounts.account_code
        where accounts.account_class in ('income', 'expense') and not days.is_year_end_entry
        group by all
        having sum(days.amount) <> 0""",
    ),
)
