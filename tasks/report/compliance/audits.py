"""What the audit of this publication expected of every table, and found."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table
from tasks.report.wording import count, plural


def audits(figures: Figures, publication: Publication) -> Section:
    """The audit by table, and what it warned of."""
    trail = ("operations.audits",)
    health = publication.health
    by_table = figures.rows(
        """
        select
            table_name,
            count(*),
            count(*) filter (where is_success),
            count(*) filter (where not is_success and severity = 'warn'),
            count(*) filter (where not is_success and severity <> 'warn'),
        from operations.audits
        where publication_id = ?
        group by table_name
        order by table_name
        """,
        publication.publication_id,
    )
    if not by_table:
        lead = f"Publication {publication.publication_id} carries no audit."
        return Section("audits", "Audit", lead, trail, is_empty=True)
    expected = sum(row[1] for row in by_table)
    lead = (
        f"{plural(expected, 'expectation')} of {plural(len(by_table), 'table')} before publication: "
        f"{count(health.audits_passed)} passed, {count(health.audits_warned)} warned, "
        f"{count(health.audits_failed)} failed. "
        "One failure would have kept the publication back."
    )
    columns = (
        Column("Table", "code"),
        Column("Expectations", "count"),
        Column("Passed", "count"),
        Column("Warned", "count"),
        Column("Failed", "count"),
    )
    tables = (*warnings_table(figures, publication), Table("Audit by table", columns, tuple(by_table)))
    return Section("audits", "Audit", lead, trail, tables=tables)


def warnings_table(figures: Figures, publication: Publication) -> tuple[Table, ...]:
    """Expectations that were not met."""
    rows = figures.rows(
        """
        select table_name, sentence, observed, severity
        from operations.audits
        where publication_id = ? and not is_success
        order by severity, table_name, sentence, observed
        """,
        publication.publication_id,
    )
    columns = (
        Column("Table", "code"),
        Column("Expected", "text"),
        Column("Found", "text"),
        Column("Severity", "words"),
    )
    return (Table("Expectations not met", columns, tuple(rows)),) if rows else ()
