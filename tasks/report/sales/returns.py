"""Cancellations and returns by month."""

from __future__ import annotations

from typing import Any

from tasks.report.charts import bars_by_month, drawn
from tasks.report.figures import Figures
from tasks.report.page import Chart, Column, Publication, Section, Table, latest
from tasks.report.wording import amount, long_day, month, plural

ROWS_SHOWN = 24

COLUMNS = (
    Column("Month", "month"),
    Column("Kind", "words"),
    Column("Documents", "count"),
    Column("Lines", "count"),
    Column("Units", "quantity"),
    Column("Amount", "money", has_bar=True),
    Column("Of the month's sales", "percent"),
)


def returns(figures: Figures, publication: Publication) -> Section:
    """What was cancelled and what came back."""
    trail = ("sales.returns",)
    rows = figures.rows(
        """
        select
            currency_code, month, kind, documents_count, lines_count,
            returned_quantity, returned_amount, returned_pct,
        from sales.returns
        order by currency_code, month, kind
        """
    )
    if not rows:
        lead = f"Nothing was cancelled or returned up to {long_day(publication.as_of)}."
        return Section("returns", "Cancellations and returns", lead, trail, is_empty=True)
    codes = figures.currencies("sales.returns")
    by_code = {code: [row[1:] for row in rows if row[0] == code] for code in codes}
    lead = (
        "A cancellation takes back the same goods from the same customer on the day they were invoiced; every other "
        "credit note is a return. Both count below zero."
    )
    charts = tuple(chart(code, of) for code, of in by_code.items())
    return Section(
        "returns",
        "Cancellations and returns",
        lead,
        trail,
        charts,
        tuple(table(code, of) for code, of in by_code.items()),
    )


def chart(code: str, rows: list[tuple[Any, ...]]) -> Chart:
    """What was taken back, drawn upwards: its size is the question."""
    recent = drawn(rows)
    months = sorted({row[0] for row in recent})
    kinds = sorted({row[1] for row in rows}, reverse=True)
    total = -sum(row[5] for row in recent)
    alt = (
        f"Bars of what was returned and cancelled in {code} for {plural(len(months), 'month')} "
        f"to {month(months[-1])}; {amount(code, total)} together."
    )
    series = {f"{kind}s": {row[0]: -row[5] for row in recent if row[1] == kind} for kind in kinds}
    return bars_by_month(f"Taken back, {code}", alt, series)


def table(code: str, rows: list[tuple[Any, ...]]) -> Table:
    """The last months of a currency."""
    kept, note = latest(rows, ROWS_SHOWN, "row")
    return Table(f"Cancellations and returns by month, {code}", COLUMNS, kept, note=note)
