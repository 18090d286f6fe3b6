"""Invoices and credit notes by month and currency, and whether they agree with their lines."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tasks.report.charts import bars_by_month, drawn
from tasks.report.figures import Figures
from tasks.report.page import Chart, Column, Publication, Section, Table, latest, totals
from tasks.report.publication import in_all
from tasks.report.wording import amount, long_day, month, plural, words

# Two trading years, so that each month stands beside the same month a year before.
MONTHS_SHOWN = 24


def sales_ledger(figures: Figures, publication: Publication) -> Section:
    """Invoices and credit notes by month, and whether they agree with their lines."""
    trail = ("finance.sales_ledger",)
    rows = figures.rows(
        """
        with

        bases as (select min(basis) as basis from finance.sales_ledger)

        select
            currency_code,
            month,
            coalesce(sum(documents_count) filter (where document_type = 'invoice'), 0)::bigint,
            coalesce(sum(net_amount) filter (where document_type = 'invoice'), 0) as invoiced_amount,
            coalesce(sum(net_amount) filter (where document_type = 'credit_note'), 0) as credited_amount,
            sum(net_amount) as net_amount,
            sum(tax_amount) as tax_amount,
            sum(gross_amount) as gross_amount,
        from finance.sales_ledger
        inner join bases using (basis)
        group by currency_code, month
        order by currency_code, month
        """
    )
    if not rows:
        lead = f"Nothing has been invoiced up to {long_day(publication.as_of)}."
        return Section("sales-ledger", "Sales ledger", lead, trail, is_empty=True)
    codes = figures.currencies("finance.sales_ledger")
    by_code = {code: [row[1:] for row in rows if row[0] == code] for code in codes}
    (basis,) = figures.row("select min(basis) from finance.sales_ledger")
    sums = [amount(code, sum((row[4] for row in of), Decimal(0))) for code, of in by_code.items()]
    lead = (
        f"Posted up to {long_day(publication.as_of)}, from {words(basis)}: {in_all(sums)} net of tax, "
        "credit notes taken off."
    )
    charts = tuple(ledger_chart(code, of) for code, of in by_code.items())
    tables = tuple(ledger_table(code, of) for code, of in by_code.items())
    return Section("sales-ledger", "Sales ledger", lead, trail, charts, (*tables, *tie_out(figures)))


def ledger_chart(code: str, rows: list[tuple[Any, ...]]) -> Chart:
    """Invoices and credit notes of a currency."""
    recent = drawn(rows)
    best = max(recent, key=lambda row: row[4])
    alt = (
        f"Bars of net sales in {code} for {plural(len(recent), 'month')} to {month(recent[-1][0])}; "
        f"the highest is {month(best[0])} with {amount(code, best[4])}."
    )
    series = {"invoices": {row[0]: row[2] for row in recent}, "credit notes": {row[0]: row[3] for row in recent}}
    return bars_by_month(f"Invoiced and credited, net, {code}", alt, series)


def ledger_table(code: str, rows: list[tuple[Any, ...]]) -> Table:
    """The ledger of a currency by month."""
    columns = (
        Column("Month", "month"),
        Column("Invoices", "count"),
        Column("Invoiced net", "money"),
        Column("Credited net", "money"),
        Column("Net", "money", has_bar=True),
        Column("Tax", "money"),
        Column("Gross", "money"),
    )
    kept, note = latest(rows, MONTHS_SHOWN, "month")
    return Table(f"Sales ledger by month, {code}", columns, kept, totals("All months", rows), note)


def tie_out(figures: Figures) -> tuple[Table, ...]:
    """Documents against their lines, where the company keeps both."""
    rows = figures.rows(
        """
        select
            currency_code,
            sum(net_amount) filter (where basis = 'invoices') as invoices_amount,
            sum(net_amount) filter (where basis = 'sales lines') as lines_amount,
            invoices_amount - lines_amount as difference_amount,
        from finance.sales_ledger
        group by currency_code
        having count(distinct basis) > 1
        order by currency_code
        """
    )
    columns = (
        Column("Currency", "code"),
        Column("Net of the invoices", "money"),
        Column("Net of their lines", "money"),
        Column("Difference", "money"),
    )
    note = (
        "A difference is a document or a line that waits in quarantine, or a source that sends one without the other; "
        "the compliance report names each invoice that differs."
    )
    return (Table("Do invoices and sales lines agree?", columns, tuple(rows), note=note),) if rows else ()
