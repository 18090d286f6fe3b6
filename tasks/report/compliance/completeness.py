"""Whether any documents or days are missing."""

from __future__ import annotations

from datetime import date

from tasks.report.charts import bars_by_month, drawn
from tasks.report.figures import Figures
from tasks.report.page import Chart, Column, Publication, Section, Table, shortened
from tasks.report.wording import count, month, plural, words

# The records of one company side by side; further ones stand in core.document_days.
CHARTS_SHOWN = 6
GAPS_SHOWN, DAYS_SHOWN = 15, 15


def completeness(figures: Figures, _: Publication) -> Section:
    """Gaps in the numbers of documents, and days on which none came."""
    trail = ("core.document_days", "compliance.document_number_gaps", "compliance.missing_days")
    charts = month_charts(figures)
    if not charts:
        return Section("completeness", "Completeness", "No documents are on record yet.", trail, is_empty=True)
    gaps, missing = figures.row(
        "select count(*), coalesce(sum(missing_count), 0)::bigint from compliance.document_number_gaps"
    )
    (days,) = figures.row("select count(*) from compliance.missing_days")
    numbers = (
        f"{plural(missing, 'document number is', 'document numbers are')} missing in {plural(gaps, 'gap')}"
        if gaps
        else "No document number is missing"
    )
    weekdays = "on weekdays on which the source usually has some"
    lead = (
        f"{numbers}; {plural(days, 'day has', 'days have')} no documents {weekdays}."
        if days
        else (f"{numbers}, and no day is without documents {weekdays}.")
    )
    tables = (*gaps_table(figures), *days_table(figures))
    return Section("completeness", "Completeness", lead, trail, charts, tables)


def month_charts(figures: Figures) -> tuple[Chart, ...]:
    """How many rows each month brought, one chart a source and record: a hole shows at a glance."""
    rows = figures.rows(
        """
        select source, record, date_trunc('month', document_date)::date as month, sum(rows_count)::bigint
        from core.document_days
        group by all
        order by all
        """
    )
    held: dict[tuple[str, str], dict[date, int]] = {}
    for source, record, when, rows_count in rows:
        held.setdefault((source, record), {})[when] = rows_count
    largest = sorted(held, key=lambda of: (-sum(held[of].values()), of))[:CHARTS_SHOWN]
    return tuple(month_chart(source, record, held[source, record]) for source, record in largest)


def month_chart(source: str, record: str, rows_count: dict[date, int]) -> Chart:
    """The months of a source and record."""
    recent = dict(drawn(sorted(rows_count.items())))
    least = min(recent, key=lambda when: (recent[when], when))
    alt = (
        f"Bars of {words(record)} a month from {source} for {plural(len(recent), 'month')}; "
        f"the fewest are the {count(recent[least])} of {month(least)}."
    )
    return bars_by_month(f"{words(record).capitalize()} a month, {words(source)}", alt, {"rows": recent})


def gaps_table(figures: Figures) -> tuple[Table, ...]:
    """The widest gaps in the numbers."""
    rows = figures.rows(
        """
        select source, after_document_id, before_document_id, missing_count
        from compliance.document_number_gaps
        order by missing_count desc, source, after_document_id
        """
    )
    columns = (
        Column("Source", "code"),
        Column("After", "code"),
        Column("Before", "code"),
        Column("Missing", "count", has_bar=True),
    )
    kept, note = shortened(rows, GAPS_SHOWN)
    return (Table("Gaps in document numbers", columns, kept, note=note, is_narrow=True),) if rows else ()


def days_table(figures: Figures) -> tuple[Table, ...]:
    """Days without documents, the latest first."""
    rows = figures.rows(
        """
        select source, record, missing_date, weekday
        from compliance.missing_days
        order by missing_date desc, source, record
        """
    )
    columns = (Column("Source", "code"), Column("Record", "words"), Column("Day", "date"), Column("Weekday", "text"))
    kept, note = shortened(rows, DAYS_SHOWN)
    return (Table("Days without documents", columns, kept, note=note, is_narrow=True),) if rows else ()
