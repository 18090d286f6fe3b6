"""The ledger up to the as-of date."""

from schemas.records.journal_lines import DOCUMENT_KINDS, JOURNALS
from schemas.table import no_row, one_of, required, table

TABLE = table(
    "core.ledger_lines",
    "one row is a line of a ledger entry that belongs to a day up to the as-of date",
    ("entry_no", "line_no"),
    required(
        "entry_id",
        "entry_date",
        "journal",
        "document_kind",
        "document_id",
        "account_code",
        "amount",
        "currency_code",
        "currency_amount",
        "leg",
        "recorded_at",
    ),
    one_of("journal", JOURNALS),
    one_of("document_kind", DOCUMENT_KINDS),
    no_row(
        "entries:balance",
        "the debits of every entry equal its credits",
        "select entry_no, entry_id, sum(amount) as difference from {batch} group by all having sum(amount) <> 0",
        column="amount",
    ),
    no_row(
        "account_code:known",
        "every account is in the chart",
        "select distinct account_code from {batch} anti join core.accounts using (account_code)",
        column="account_code",
    ),
    no_row(
        "entries:whole",
        "an entry is of one day and one kind, and none of its lines is missing",
        """
        select entry_no, entry_id
        from {batch}
        group by entry_no, entry_id
        having
            min(entry_date) < max(entry_date) or min(document_kind) < max(document_kind)
            or count(*) <> max(line_no) or min(line_no) <> 1""",
        column="entry_no",
    ),
    no_row(
        "reversals:mirror",
        "a reversal takes back every line of the entry that it reverses",
        """
        select reversals.entry_no, reversals.entry_id, reversals.reverses_entry_no
        from {batch} as reversals
        left join store.ledger_lines as reversed
            on reversals.reverses_entry_no = reversed.entry_no and reversals.line_no = reversed.line_no
        where
            reversals.reverses_entry_no is not null
            and (reversals.account_code, -reversals.amount)
            is distinct from (reversed.account_code, reversed.amount)""",
        column="reverses_entry_no",
    ),
)
