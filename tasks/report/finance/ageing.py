"""Open receivables and payables by how long they are due."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, shortened
from tasks.report.publication import as_of_sentence, in_all
from tasks.report.wording import amount, long_day, plural

# Enough for the calls of a week; whoever chases more works from the workbook.
OPEN_ITEMS_SHOWN = 12


def receivables(figures: Figures, publication: Publication) -> Section:
    """What customers owe."""
    return ageing(figures, publication, "receivables")


def payables(figures: Figures, publication: Publication) -> Section:
    """What the company owes its suppliers."""
    return ageing(figures, publication, "payables")


def ageing(figures: Figures, publication: Publication, side: str) -> Section:
    """Open documents of one side by how long they are due, and the largest of them."""
    table = f"finance.{side}_ageing"
    party = "customer" if side == "receivables" else "supplier"
    rows = figures.rows(
        f"""
        select currency_code, bucket, count(*) as documents_count, sum(open_amount) as open_amount
        from {table}
        group by currency_code, bucket
        """
    )
    title = f"{side.capitalize()} by age"
    if not rows:
        lead = as_of_sentence(publication, f"No {side} are open")
        return Section(side, title, lead, (table,), is_empty=True)
    codes = figures.currencies(table)
    sums = {code: sum((row[3] for row in rows if row[0] == code), Decimal(0)) for code in codes}
    lead = (
        f"{plural(sum(row[2] for row in rows), 'document')} open on {long_day(publication.as_of)}: "
        f"{in_all([amount(code, total) for code, total in sums.items()])}. Days are counted from the due date; "
        "credit notes not yet settled count against what is open."
    )
    names = [bucket for (bucket,) in figures.rows("select bucket from core.ageing_buckets order by bucket_no")]
    buckets = tuple(bucket_table(code, [row for row in rows if row[0] == code], names) for code in codes)
    items = tuple(open_items(figures, table, code, party) for code in codes)
    return Section(side, title, lead, (table, "core.open_documents"), tables=(*buckets, *items))


def bucket_table(code: str, rows: list[tuple[Any, ...]], buckets: list[str]) -> Table:
    """What is open in a currency, by bucket; an empty bucket is shown as such."""
    held = {row[1]: row[2:] for row in rows}
    total = sum((row[3] for row in rows), Decimal(0))
    columns = (
        Column("Days overdue", "text"),
        Column("Documents", "count"),
        Column("Open", "money", has_bar=True),
        Column("Share", "percent"),
    )
    empty = (0, Decimal(0))
    body = tuple(
        (bucket, *held.get(bucket, empty), 100 * held.get(bucket, empty)[1] / total if total else None)
        for bucket in buckets
    )
    foot = ("All", sum(row[2] for row in rows), total, Decimal(100) if total else None)
    return Table(f"By days overdue, {code}", columns, body, foot, is_narrow=True)


def open_items(figures: Figures, table: str, code: str, party: str) -> Table:
    """The largest open documents of a currency."""
    rows = figures.rows(
        f"""
        select document_id, party_id, due_date, days_overdue, open_amount
        from {table}
        where currency_code = ?
        order by open_amount desc, document_id
        """,
        code,
    )
    columns = (
        Column("Document", "code"),
        Column(party.capitalize(), "code"),
        Column("Due", "date"),
        Column("Days overdue", "count"),
        Column("Open", "money", has_bar=True),
    )
    kept, note = shortened(rows, OPEN_ITEMS_SHOWN)
    return Table(f"Largest open documents, {code}", columns, kept, note=note)
