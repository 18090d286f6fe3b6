"""The ledger by account and day, from which all statements are made."""

from schemas.table import no_row, required, table, within

TABLE = table(
    "core.account_days",
    "one row is an account on a day, by journal, tax code and kind of entry",
    (),
    required("account_code", "entry_date", "journal", "is_money_entry", "is_year_end_entry", "amount", "lines_count"),
    within("lines_count", lowest=1),
    within("debit_amount", lowest=0),
    within("credit_amount", lowest=0),
    no_row(
        "amount:adds_up",
        "the balance of a day is its debits less its credits",
        "select account_code, entry_date from {batch} where amount <> debit_amount - credit_amount",
        column="amount",
    ),
)
