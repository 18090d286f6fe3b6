"""What stands behind a report: the publication, its sources and the health of its data."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Health, Publication, Section, Source, Table
from tasks.report.wording import count, listed, long_day, percent, plural


def read_publication(figures: Figures) -> Publication:
    """The publication that the open file is."""
    query = "select publication_id, as_of_date, company_name from core.as_of"
    publication_id, as_of, company = figures.row(query)
    (last,) = figures.row(
        "select max(document_date) from core.document_days where record in ('sales_lines', 'invoices')"
    )
    told_to = last if last is not None and last.year < as_of.year else as_of
    return Publication(
        publication_id, company, as_of, told_to, read_sources(figures), read_health(figures, publication_id)
    )


def read_sources(figures: Figures) -> tuple[Source, ...]:
    """Each source system, with what it delivered last.

    The moment of delivery is this machine's clock, and would make the same input give other bytes: the order of the
    batches says as well which file came last, and the freshness how far the data reach.
    """
    rows = figures.rows(
        """
        with

        files as (
            select
                source,
                count(distinct file) as files_count,
                arg_max(file_name, batch_no) as last_file_name,
            from operations.batches
            where status = 'loaded'
            group by source
        ),

        reach as (select source, max(last_date) as last_date from operations.freshness group by source)

        select files.source, files.files_count, files.last_file_name, reach.last_date
        from files
        left join reach using (source)
        order by files.source
        """
    )
    return tuple(Source(*row) for row in rows)


def read_health(figures: Figures, publication_id: str) -> Health:
    """Where the rows ended and what the audit found."""
    loads = figures.frame(
        """
        select
            coalesce(sum(rows_extracted), 0)::bigint as rows_extracted,
            coalesce(sum(rows_accepted), 0)::bigint as rows_accepted,
            coalesce(sum(rows_unchanged), 0)::bigint as rows_unchanged,
            coalesce(sum(rows_quarantined), 0)::bigint as rows_quarantined,
            coalesce(sum(rows_out_of_scope), 0)::bigint as rows_out_of_scope,
            (select count(*) from operations.quarantine where status = 'open') as rows_open,
            (select count(*) from operations.batches where status = 'refused') as files_refused,
        from operations.loads
        """
    )
    audits = figures.frame(
        """
        select
            count(*) filter (where is_success) as audits_passed,
            count(*) filter (where not is_success and severity = 'warn') as audits_warned,
            count(*) filter (where not is_success and severity <> 'warn') as audits_failed,
        from operations.audits
        where publication_id = ?
        """,
        publication_id,
    )
    return Health(**loads.row(0, named=True), **audits.row(0, named=True), warnings=warnings(figures, publication_id))


def warnings(figures: Figures, publication_id: str) -> tuple[str, ...]:
    """What the audit of the publication warned of, a sentence each."""
    rows = figures.rows(
        """
        select table_name, sentence, observed
        from operations.audits
        where publication_id = ? and not is_success
        order by all
        """,
        publication_id,
    )
    return tuple(f"{table}: expected that {sentence}; found {observed}" for table, sentence, observed in rows)


def state(health: Health) -> str:
    """How the data stand at a glance: bad after a failed audit, warn after a warning or a refused file, else good."""
    if health.audits_failed:
        return "bad"
    return "warn" if health.audits_warned or health.files_refused else "good"


def sources_line(publication: Publication) -> str:
    """The sources in a line."""
    files = sum(source.files_count for source in publication.sources)
    return f"{plural(files, 'file')} of {plural(len(publication.sources), 'source')}"


def health_line(health: Health) -> str:
    """The health in a line."""
    quarantined = f"{count(health.rows_open)} quarantined"
    audits = f"{plural(health.audits_passed, 'audit')} passed"
    unhappy = [
        f"{count(number)} {what}"
        for number, what in ((health.audits_warned, "warned"), (health.audits_failed, "failed"))
        if number
    ]
    accepted = f"{count(health.rows_accepted)} accepted"
    return ", ".join([f"{plural(health.rows_extracted, 'row')} extracted", accepted, quarantined, audits, *unhappy])


def behind_lead(publication: Publication) -> str:
    """The health of the data in sentences."""
    health = publication.health
    if not publication.sources:
        return "Nothing has been received yet."
    held = health.rows_accepted + health.rows_unchanged
    share = percent(100 * held / health.rows_extracted) if health.rows_extracted else "none"
    return (
        f"{plural(health.rows_extracted, 'row')} came in {sources_line(publication)}; "
        f"{share} of them stand in the record. "
        f"{plural(health.rows_open, 'row waits', 'rows wait')} in quarantine, "
        f"{plural(health.files_refused, 'file')} could not be read. "
        f"The audit of this publication passed {plural(health.audits_passed, 'expectation')} and warned of "
        f"{count(health.audits_warned)}."
    )


def behind_the_figures(figures: Figures, publication: Publication) -> Section:
    """The section that closes every pack: sources, where every row ended, and the audit."""
    return Section(
        anchor="behind",
        title="Behind these figures",
        lead=behind_lead(publication),
        trail=("operations.batches", "operations.loads", "operations.freshness", "operations.audits"),
        tables=(sources_table(publication), rows_table(figures)) if publication.sources else (),
    )


def sources_table(publication: Publication) -> Table:
    """What each source system delivered."""
    columns = (
        Column("Source", "code"),
        Column("Files", "count"),
        Column("Last file", "text"),
        Column("Data reach to", "date"),
    )
    rows = tuple(
        (source.name, source.files_count, source.last_file_name, source.last_date) for source in publication.sources
    )
    return Table("Sources", columns, rows)


def rows_table(figures: Figures) -> Table:
    """Where every row ended, by source and record."""
    columns = (
        Column("Source", "code"),
        Column("Record", "words"),
        Column("Extracted", "count"),
        Column("Accepted", "count"),
        Column("Unchanged", "count"),
        Column("Quarantined", "count"),
        Column("Out of scope", "count"),
    )
    rows = figures.rows(
        """
        select
            source,
            record,
            sum(rows_extracted)::bigint,
            sum(rows_accepted)::bigint,
            sum(rows_unchanged)::bigint,
            sum(rows_quarantined)::bigint,
            sum(rows_out_of_scope)::bigint,
        from operations.loads
        group by source, record
        order by source, record
        """
    )
    total = ("All rows", "", *(sum(row[place] for row in rows) for place in range(2, 7)))
    return Table("Where every row ended", columns, tuple(rows), total)


def as_of_sentence(publication: Publication, nothing: str) -> str:
    """What to say where there is nothing to show: No receivables are open on 31 December 2025."""
    return f"{nothing} on {long_day(publication.as_of)}."


def in_all(parts: list[str]) -> str:
    """Amounts of several currencies in a sentence, side by side and never added."""
    return listed(parts) if parts else "nothing"
