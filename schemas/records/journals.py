"""The heads of journal entries kept elsewhere, where a system keeps them apart from their lines."""

import polars as pl

from schemas.record import About, Record, column, is_plausible_day, rule
from schemas.records.journal_lines import (
    DOCUMENT_KINDS,
    ENTRY_TYPES,
    JOURNALS,
    is_reversed_later,
    says_when_it_is_reversed,
)


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
        return is_plausible_day("entry_date")

    @rule("reversal_date is after entry_date and before 2100")
    def reversed_later() -> pl.Expr:
        return is_reversed_later()

    @rule("an accrual and a prepayment say when they are reversed")
    def accruals_reverse() -> pl.Expr:
        return says_when_it_is_reversed()
