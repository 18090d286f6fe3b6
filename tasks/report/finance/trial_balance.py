"""The trial balance: every account with what it held, what moved and what it holds."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.finance.statements import nothing, periods, reporting_currency
from tasks.report.page import Column, Publication, Section, Table, anchor, totals
from tasks.report.wording import long_day, plural

UNPOSTED_SHOWN = 8


def trial_balance(figures: Figures, publication: Publication) -> Section:
    """All accounts of the ledger, and the documents that could not be posted to them."""
    trail = ("finance.trial_balance", "finance.general_ledger", "core.unposted_documents")
    rows = figures.rows(
        """
        select
            account_code || ' ' || account_name, opening_balance, debit_amount, credit_amount, closing_balance,
            account_code,
        from finance.trial_balance
        order by account_code
        """
    )
    if not rows:
        return nothing("trial-balance", "Trial balance", publication, trail)
    (first, _), _ = periods(figures)
    lead = (
        f"{plural(len(rows), 'account')} in {reporting_currency(figures)}; debit balances are positive, credit "
        f"balances negative. Opening is before {long_day(first)}; income and expenses run on over the years, and "
        "only the balance sheet carries them into equity."
    )
    columns = (
        Column("Account", "text"),
        Column("Opening", "money"),
        Column("Debit", "money"),
        Column("Credit", "money"),
        Column("Closing", "money"),
    )
    anchors = tuple(anchor("account", row[5]) for row in rows)
    rows = [row[:5] for row in rows]
    table = Table("Trial balance", columns, tuple(rows), totals("All accounts", rows), anchors=anchors)
    return Section("trial-balance", "Trial balance", lead, trail, tables=(table, *unposted(figures)))


def unposted(figures: Figures) -> tuple[Table, ...]:
    """What the record holds and the ledger could not take, by reason; nothing where all was posted."""
    rows = figures.rows(
        """
        select reason, document_kind, count(*) as documents_count, min(document_id) as example
        from core.unposted_documents
        group by reason, document_kind
        order by documents_count desc, reason, document_kind
        """
    )
    if not rows:
        return ()
    columns = (
        Column("Reason", "text"),
        Column("Kind of document", "words"),
        Column("Documents", "count"),
        Column("Such as", "code"),
    )
    rest = len(rows) - UNPOSTED_SHOWN
    note = f"… and {rest:,} more reasons in core.unposted_documents." if rest > 0 else ""
    return (Table("Documents that could not be posted", columns, tuple(rows[:UNPOSTED_SHOWN]), note=note),)
