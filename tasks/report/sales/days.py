"""Sales by day and currency."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tasks.report.charts import line_by_day
from tasks.report.figures import Figures
from tasks.report.page import Chart, Column, Publication, Section, Table, latest
from tasks.report.wording import amount, day, long_day

# Two weeks: this one and the last, weekday beside weekday.
DAYS_SHOWN = 14
# Two years of the two main currencies: more lines than that nobody compares.
YEARS_DRAWN, CURRENCIES_DRAWN = 2, 2
WEEK = 7

COLUMNS = (
    Column("Day", "date"),
    Column("Documents", "count"),
    Column("Lines", "count"),
    Column("Customers", "count"),
    Column("Sold", "money"),
    Column("Returned", "money"),
    Column("Net", "money", has_bar=True),
)


def days(figures: Figures, publication: Publication) -> Section:
    """What was sold each day."""
    trail = ("sales.daily_sales",)
    rows = figures.rows(
        """
        select
            currency_code, document_date, documents_count, lines_count, customers_count,
            sold_amount, returned_amount, net_amount,
        from sales.daily_sales
        order by currency_code, document_date
        """
    )
    if not rows:
        lead = f"Nothing has been sold up to {long_day(publication.as_of)}."
        return Section("days", "By day", lead, trail, is_empty=True)
    codes = figures.currencies("sales.daily_sales")
    by_code = {code: [row[1:] for row in rows if row[0] == code] for code in codes}
    last = max(row[1] for row in rows)
    lead = f"The last trading day is {long_day(last)}. The strong line is the mean of seven days, closed days included."
    charts = tuple(chart for code in codes[:CURRENCIES_DRAWN] for chart in year_charts(code, by_code[code]))
    return Section("days", "By day", lead, trail, charts, tuple(table(code, of) for code, of in by_code.items()))


def year_charts(code: str, rows: list[tuple[Any, ...]]) -> list[Chart]:
    """One chart a year, so that the same season stands in the same place."""
    years = sorted({row[0].year for row in rows})[-YEARS_DRAWN:]
    net = {row[0]: row[6] for row in rows if row[0].year in years}
    reach = min(net.values()), max(net.values())
    return [year_chart(code, year, net, reach) for year in years]


def year_chart(code: str, year: int, net: dict[date, Decimal], reach: tuple[Decimal, Decimal]) -> Chart:
    """The days of a year: each as it was, and the mean of the week up to it."""
    within = sorted(when for when in net if when.year == year)
    calendar = [within[0] + timedelta(days=step) for step in range((within[-1] - within[0]).days + 1)]
    values = [(when, net.get(when, Decimal(0))) for when in calendar]
    means = [
        (when, sum((value for _, value in values[place - WEEK + 1 : place + 1]), Decimal(0)) / WEEK)
        for place, (when, _) in enumerate(values)
        if place >= WEEK - 1
    ]
    best = max(values, key=lambda point: point[1])
    alt = (
        f"Line of net sales a day in {code} from {day(within[0])} to {day(within[-1])}; "
        f"the best day is {day(best[0])} with {amount(code, best[1])}."
    )
    return line_by_day(f"Net sales a day, {code}, {year}", alt, values, means, reach)


def table(code: str, rows: list[tuple[Any, ...]]) -> Table:
    """The latest days of a currency."""
    kept, note = latest(rows, DAYS_SHOWN, "day")
    return Table(f"Latest days, {code}", COLUMNS, kept, note=note)
