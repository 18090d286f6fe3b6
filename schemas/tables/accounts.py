"""The record of the company's own chart of accounts at rest, and the chart that its books are told by."""

from schemas.records.accounts import ACCOUNT_CLASSES, ACCOUNT_TYPES, ROLES, Accounts
from schemas.table import no_row, one_of, record_table, required, row_count, table

TABLE = record_table(
    Accounts,
    no_row(
        "role:one_account",
        "a role has one account",
        "select role, count(*) as accounts_count from {batch} where role is not null group by role having count(*) > 1",
        "warn",
        "role",
    ),
)

CHART = table(
    "core.accounts",
    "one row is an account of the chart that the books are told by",
    ("account_code",),
    required("account_name", "account_type", "account_class", "statement_line", "cash_flow_line"),
    row_count(1),
    one_of("account_type", ACCOUNT_TYPES),
    one_of("account_class", ACCOUNT_CLASSES),
    one_of("role", ROLES),
    no_row(
        "role:used_once",
        "a role has one account",
        "select role, count(*) as accounts_count from {batch} where role is not null group by role having count(*) > 1",
        column="role",
    ),
)
