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
        "in finance.statement_entries, each with its file and row, and `countinghouse trace` follows them there."
    )
    return Section("statement-accounts", title, lead, trail, tables=tables)


def accounts_of(figures: Figures, statement: str) -> tuple[Table, ...]:
    """The accounts of one statement; nothing when it has no line."""
    rows = figures.rows(
        """
        select line, account_code, account_name, amount, comparison_amount
        from finance.statement_accounts
        where statement = ?
        order by section_no, line_order, line, account_code
        """,
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
            Linked(((f"{row[1]} {row[2]}", anchor("account", row[1])),)),
            *row[3:],
        )
        for row, is_first in zip(rows, firsts, strict=True)
    )
    anchors = tuple(
        anchor_of_line(statement, row[0]) if is_first else "" for row, is_first in zip(rows, firsts, strict=True)
    )
    return (Table(statement.capitalize(), columns, body, anchors=anchors),)
