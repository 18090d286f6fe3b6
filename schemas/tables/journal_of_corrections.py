"""What was corrected in the ledger."""

from schemas.table import no_row, required, table

TABLE = table(
    "finance.journal_of_corrections",
    "one row is an entry that was reversed, with the entry that took its place, if any",
    ("reversal_no",),
    required("reversed_no", "reversed_id", "entry_date", "reversed_amount", "corrected_amount", "corrected_at"),
    no_row(
        "difference_amount:adds_up",
        "the difference is what stands now less what was taken back, and a correction comes after what it corrects",
        """
        select reversal_no, reversed_no
        from {batch}
        where
            difference_amount <> corrected_amount - reversed_amount
            or reversal_no <= reversed_no or corrected_at < posted_at""",
    ),
)
