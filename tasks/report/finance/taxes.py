"""Taxes by code, as the tax accounts of the ledger have them."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.finance.statements import nothing, periods, reporting_currency
from tasks.report.page import Column, Publication, Section, Table, totals
from tasks.report.wording import amount, long_day


def taxes(figures: Figures, publication: Publication) -> Section:
    """What was sold and bought under each tax code in the financial year, and the tax on both."""
    trail = ("finance.tax_summary",)
    (first, last), _ = periods(figures)
    rows = figures.rows(
        """
        select
            tax_code,
            sum(sales_net_amount),
            sum(output_tax_amount),
            sum(purchases_net_amount),
            sum(input_tax_amount),
            sum(tax_due_amount) as tax_due_amount,
        from finance.tax_summary
        where month between date_trunc('month', ?::date) and ?
        group by tax_code
        order by tax_code = 'none', tax_code
        """,
        first,
        last,
    )
    if not rows:
        return nothing("taxes", "Taxes", publication, trail)
    due = sum(row[5] for row in rows)
    lead = (
        f"Tax due on what was sold and bought from {long_day(first)} to {long_day(last)}: "
        f"{amount(reporting_currency(figures), due)}. Without a code stand corrections and what was settled "
        "between the accounts of output and input tax."
    )
    columns = (
        Column("Tax code", "code"),
        Column("Sales, net", "money"),
        Column("Output tax", "money"),
        Column("Purchases, net", "money"),
        Column("Input tax", "money"),
        Column("Due", "money"),
    )
    table = Table("By tax code", columns, tuple(rows), totals("All", rows))
    return Section("taxes", "Taxes", lead, trail, tables=(table,))
