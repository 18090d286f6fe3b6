"""Whether what refers to something finds it, and invoices agree with their lines."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, shortened
from tasks.report.wording import count, plural

DIFFERENCES_SHOWN = 12


def references(figures: Figures, _: Publication) -> Section:
    """References that lead nowhere, and invoices that differ from their lines."""
    trail = ("compliance.orphan_references", "compliance.invoice_differences")
    links = figures.rows(
        """
        select source, record, column_name, target, rows_count, orphans_count
        from compliance.orphan_references
        order by orphans_count desc, source, record, column_name
        """
    )
    orphans = sum(row[5] for row in links)
    (differences,) = figures.row("select count(*) from compliance.invoice_differences")
    held = sum(row[4] for row in links)
    lead = (
        f"{plural(orphans, 'reference leads', 'references lead')} to nothing on record, of {count(held)}; "
        f"{plural(differences, 'invoice differs', 'invoices differ')} from the sum of the lines."
    )
    tables = (*links_table(links), *differences_table(figures))
    return Section("references", "Agreement between records", lead, trail, tables=tables, is_empty=not tables)


def links_table(links: list[tuple[object, ...]]) -> tuple[Table, ...]:
    """Each reference of each source's records."""
    columns = (
        Column("Source", "code"),
        Column("Record", "words"),
        Column("Column", "code"),
        Column("Refers to", "code"),
        Column("Rows", "count"),
        Column("Not found", "count", has_bar=True),
    )
    return (Table("References", columns, tuple(links)),) if links else ()


def differences_table(figures: Figures) -> tuple[Table, ...]:
    """Invoices whose lines sum to something else, the largest difference first within its currency."""
    rows = figures.rows(
        """
        select document_id, party_id, currency_code, invoice_net_amount, lines_net_amount, difference_amount
        from compliance.invoice_differences
        order by currency_code, abs(difference_amount) desc, document_id, party_id
        """
    )
    columns = (
        Column("Document", "code"),
        Column("Party", "code"),
        Column("Currency", "code"),
        Column("Net of the invoice", "money"),
        Column("Net of its lines", "money"),
        Column("Difference", "money"),
    )
    kept, note = shortened(rows, DIFFERENCES_SHOWN)
    return (Table("Invoices that differ from their lines", columns, kept, note=note),) if rows else ()
