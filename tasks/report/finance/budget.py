"""Budget against actual: what was planned, what the ledger has, and how far the two are apart."""

from __future__ import annotations

from datetime import date

from tasks.report.figures import Figures
from tasks.report.finance.statements import periods, reporting_currency
from tasks.report.page import Column, Publication, Section, Table, totals
from tasks.report.wording import amount, long_day, month

COLUMNS = (
    Column("Account", "text"),
    Column("Department", "code"),
    Column("Budget", "money"),
    Column("Actual", "money"),
    Column("Variance", "money", has_bar=True),
    Column("Of budget", "percent"),
)


def budget(figures: Figures, publication: Publication) -> Section:
    """Every planned account, the month and the year to date."""
    title, trail = "Budget against actual", ("finance.budget_against_actual", "record.budget_lines")
    (first, last), _ = periods(figures)
    rows = figures.rows(
        "select 1 from finance.budget_against_actual where is_planned and month between ? and ? limit 1", first, last
    )
    if not rows:
        lead = f"No budget is known for the year to {long_day(publication.as_of)}."
        return Section("budget", title, lead, trail, is_empty=True)
    currency = reporting_currency(figures)
    year = budget_table(figures, f"Year to {long_day(last)}, {currency}", first, last)
    this_month = budget_table(figures, f"{month(last)}, {currency}", last.replace(day=1), last)
    variance = year.total[4] if year.total else 0
    lead = (
        f"The accounts that were planned are {amount(currency, abs(variance))} "
        f"{'better' if variance >= 0 else 'worse'} than planned from {long_day(first)} to {long_day(last)}. "
        "A variance above zero is for the better: more income, or less expense."
    )
    return Section("budget", title, lead, trail, tables=(year, this_month))


def budget_table(figures: Figures, caption: str, first: date, last: date) -> Table:
    """The accounts that have a budget in the period, with what the ledger has of them."""
    rows = figures.rows(
        """
        select
            account_code || ' ' || account_name as account,
            department_id,
            sum(budget_amount),
            sum(actual_amount),
            sum(variance_amount),
            100 * sum(variance_amount) / nullif(abs(sum(budget_amount)), 0),
        from finance.budget_against_actual
        where month between ? and ?
        group by account_code, account_name, department_id
        having bool_or(is_planned)
        order by account_code, department_id
        """,
        first,
        last,
    )
    body = tuple((row[0], "" if row[1] == "none" else row[1], *row[2:]) for row in rows)
    # Income and expenses are not added; their variances are.
    foot = ("All", "", None, None, totals("", [(row[0], row[4]) for row in rows])[1], None) if rows else None
    return Table(caption, COLUMNS, body, foot)
