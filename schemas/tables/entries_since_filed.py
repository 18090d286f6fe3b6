"""Entries that came into a closed period after it was filed."""

from schemas.table import no_row, one_of, required, table
from schemas.tables.statement_accounts import STATEMENTS

TABLE = table(
    "finance.entries_since_filed",
    "one row is a line of an entry that came into a closed period after it was filed, in a line of a statement",
    ("period", "statement", "section", "line", "account_code", "entry_no", "line_no"),
    required("entry_id", "entry_date", "amount", "recorded_at"),
    one_of("statement", (*STATEMENTS, "trial balance")),
    no_row(
        "period:closed",
        "the entry is of a day that was closed, and came after what was filed",
        """
        select entries.period, entries.entry_no
        from {batch} as entries
        left join operations.closings as closings on entries.period = closings.period
        where coalesce(entries.entry_date > closings.last_date or entries.entry_no <= closings.last_entry_no, true)""",
    ),
)
