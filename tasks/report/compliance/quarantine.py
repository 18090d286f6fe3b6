"""What waits in quarantine, and why."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, shortened
from tasks.report.publication import as_of_sentence
from tasks.report.wording import count, plural

REASONS_SHOWN = 40


def quarantine(figures: Figures, publication: Publication) -> Section:
    """The open rows by reason, each with one of them as a place to begin."""
    trail = ("compliance.quarantine_reasons", "operations.quarantine")
    rows = figures.rows(
        """
        select
            source, record, rule, rows_count, replayed_count,
            replace(sample_batch_id, source || '-', '') || ' row ' || sample_row,
        from compliance.quarantine_reasons
        order by rows_count desc, replayed_count desc, source, record, rule
        """
    )
    if not rows:
        lead = as_of_sentence(publication, "No rows are in quarantine")
        return Section("quarantine", "Quarantine", lead, trail, is_empty=True)
    replayed = sum(row[4] for row in rows)
    fixed = f"; {count(replayed)} came in after a fix" if replayed else ""
    lead = (
        f"{plural(publication.health.rows_open, 'row waits', 'rows wait')} with every reason and the row as it "
        f"came{fixed}. The example says in which of the source's batches and which row; "
        "countinghouse quarantine show has what it held."
    )
    columns = (
        Column("Source", "code"),
        Column("Record", "words"),
        Column("Rule broken", "code"),
        Column("Waiting", "count", has_bar=True),
        Column("Replayed", "count"),
        Column("Example", "code"),
    )
    kept, note = shortened(rows, REASONS_SHOWN)
    table = Table("Quarantine by reason", columns, kept, note=note)
    return Section("quarantine", "Quarantine", lead, trail, tables=(table,))
