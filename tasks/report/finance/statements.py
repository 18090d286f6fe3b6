"""The statements of the books: income statement, balance sheet and cash flow, each beside the year before."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tasks.report.charts import bars_by_month, drawn
from tasks.report.figures import Figures
from tasks.report.page import Chart, Column, Linked, Publication, Section, Table, anchor
from tasks.report.wording import amount, day, long_day, month, plural

LINES = """
    select line, amount, comparison_amount, is_total
    from finance.statement_lines
    where statement = ?
    order by line_no
"""
TRAIL = ("finance.statement_entries", "finance.general_ledger")
"""Where the entries behind any line of a statement are found."""


def income_statement(figures: Figures, publication: Publication) -> Section:
    """What was earned and spent in the financial year so far."""
    title, trail = "Income statement", ("finance.income_statement", *TRAIL)
    rows = figures.rows(LINES, "income statement")
    if not has_lines(rows):
        return nothing("income-statement", title, publication, trail)
    (first, last), (_, before) = periods(figures)
    profit, currency = rows[-1][1], reporting_currency(figures)
    lead = (
        f"{'Profit' if profit >= 0 else 'Loss'} of {amount(currency, abs(profit))} from {long_day(first)} to "
        f"{long_day(last)}, as the ledger has it. Expenses are negative, so a change above zero is for the better."
    )
    rows = led_to_accounts(figures, "income statement", rows)
    table = statement_table(title, rows, day(last), day(before), "Year to ")
    return Section("income-statement", title, lead, trail, result_charts(figures, currency), (table,))


def balance_sheet(figures: Figures, publication: Publication) -> Section:
    """What the company owns and owes."""
    title, trail = "Balance sheet", ("finance.balance_sheet", *TRAIL)
    rows = figures.rows(LINES, "balance sheet")
    if not has_lines(rows):
        return nothing("balance-sheet", title, publication, trail)
    (_, last), (_, before) = periods(figures)
    sums = {row[0]: row[1] for row in rows}
    currency = reporting_currency(figures)
    lead = (
        f"Assets of {amount(currency, sums['total assets'])} on {long_day(last)}: "
        f"{amount(currency, sums['total liabilities'])} owed, {amount(currency, sums['total equity'])} the owners'. "
        "Results of earlier years are in retained earnings."
    )
    rows = led_to_accounts(figures, "balance sheet", rows)
    return Section(
        "balance-sheet", title, lead, trail, tables=(statement_table(title, rows, day(last), day(before), ""),)
    )


def cash_flow(figures: Figures, publication: Publication) -> Section:
    """Where the money came from and went, told both ways."""
    title, trail = "Cash flow", ("finance.cash_flow", *TRAIL)
    told = {method: figures.rows(LINES, f"cash flow, {method}") for method in ("indirect", "direct")}
    if not any(has_lines(rows) for rows in told.values()):
        return nothing("cash-flow", title, publication, trail)
    (_, last), (_, before) = periods(figures)
    sums = {row[0]: row[1] for row in told["direct"]}
    currency = reporting_currency(figures)
    lead = (
        f"Cash changed by {amount(currency, sums['change in cash'])} to {amount(currency, sums['cash at the end'])}; "
        "once from the profit (indirect), once from what was received and paid (direct)."
    )
    tables = tuple(
        statement_table(
            f"{title}, {method} method",
            led_to_accounts(figures, f"cash flow, {method}", rows),
            day(last),
            day(before),
            "Year to ",
        )
        for method, rows in told.items()
    )
    return Section("cash-flow", title, lead, trail, tables=tables)


def statement_table(caption: str, rows: list[tuple[Any, ...]], last: str, before: str, reach: str) -> Table:
    """The lines of a statement with those of its comparison; the totals stand out."""
    columns = (
        Column("Line", "text"),
        Column(f"{reach}{last}", "money"),
        Column(f"{reach}{before}", "money"),
        Column("Change", "percent"),
    )
    strong = frozenset(place for place, row in enumerate(rows) if row[3])
    body = tuple((row[0], row[1], row[2], change_pct(row[1], row[2])) for row in rows)
    return Table(caption, columns, body, strong=strong)


def led_to_accounts(figures: Figures, statement: str, rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """The lines with their names as headings, each leading to the accounts behind it where there are any."""
    query = "select distinct line from finance.statement_accounts where statement = ?"
    with_accounts = {line for (line,) in figures.rows(query, statement)}
    return [
        (
            Linked(((row[0].capitalize(), anchor_of_line(statement, row[0]) if row[0] in with_accounts else ""),)),
            *row[1:],
        )
        for row in rows
    ]


def anchor_of_line(statement: str, line: str) -> str:
    """Where the accounts behind a line begin."""
    return anchor(statement, line)


def change_pct(now: Decimal, before: Decimal) -> Decimal | None:
    """How far a line moved, of what it was; none where there was nothing to move."""
    return 100 * (now - before) / abs(before) if before else None


def result_charts(figures: Figures, currency: str) -> tuple[Chart, ...]:
    """Revenue and result month by month."""
    rows = figures.rows(
        """
        select
            date_trunc('month', days.entry_date)::date as month,
            coalesce(-sum(days.amount) filter (where accounts.account_type = 'revenue'), 0),
            -sum(days.amount),
        from core.account_days as days
        inner join core.accounts as accounts on days.account_code = accounts.account_code
        where accounts.account_class in ('income', 'expense') and not days.is_year_end_entry
        group by month
        order by month
        """
    )
    return tuple(
        month_chart(name, currency, {row[0]: row[place] for row in drawn(rows)})
        for place, name in enumerate(("Revenue", "Result"), start=1)
    )


def month_chart(name: str, currency: str, values: dict[date, Decimal]) -> Chart:
    """One figure by month."""
    last = max(values)
    alt = (
        f"Bars of {name.lower()} in {currency} for {plural(len(values), 'month')}; "
        f"{month(last)} came to {amount(currency, values[last])}."
    )
    return bars_by_month(f"{name} by month, {currency}", alt, {name.lower(): values})


def periods(figures: Figures) -> list[tuple[date, date]]:
    """First and last day of the period that the statements tell of, and of the one beside it."""
    rows = figures.rows("select first_date, last_date from core.periods order by compared_as desc")
    return [(row[0], row[1]) for row in rows]


def reporting_currency(figures: Figures) -> str:
    """The currency in which the books are kept."""
    return str(figures.row("select reporting_currency from core.as_of")[0])


def has_lines(rows: list[tuple[Any, ...]]) -> bool:
    """Whether a statement has anything to add up."""
    return not all(row[3] for row in rows)


def nothing(anchor: str, title: str, publication: Publication, trail: tuple[str, ...]) -> Section:
    """A statement of a company without a single entry."""
    lead = f"Nothing is in the ledger up to {long_day(publication.as_of)}."
    return Section(anchor, title, lead, trail, is_empty=True)
