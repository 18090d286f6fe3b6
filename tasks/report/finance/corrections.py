"""The journal of corrections: which entries were reversed because a document changed, and what took their place."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.finance.statements import reporting_currency
from tasks.report.page import Column, Publication, Section, Table, shortened
from tasks.report.wording import long_day, plural

CORRECTIONS_SHOWN = 20


def corrections(figures: Figures, publication: Publication) -> Section:
    """Every correction, the newest first."""
    title, trail = "Corrections", ("finance.journal_of_corrections", "finance.posting_differences")
    rows = figures.rows(
        """
        select
            reversal_no, document_kind, document_id, entry_date, reversed_no, reversed_amount,
            corrected_no, if(corrected_no is null, null, corrected_amount),
        from finance.journal_of_corrections
        order by reversal_no desc
        """
    )
    if not rows:
        lead = f"No entry up to {long_day(publication.as_of)} was corrected."
        return Section("corrections", title, lead, trail, is_empty=True)
    vanished = sum(row[6] is None for row in rows)
    lead = (
        f"{plural(len(rows), 'entry was', 'entries were')} reversed because the document changed or went, "
        f"{vanished:,} of them with nothing in their place. No entry is ever changed itself."
    )
    columns = (
        Column("Reversal", "code"),
        Column("Kind of document", "words"),
        Column("Document", "code"),
        Column("Day", "date"),
        Column("Entry", "code"),
        Column(f"Was, {reporting_currency(figures)}", "money"),
        Column("New entry", "code"),
        Column("Is", "money"),
    )
    body, note = shortened(rows, CORRECTIONS_SHOWN)
    return Section("corrections", title, lead, trail, tables=(Table("Corrected entries", columns, body, note=note),))
