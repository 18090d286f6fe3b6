"""What customers paid, by month and by way of paying."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tasks.report.charts import bars_by_month, drawn
from tasks.report.figures import Figures
from tasks.report.page import Chart, Column, Publication, Section, Table, latest, totals
from tasks.report.publication import in_all
from tasks.report.wording import amount, long_day, month, plural

# The chart shows two years; the table the last of them, and the workbook all.
MONTHS_SHOWN = 12


def cash_received(figures: Figures, publication: Publication) -> Section:
    """Payments of customers by month and by way of paying."""
    trail = ("finance.cash_received", "core.allocations")
    rows = figures.rows(
        """
        select
            currency_code,
            month,
            sum(payments_count)::bigint,
            sum(received_amount),
            sum(refunded_amount),
            sum(net_amount),
        from finance.cash_received
        group by currency_code, month
        order by currency_code, month
        """
    )
    if not rows:
        lead = f"No payments are known up to {long_day(publication.as_of)}."
        return Section("cash-received", "Cash received", lead, trail, is_empty=True)
    by_code = {
        code: [row[1:] for row in rows if row[0] == code] for code in figures.currencies("finance.cash_received")
    }
    lead = (
        f"{in_all([amount(code, sum((row[4] for row in of), Decimal(0))) for code, of in by_code.items()])} came in "
        f"with {plural(sum(row[2] for row in rows), 'payment')} up to {long_day(publication.as_of)}, refunds taken off."
    )
    tables = [cash_table(code, of) for code, of in by_code.items()]
    methods = [methods_table(figures, code, publication.told_to) for code in by_code]
    charts = tuple(cash_chart(code, of) for code, of in by_code.items())
    return Section("cash-received", "Cash received", lead, trail, charts, (*methods, *tables))


def cash_chart(code: str, rows: list[tuple[Any, ...]]) -> Chart:
    """Money in and back out in a currency."""
    recent = drawn(rows)
    alt = (
        f"Bars of cash received in {code} for {plural(len(recent), 'month')}; "
        f"{month(recent[-1][0])} brought {amount(code, recent[-1][4])} after refunds."
    )
    series = {"received": {row[0]: row[2] for row in recent}, "refunded": {row[0]: row[3] for row in recent}}
    return bars_by_month(f"Received and refunded, {code}", alt, series)


def cash_table(code: str, rows: list[tuple[Any, ...]]) -> Table:
    """The cash of a currency by month."""
    columns = (
        Column("Month", "month"),
        Column("Payments", "count"),
        Column("Received", "money"),
        Column("Refunded", "money"),
        Column("Net", "money", has_bar=True),
    )
    kept, note = latest(rows, MONTHS_SHOWN, "month")
    return Table(f"Cash received by month, {code}", columns, kept, totals("All months", rows), note)


def methods_table(figures: Figures, code: str, told_to: date) -> Table:
    """How customers paid this year."""
    rows = figures.rows(
        """
        select method_code, sum(payments_count)::bigint, sum(net_amount) as net_amount
        from finance.cash_received
        where currency_code = ? and year(month) = year(?)
        group by method_code
        order by net_amount desc, method_code
        """,
        code,
        told_to,
    )
    columns = (Column("Method", "words"), Column("Payments", "count"), Column("Net", "money", has_bar=True))
    return Table(
        f"How customers paid in {told_to.year}, {code}", columns, tuple(rows), totals("All", rows), is_narrow=True
    )
