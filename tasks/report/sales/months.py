"""Sales by month and currency."""

from __future__ import annotations

from typing import Any

from tasks.report.charts import bars_by_month, drawn
from tasks.report.figures import Figures
from tasks.report.page import Chart, Column, Publication, Section, Table, latest
from tasks.report.wording import amount, long_day, month, plural

# Two trading years, so that each month stands beside the same month a year before.
MONTHS_SHOWN = 24

COLUMNS = (
    Column("Month", "month"),
    Column("Trading days", "count"),
    Column("Documents", "count"),
    Column("Customers", "count"),
    Column("Sold", "money"),
    Column("Returned", "money"),
    Column("Net", "money", has_bar=True),
)


def months(figures: Figures, publication: Publication) -> Section:
    """What was sold and taken back each month."""
    trail = ("sales.monthly_sales",)
    rows = figures.rows(
        """
        select
            currency_code, month, trading_days_count, documents_count, customers_count,
            sold_amount, returned_amount, net_amount,
        from sales.monthly_sales
        order by currency_code, month
        """
    )
    if not rows:
        lead = f"Nothing has been sold up to {long_day(publication.as_of)}."
        return Section("months", "By month", lead, trail, is_empty=True)
    codes = figures.currencies("sales.monthly_sales")
    by_code = {code: [row[1:] for row in rows if row[0] == code] for code in codes}
    best = [f"{month(top[0])} in {code} ({amount(code, top[6])})" for code, top in map(best_month, by_code.items())]
    lead = f"Net of tax and after returns. The best month so far: {', '.join(best)}."
    charts = tuple(chart(code, of) for code, of in by_code.items())
    return Section("months", "By month", lead, trail, charts, tuple(table(code, of) for code, of in by_code.items()))


def best_month(of: tuple[str, list[tuple[Any, ...]]]) -> tuple[str, tuple[Any, ...]]:
    """The month of a currency with the highest net sales."""
    code, rows = of
    return code, max(rows, key=lambda row: row[6])


def chart(code: str, rows: list[tuple[Any, ...]]) -> Chart:
    """Sold above the line, returned below."""
    recent = drawn(rows)
    alt = (
        f"Bars of sales in {code} for {plural(len(recent), 'month')}, from {month(recent[0][0])} with "
        f"{amount(code, recent[0][6])} net to {month(recent[-1][0])} with {amount(code, recent[-1][6])}."
    )
    series = {"sold": {row[0]: row[4] for row in recent}, "returned": {row[0]: row[5] for row in recent}}
    return bars_by_month(f"Sold and returned, {code}", alt, series)


def table(code: str, rows: list[tuple[Any, ...]]) -> Table:
    """The months of a currency; customers are not summed, since one may buy in many months."""
    kept, note = latest(rows, MONTHS_SHOWN, "month")
    sums = [sum(row[place] for row in rows) for place in range(7) if place not in {0, 3}]
    total = ("All months", sums[0], sums[1], None, *sums[2:])
    return Table(f"Sales by month, {code}", COLUMNS, kept, total, note)
