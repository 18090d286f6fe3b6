"""The heads of journal entries kept elsewhere, where a system keeps them apart from their lines."""

import polars as pl

from schemas.record import FIRST_DAY, LAST_DAY, About, Record, column, rule
from schemas.records.journal_lines import DOCUMENT_KINDS, ENTRY_TYPES, JOURNALS


class Journals(Record):
    """One row is the head of a journal entry kept elsewhere."""

    _about = About(
        name="journals",
        grain="one row is the head of a journal entry kept elsewhere",
        key=("journal_id",),
        is_document=True,
        owner="accounting",
        retention="ten years",
    )

    journal_id: pl.String = column("Number of the journal entry.", str_length={"min_value": 1, "max_value": 60})
    entry_date: pl.Date = column("Local day to which the entry belongs.")
    entry_type: pl.String = column("What the entry is for.", nullable=True, isin=list(ENTRY_TYPES))
    journal: pl.String = column("Book in which it stands; without one, general.", nullable=True, isin=list(JOURNALS))
    party_id: pl.String = column("The customer, supplier or employee.", nullable=True)
    document_id: pl.String = column("The document behind it.", nullable=True)
    document_kind: pl.String = column(
        "What kind of document that is, where the journal says it.", nullable=True, isin=list(DOCUMENT_KINDS)
    )
    description: pl.String = column("Text of the entry.", nullable=True)
    reversal_date: pl.Date = column("Local day on which the entry is reversed by itself.", nullable=True)

    @rule("entry_date lies between 1990 and 2100")
    def entry_date_is_plausible() -> pl.Expr:
        return (pl.col("entry_date") >= FIRST_DAY) & (pl.col("entry_date") < LAST_DAY)

    @rule("reversal_date is after entry_date and before 2100")
    def reversed_later() -> pl.Expr:
        return (pl.col("reversal_date") > pl.col("entry_date")) & (pl.col("reversal_date") < LAST_DAY)

    @rule("an accrual and a prepayment say when they are reversed")
    def accruals_reverse() -> pl.Expr:
        is_for_a_time = pl.col("entry_type").is_in(["accrual", "prepayment"])
        return ~is_for_a_time | pl.col("reversal_date").is_not_null()
