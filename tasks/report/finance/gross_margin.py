"""What is left of sales after the cost of what was sold."""

from __future__ import annotations

from datetime import date

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table
from tasks.report.wording import long_day, month


def gross_margin(figures: Figures, publication: Publication) -> Section:
    """From sales to gross profit, each line against the same months of last year."""
    trail = ("sales.gross_margin",)
    codes = figures.currencies("sales.gross_margin")
    if not codes:
        lead = f"No revenue is known up to {long_day(publication.as_of)}."
        return Section("gross-margin", "Gross margin", lead, trail, is_empty=True)
    lead = (
        "From the sales lines: what was sold less the standard cost of it, where that is known. "
        "What the books hold of all other income and expenses is in the income statement."
    )
    tables = tuple(statement_table(figures, code, publication.told_to) for code in codes)
    return Section("gross-margin", "Gross margin", lead, trail, tables=tables)


def statement_table(figures: Figures, code: str, told_to: date) -> Table:
    """The statement of a currency: the month, the year so far, and the same months of last year."""
    rows = figures.rows(
        """
        select
            line,
            coalesce(sum(amount) filter (where month = date_trunc('month', ?::date)), 0),
            coalesce(sum(amount) filter (where year(month) = year(?)), 0),
            coalesce(sum(amount) filter (where year(month) = year(?) - 1 and month(month) <= month(?)), 0),
            line_no,
        from sales.gross_margin
        where currency_code = ?
        group by line_no, line
        order by line_no
        """,
        *[told_to] * 4,
        code,
    )
    columns = (
        Column("Line", "text"),
        Column(month(told_to), "money"),
        Column(f"{told_to.year} to date", "money"),
        Column(f"{told_to.year - 1}, same months", "money"),
    )
    strong = frozenset(place for place, row in enumerate(rows) if row[4] in {3, 5})
    body = tuple((row[0].capitalize(), *row[1:4]) for row in rows)
    note = "Net revenue + cost of goods sold = gross profit + net revenue without a known cost."
    return Table(f"Gross margin, {code}", columns, body, note=note, strong=strong)
