"""Documents that our rules would post otherwise than the journals of their own system did."""

from schemas.records.journal_lines import DOCUMENT_KINDS
from schemas.table import no_row, one_of, required, row_count, table

MEASURES = ("receivables", "payables", "tax", "revenue", "costs and other accounts")
"""The figures of a document that are compared."""

TABLE = table(
    "finance.posting_differences",
    "one row is a document and a figure of it that our rules would post otherwise than its own journals did",
    ("document_id", "measure"),
    required("document_kind", "own_rules_amount", "journals_amount", "difference_amount", "reason"),
    one_of("document_kind", DOCUMENT_KINDS),
    one_of("measure", MEASURES),
    no_row(
        "difference_amount:adds_up",
        "the difference is what our rules post less what the journals hold, and never nothing",
        """
        select document_id, measure, difference_amount
        from {batch}
        where difference_amount = 0 or difference_amount <> own_rules_amount - journals_amount""",
        column="difference_amount",
    ),
    # None is right; which of the two is wrong is for a person to say, and meanwhile the books are the journals'.
    row_count(0, 0, "warn"),
)
