"""What a person should look at."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table
from tasks.report.publication import as_of_sentence
from tasks.report.wording import count, plural


def findings(figures: Figures, publication: Publication) -> Section:
    """Everything found, warnings first."""
    trail = ("compliance.findings",)
    rows = figures.rows(
        """
        select finding, findings_count, subject, source, severity
        from compliance.findings
        order by severity desc, findings_count desc, subject, source, finding
        """
    )
    if not rows:
        lead = as_of_sentence(publication, "There is nothing to look at")
        return Section("findings", "Findings", lead, trail, is_empty=True)
    warnings = sum(1 for row in rows if row[4] == "warn")
    others = len(rows) - warnings
    lead = f"{plural(warnings, 'finding')} to look at" + (f", {count(others)} for information." if others else ".")
    columns = (
        Column("Finding", "words"),
        Column("How many", "count"),
        Column("Subject", "words"),
        Column("Source", "code"),
        Column("Severity", "words"),
    )
    return Section("findings", "Findings", lead, trail, tables=(Table("What was found", columns, tuple(rows)),))
