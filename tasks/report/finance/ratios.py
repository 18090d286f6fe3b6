"""Financial ratios with the formula of each, beside those of the year before."""

from __future__ import annotations

from decimal import Decimal

from tasks.report.figures import Figures
from tasks.report.finance.statements import nothing, periods
from tasks.report.page import Column, Publication, Section, Table
from tasks.report.wording import NOTHING, day, number

UNITS = {"%": "%", "times": "×", "days": " days"}
"""How the unit of a ratio is written behind its value."""


def ratios(figures: Figures, publication: Publication) -> Section:
    """How well the company earns, pays and stands."""
    trail = ("finance.financial_ratios", "core.statement_figures")
    rows = figures.rows(
        "select ratio, formula, unit, value, comparison_value from finance.financial_ratios order by ratio_no"
    )
    if all(row[3] is None for row in rows):
        return nothing("ratios", "Financial ratios", publication, trail)
    (_, last), (_, before) = periods(figures)
    lead = "Each is the quotient of two figures of the statements above; an open one has nothing to divide by."
    columns = (
        Column("Ratio", "text"),
        Column("Formula", "text"),
        Column(day(last), "figure"),
        Column(day(before), "figure"),
    )
    body = tuple((row[0].capitalize(), row[1], shown(row[3], row[2]), shown(row[4], row[2])) for row in rows)
    return Section("ratios", "Financial ratios", lead, trail, tables=(Table("Financial ratios", columns, body),))


def shown(value: Decimal | None, unit: str) -> str:
    """A ratio with its unit."""
    return NOTHING if value is None else f"{number(value, 2)}{UNITS[unit]}"
