"""The expense report: what employees laid out, on what, and what of it is still to be paid back."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, shortened, totals
from tasks.report.publication import in_all
from tasks.report.wording import amount, long_day

EMPLOYEES_SHOWN = 12


def expenses(figures: Figures, publication: Publication) -> Section:
    """Claims of the year by category and by employee, who stands by number."""
    title, trail = "Expense claims", ("finance.expense_report", "record.expense_claims")
    year = publication.told_to.year
    sums = figures.rows(
        """
        select currency_code, sum(gross_amount), coalesce(sum(gross_amount) filter (where status <> 'paid'), 0)
        from finance.expense_report
        where year(month) = ?
        group by currency_code
        order by currency_code
        """,
        year,
    )
    if not sums:
        lead = f"No expense claims of {year} are known up to {long_day(publication.as_of)}."
        return Section("expenses", title, lead, trail, is_empty=True)
    lead = (
        f"Employees claimed {in_all([amount(row[0], row[1]) for row in sums])} in {year}; "
        f"{in_all([amount(row[0], row[2]) for row in sums])} of claims is not, or not wholly, paid back."
    )
    tables = tuple(
        claims_table(figures, title, by, code, year)
        for code, *_ in sums
        for title, by in (("category", "category_code"), ("employee", "employee_id"))
    )
    return Section("expenses", title, lead, trail, tables=tables)


def claims_table(figures: Figures, title: str, by: str, code: str, year: int) -> Table:
    """The claims of a currency, by one column."""
    rows = figures.rows(
        f"""
        select
            {by},
            sum(net_amount),
            sum(tax_amount),
            sum(gross_amount) as gross_amount,
            coalesce(sum(gross_amount) filter (where status <> 'paid'), 0),
        from finance.expense_report
        where currency_code = ? and year(month) = ?
        group by {by}
        order by gross_amount desc, {by}
        """,
        code,
        year,
    )
    columns = (
        Column(title.capitalize(), "words" if by == "category_code" else "code"),
        Column("Net", "money"),
        Column("Tax", "money"),
        Column("Claimed", "money", has_bar=True),
        Column("To be paid back", "money"),
    )
    kept, note = shortened(rows, EMPLOYEES_SHOWN)
    return Table(f"Claims by {title}, {code}", columns, kept, totals("All", rows), note)
