"""The accounts behind each line of the statements, from the line to the trial balance."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.finance.statements import anchor_of_line, nothing, periods
from tasks.report.page import Column, Linked, Publication, Section, Table, anchor
from tasks.report.wording import day

STATEMENTS = ("income statement", "balance sheet", "cash flow, indirect", "cash flow, direct")


def statement_accounts(figures: Figures, publication: Publication) -> Section:
    """Every line of every statement, account by account."""
    title = "Accounts behind the statements"
    trail = ("finance.statement_accounts", "finance.statement_entries", "finance.general_ledger")
    tables = tuple(table for statement in STATEMENTS for table in accounts_of(figures, statement))
    if not tables:
        return nothing("statement-accounts", title, publication, trail)
    lead = (
        "Where each line of a statement comes from; an account leads to the trial balance. The entries of a line are "
        "in finance.statement_entries, each with its file and row, and countinghouse trace follows them there."
    )
    return Section("statement-accounts", title, lead, trail, tables=tables)


def accounts_of(figures: Figures, statement: str) -> tuple[Table, ...]:
    """The accounts of one statement; nothing when it has no line."""
    # What all income and expenses brought to another statement is told in the income statement, account by account.
    rows = figures.rows(
        """
        select
            accounts.line,
            if(is_result and ? <> 'cash flow, direct', null, accounts.account_code) as code,
            if(code is null, 'income and expenses', any_value(accounts.account_name)),
            sum(accounts.amount),
            sum(accounts.comparison_amount),
        from (
            select *, account_code in (
                select account_code from core.accounts where account_class in ('income', 'expense')
            ) and statement <> 'income statement' as is_result
            from finance.statement_accounts
        ) as accounts
        inner join finance.statement_lines as lines
            on accounts.statement = lines.statement and accounts.section = lines.section
            and accounts.line = lines.line and not lines.is_total
        where accounts.statement = ?
        group by lines.line_no, accounts.line, code
        order by lines.line_no, code nulls last
        """,
        statement,
        statement,
    )
    if not rows:
        return ()
    (_, last), (_, before) = periods(figures)
    columns = (
        Column("Line", "text"),
        Column("Account", "text"),
        Column(day(last), "money"),
        Column(day(before), "money"),
    )
    # A line is named, and led to, where its first account stands.
    firsts = [place == 0 or rows[place - 1][0] != row[0] for place, row in enumerate(rows)]
    body = tuple(
        (
            row[0].capitalize() if is_first else "",
            account(*row[1:3]),
            *row[3:],
        )
        for row, is_first in zip(rows, firsts, strict=True)
    )
    anchors = tuple(
        anchor_of_line(statement, row[0]) if is_first else "" for row, is_first in zip(rows, firsts, strict=True)
    )
    return (Table(statement.capitalize(), columns, body, anchors=anchors),)


def account(code: str | None, name: str) -> Linked:
    """An account leads to the trial balance; all of the result to the income statement."""
    return Linked(((name, "income-statement"),) if code is None else ((f"{code} {name}", anchor("account", code)),))
