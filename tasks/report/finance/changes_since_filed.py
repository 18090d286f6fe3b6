"""Changes since filed: which figures of closed periods are others now, and the entries that made them so."""

from __future__ import annotations

from typing import Any

from tasks.report.figures import Figures
from tasks.report.page import Column, Linked, Publication, Section, Table, anchor, shortened
from tasks.report.wording import long_day, plural

FIGURES_SHOWN = 20
ENTRIES_SHOWN = 40
ENTRIES_NAMED = 4
"""How many entries a figure names; the rest are counted."""


def changes_since_filed(figures: Figures, publication: Publication) -> Section:
    """The closed periods, the figures of them that moved, and what moved them."""
    title = "Changes since filed"
    trail = ("finance.changes_since_filed", "finance.entries_since_filed", "operations.closings")
    closed = closed_periods(figures)
    if not closed:
        lead = f"No period up to {long_day(publication.as_of)} is closed."
        return Section("changes-since-filed", title, lead, trail, is_empty=True)
    changed = sum(row[3] for row in closed)
    told = (
        f"{plural(changed, 'figure')} filed for them {'is' if changed == 1 else 'are'} no longer what was filed."
        if changed
        else "Every figure filed for them is still the one in the books."
    )
    lead = f"{plural(len(closed), 'period is', 'periods are')} closed. {told}"
    moved = (figures_table(figures), entries_table(figures)) if changed else ()
    return Section("changes-since-filed", title, lead, trail, tables=(periods_table(closed), *moved))


def closed_periods(figures: Figures) -> list[tuple[Any, ...]]:
    """Each closed period with how many of its figures moved."""
    return figures.rows(
        """
        select
            closings.period, closings.last_date, closings.last_entry_no,
            (select count(*) from finance.changes_since_filed as changes where changes.period = closings.period),
            closings.reason,
        from operations.closings as closings
        where closings.last_date <= (select as_of_date from core.as_of)
        order by closings.last_date, closings.first_date
        """
    )


def periods_table(closed: list[tuple[Any, ...]]) -> Table:
    """What is closed, and up to which entry."""
    columns = (
        Column("Period", "code"),
        Column("Last day", "date"),
        Column("Up to entry", "count"),
        Column("Figures changed since", "count"),
        Column("Closed although something was open", "text"),
    )
    return Table("Closed periods", columns, tuple(closed))


def figures_table(figures: Figures) -> Table:
    """Each figure that moved, the largest first; its entries lead to their lines."""
    rows = figures.rows(
        """
        select
            changes.period, changes.statement, changes.line, changes.account_code || ' ' || changes.account_name,
            changes.filed_amount, changes.current_amount, changes.difference_amount,
            (
                select list(distinct lines.entry_no order by lines.entry_no)
                from finance.entries_since_filed as lines
                where
                    (lines.period, lines.statement, lines.section, lines.line, lines.account_code)
                    = (changes.period, changes.statement, changes.section, changes.line, changes.account_code)
            ),
        from finance.changes_since_filed as changes
        order by changes.period desc, abs(changes.difference_amount) desc, changes.statement, changes.line, 4
        """
    )
    columns = (
        Column("Period", "code"),
        Column("Statement", "text"),
        Column("Line", "text"),
        Column("Account", "text"),
        Column("Filed", "money"),
        Column("Now", "money"),
        Column("Difference", "money"),
        Column("By entries", "text"),
    )
    shown = {row[0] for row in entry_rows(figures)[:ENTRIES_SHOWN]}
    body, note = shortened([(*row[:7], named(row[7] or [], shown)) for row in rows], FIGURES_SHOWN)
    return Table("Figures that are no longer those filed", columns, body, note=note)


def named(entries: list[int], shown: set[int]) -> Linked:
    """The first entries, each leading to its line where the page has it."""
    if not entries:
        return Linked((), "none: the account stands in another line now")
    parts = tuple((str(number), anchor("entry", number) if number in shown else "") for number in entries)
    rest = len(entries) - ENTRIES_NAMED
    return Linked(parts[:ENTRIES_NAMED], f" and {rest:,} more" if rest > 0 else "")


def entry_rows(figures: Figures) -> list[tuple[Any, ...]]:
    """The entries that came into closed periods after they were filed."""
    return figures.rows(
        """
        select lines.entry_no, lines.entry_date, lines.document_kind, lines.document_id, any_value(entries.debit_amount)
        from finance.entries_since_filed as lines
        inner join (
            select entry_no, coalesce(sum(amount) filter (where amount > 0), 0) as debit_amount
            from core.ledger_lines
            where entry_no in (select entry_no from finance.entries_since_filed)
            group by entry_no
        ) as entries on lines.entry_no = entries.entry_no
        group by lines.entry_no, lines.entry_date, lines.document_kind, lines.document_id
        order by lines.entry_no
        """
    )


def entries_table(figures: Figures) -> Table:
    """The entries; account by account they stand in the workbook."""
    rows = entry_rows(figures)
    columns = (
        Column("Entry", "code"),
        Column("Day", "date"),
        Column("Kind of document", "words"),
        Column("Document", "code"),
        Column("Amount", "money"),
    )
    body, note = shortened(rows, ENTRIES_SHOWN)
    anchors = tuple(anchor("entry", row[0]) for row in body)
    return Table("Entries into closed periods", columns, body, note=note, anchors=anchors)
