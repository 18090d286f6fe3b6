"""The bank reconciliation: what the statements say beside what the books say, and what only one of them has."""

from __future__ import annotations

from typing import Any

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, shortened
from tasks.report.wording import long_day, plural

# Enough for a look; whoever clears the rest works from the workbook.
UNMATCHED_SHOWN = 12

STEPS = (
    ("Balance by the statements", "statement_balance_amount", 1),
    ("less what the books have no entry of", "unmatched_statement_amount", -1),
    ("and what no statement shows", "unmatched_book_amount", 1),
    ("Balance by the books", "book_balance_amount", 1),
    ("Difference", "difference_amount", 1),
)
"""From the balance by the statements to that by the books: the line, the figure, and its sign."""


def bank_reconciliation(figures: Figures, publication: Publication) -> Section:
    """Statement and book balance of every account, how lines were matched, and what is left."""
    title = "Bank reconciliation"
    trail = ("finance.bank_reconciliation", "finance.bank_reconciliation_summary", "record.bank_transactions")
    accounts = figures.rows(
        """
        select account_code, currency_code, unmatched_statement_lines_count, unmatched_book_lines_count
        from finance.bank_reconciliation_summary
        where statement_lines_count > 0
        order by account_code, currency_code
        """
    )
    if not accounts:
        lead = f"No bank statements are known up to {long_day(publication.as_of)}."
        return Section("bank-reconciliation", title, lead, trail, is_empty=True)
    lead = (
        f"{plural(sum(row[2] for row in accounts), 'statement line')} have no entry in the books, and "
        f"{plural(sum(row[3] for row in accounts), 'entry', 'entries')} no statement line; all else is matched, "
        "and each match names its rule."
    )
    balances = tuple(balances_table(figures, code, currency) for code, currency, *_ in accounts)
    return Section(
        "bank-reconciliation", title, lead, trail, tables=(*balances, rules_table(figures), *unmatched(figures))
    )


def balances_table(figures: Figures, account: str, currency: str) -> Table:
    """From the balance by the statements to that by the books."""
    values = figures.row(
        f"""
        select {", ".join(f"{sign} * {column}" for _, column, sign in STEPS)}
        from finance.bank_reconciliation_summary
        where account_code = ? and currency_code = ?
        """,
        account,
        currency,
    )
    rows = tuple((label, value) for (label, *_), value in zip(STEPS, values, strict=True))
    columns = (Column("Balance", "text"), Column(currency, "money"))
    return Table(f"Account {account}, {currency}", columns, rows, strong=frozenset({0, 3}), is_narrow=True)


def rules_table(figures: Figures) -> Table:
    """How many lines each rule matched, and what was left."""
    rows = figures.rows(
        """
        select
            reason, match_kind, count(*) filter (where side = 'statement'), count(*) filter (where side = 'book'),
        from finance.bank_reconciliation
        group by reason, match_kind
        order by match_kind = 'unmatched', count(*) desc, reason, match_kind
        """
    )
    columns = (
        Column("Rule", "text"),
        Column("Match", "text"),
        Column("Statement lines", "count"),
        Column("Book lines", "count"),
    )
    return Table("What was matched, and why", columns, tuple(rows))


def unmatched(figures: Figures) -> tuple[Table, ...]:
    """What only the statements have, and what only the books have, the largest amounts first."""
    return tuple(
        table
        for side, caption in (("statement", "Only on a statement"), ("book", "Only in the books"))
        for table in unmatched_table(figures, side, caption)
    )


def unmatched_table(figures: Figures, side: str, caption: str) -> tuple[Table, ...]:
    """The lines of one side that are in no match; no table where there are none."""
    rows: list[tuple[Any, ...]] = figures.rows(
        """
        select coalesce(entry_id, line_id), line_date, currency_code, amount, reason
        from finance.bank_reconciliation
        where side = ? and not is_matched
        order by abs(amount) desc, line_id
        """,
        side,
    )
    columns = (
        Column("Line", "code"),
        Column("Day", "date"),
        Column("Currency", "code"),
        Column("Amount", "money"),
        Column("What is known of it", "text"),
    )
    kept, note = shortened(rows, UNMATCHED_SHOWN)
    return (Table(caption, columns, kept, note=note),) if rows else ()
