"""Which files came, came again or could not be read, and what each of them gave."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, shortened
from tasks.report.wording import plural

FILES_SHOWN, DUPLICATES_SHOWN, FILES_OF_A_SOURCE = 20, 20, 3
# As much of a SHA-256 as tells files apart to the eye, and as a batch carries.
DIGITS = 12


def deliveries(figures: Figures, _: Publication) -> Section:
    """Files delivered again and files that could not be read."""
    trail = ("compliance.duplicate_deliveries", "operations.deliveries", "operations.batches")
    tables = (*duplicates_table(figures), *refused_table(figures))
    lead = (
        "A file is known by its content: delivered again, under any name, it changes nothing. One that cannot be "
        "read is kept as it came, and stops no other."
        if tables
        else "No file was delivered twice, and every file could be read."
    )
    return Section("deliveries", "Deliveries", lead, trail, tables=tables, is_empty=not tables)


def duplicates_table(figures: Figures) -> tuple[Table, ...]:
    """What was delivered more than once."""
    rows = figures.rows(
        f"""
        select source, file_name, first_file_name, deliveries_count, bytes, file[:{DIGITS}]
        from compliance.duplicate_deliveries
        order by source, file_name, file
        """
    )
    columns = (
        Column("Source", "code"),
        Column("Delivered as", "text"),
        Column("First as", "text"),
        Column("Times again", "count"),
        Column("Size", "size"),
        Column("SHA-256", "code"),
    )
    kept, note = shortened(rows, DUPLICATES_SHOWN)
    return (Table("Files delivered again", columns, kept, note=note),) if rows else ()


def refused_table(figures: Figures) -> tuple[Table, ...]:
    """What could not be read, and why."""
    rows = figures.rows(
        """
        select source, file_name, reason, bytes
        from compliance.published_files
        where status = 'refused'
        order by source, file_name, batch_id
        """
    )
    columns = (Column("Source", "code"), Column("File", "text"), Column("Why", "text"), Column("Size", "size"))
    kept, note = shortened(rows, FILES_SHOWN)
    return (Table("Files that could not be read", columns, kept, note=note),) if rows else ()


def published_files(figures: Figures, publication: Publication) -> Section:
    """What is published, and the files it came from."""
    trail = ("compliance.published_files", "operations.lineage")
    (files,) = figures.row("select count(*) from compliance.published_files where status = 'loaded'")
    if not files:
        lead = "No file has been loaded yet."
        return Section("files", "Published from", lead, trail, is_empty=True)
    rows = figures.rows(
        f"""
        select
            files.source, files.file_name, files.file[:{DIGITS}], files.bytes, files.rows_count,
            rows_accepted, rows_unchanged, rows_quarantined, rows_out_of_scope,
        from compliance.published_files as files
        inner join operations.batches as batches using (batch_id)
        where files.status = 'loaded'
        qualify row_number() over (partition by files.source order by batches.batch_no desc) <= {FILES_OF_A_SOURCE}
        order by files.source, batches.batch_no desc
        """
    )
    lead = (
        f"Publication {publication.publication_id} was made from {plural(files, 'file')}. Each is kept in the "
        "landing folder under its SHA-256; countinghouse trace leads from a row of the record to its line."
    )
    columns = (
        Column("Source", "code"),
        Column("File", "text"),
        Column("SHA-256", "code"),
        Column("Size", "size"),
        Column("Rows", "count"),
        Column("Accepted", "count"),
        Column("Unchanged", "count"),
        Column("Quarantined", "count"),
        Column("Out of scope", "count"),
    )
    rest = files - len(rows)
    note = f"… and {plural(rest, 'earlier file')}; all in the workbook." if rest else ""
    table = Table("The last files of each source", columns, tuple(rows), note=note)
    return Section("files", "Published from", lead, trail, tables=(table,))
