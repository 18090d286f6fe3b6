"""The record of bank transactions at rest."""

from schemas.records.bank_transactions import BankTransactions
from schemas.table import no_row, record_table

TABLE = record_table(
    BankTransactions,
    no_row(
        "accounts:one_currency",
        "a bank account is kept in one currency",
        """
        select bank_account_id, count(distinct currency_code) as currencies_count
        from {batch}
        group by all
        having count(distinct currency_code) > 1""",
        "warn",
    ),
    # A line in quarantine breaks the row of balances: what it lacks is seen here, and no reason to publish nothing.
    no_row(
        "balance_after_amount:follows",
        "the balance after a line is the balance before it and its amount",
        """
        select bank_account_id, statement_id, line_no, balance_after_amount, amount
        from {batch}
        window statement as (partition by bank_account_id, statement_id order by line_no)
        qualify balance_after_amount - lag(balance_after_amount) over statement <> amount""",
        "warn",
    ),
)
