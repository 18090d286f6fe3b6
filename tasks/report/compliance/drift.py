"""In what the sources' deliveries differ from those before them."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, shortened
from tasks.report.wording import count, plural

CHANGES_SHOWN = 20


def drift(figures: Figures, _: Publication) -> Section:
    """Columns that came, went or changed, and deliveries of an unusual size."""
    trail = ("compliance.drift", "operations.profiles")
    rows = figures.rows(
        """
        select source, file_name, subject, change, usual, found, severity, is_latest
        from compliance.drift
        order by is_latest desc, severity = 'stop' desc, source, batch_id, subject, change
        """
    )
    if not rows:
        lead = "Every delivery looks like those of its source before it."
        return Section("drift", "Drift", lead, trail, is_empty=True)
    sources = len({row[0] for row in rows})
    stopped, latest = sum(row[6] == "stop" for row in rows), sum(row[7] for row in rows)
    lead = (
        f"{plural(len(rows), 'difference')} between deliveries of {plural(sources, 'source')} and those before them, "
        f"{count(latest)} of them in the last delivery"
        + (f"; {plural(stopped, 'difference')} stopped a file." if stopped else ".")
    )
    columns = (
        Column("Source", "code"),
        Column("File", "text"),
        Column("Column", "code"),
        Column("Change", "words"),
        Column("Usual", "text"),
        Column("Found", "text"),
        Column("Severity", "words"),
    )
    kept, note = shortened([row[:7] for row in rows], CHANGES_SHOWN)
    return Section("drift", "Drift", lead, trail, tables=(Table("What changed", columns, kept, note=note),))
