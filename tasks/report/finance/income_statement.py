"""A first income statement, from what is known."""

from __future__ import annotations

from datetime import date

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table
from tasks.report.wording import long_day, month


def income_statement(figures: Figures, publication: Publication) -> Section:
    """The first lines of an income statement, each against the same months of last year."""
    trail = ("finance.income_statement",)
    codes = figures.currencies("finance.income_statement")
    if not codes:
        lead = f"No revenue is known up to {long_day(publication.as_of)}."
        return Section("income-statement", "Income statement", lead, trail, is_empty=True)
    lead = (
        "A first version, from what is known: revenue less the standard cost of what was sold. "
        "Wages, rent and other expenses are not in it yet, so this is gross profit and not net income."
    )
    tables = tuple(statement_table(figures, code, publication.told_to) for code in codes)
    return Section("income-statement", "Income statement", lead, trail, tables=tables)


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
        from finance.income_statement
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
    return Table(f"Income statement, {code}", columns, body, note=note, strong=strong)
