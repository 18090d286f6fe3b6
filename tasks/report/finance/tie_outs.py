"""The tie-outs: the identities that hold between ledger, statements and documents, or the books are not published."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table
from tasks.report.wording import plural


def tie_outs(figures: Figures, _: Publication) -> Section:
    """Every identity, and whether it is kept."""
    trail = ("compliance.tie_outs", "operations.audits")
    rows = figures.rows("select sentence, is_kept, breaking from compliance.tie_outs order by is_kept, tie_out_no")
    broken = [row for row in rows if not row[1]]
    lead = (
        f"{plural(len(rows), 'identity', 'identities')} tie the ledger, the statements and the documents together: "
        + (f"{len(broken)} of them broken." if broken else "all of them hold.")
    )
    columns = (Column("Holds", "text"), Column("What must hold", "text"))
    body = tuple(
        ("yes", f"{sentence}.") if is_kept else ("no", f"{sentence}, but not {breaking}.")
        for sentence, is_kept, breaking in rows
    )
    return Section("tie-outs", "Tie-outs", lead, trail, tables=(Table("Tie-outs of the books", columns, body),))
