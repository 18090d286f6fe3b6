"""Sales by customer, and who is new; customers stand by number, never by name."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from tasks.report.charts import bars_by_month, drawn
from tasks.report.figures import Figures
from tasks.report.page import Chart, Column, Publication, Section, Table, latest, shortened
from tasks.report.wording import count, listed, long_day, month, percent, plural

CUSTOMERS_SHOWN = 12
MONTHS_SHOWN = 12

MONTH_COLUMNS = (
    Column("Month", "month"),
    Column("New customers", "count"),
    Column("Returning", "count"),
    Column("Net of new", "money"),
    Column("Net of returning", "money"),
    Column("Net of unknown", "money"),
)


def customers(figures: Figures, publication: Publication) -> Section:
    """Who buys most."""
    trail = ("sales.customer_sales",)
    codes = figures.currencies("sales.customer_sales")
    if not codes:
        lead = f"Nothing has been sold up to {long_day(publication.as_of)}."
        return Section("customers", "Customers", lead, trail, is_empty=True)
    shares = [share for code in codes if (share := largest_share(figures, code))]
    lead = f"The {CUSTOMERS_SHOWN} largest customers bring {listed(shares)}. Their names stay in the warehouse."
    return Section("customers", "Customers", lead, trail, tables=tuple(table(figures, code) for code in codes))


def largest_share(figures: Figures, code: str) -> str:
    """The largest customers' share of a currency's net sales, as words."""
    largest, everyone = figures.row(
        """
        with

        ranked as (
            select net_amount, row_number() over (order by net_amount desc, customer_id) as place
            from sales.customer_sales
            where currency_code = ? and customer_id <> 'unknown'
        )

        select
            coalesce(sum(net_amount) filter (where place <= ?), 0),
            (select sum(net_amount) from sales.customer_sales where currency_code = ?),
        from ranked
        """,
        code,
        CUSTOMERS_SHOWN,
        code,
    )
    return f"{percent(100 * largest / everyone)} of net sales in {code}" if everyone > 0 else ""


def table(figures: Figures, code: str) -> Table:
    """The largest customers of a currency."""
    rows = figures.rows(
        """
        select customer_id, documents_count, first_document_date, last_document_date, returned_amount, net_amount
        from sales.customer_sales
        where currency_code = ?
        order by customer_id = 'unknown', net_amount desc, customer_id
        """,
        code,
    )
    columns = (
        Column("Customer", "code"),
        Column("Documents", "count"),
        Column("First", "date"),
        Column("Last", "date"),
        Column("Returned", "money"),
        Column("Net", "money", has_bar=True),
    )
    kept, note = shortened(rows, CUSTOMERS_SHOWN)
    everyone: tuple[Any, ...] = (
        "All customers",
        sum(row[1] for row in rows),
        None,
        None,
        sum((row[4] for row in rows), Decimal(0)),
        sum((row[5] for row in rows), Decimal(0)),
    )
    return Table(f"Largest customers, {code}", columns, kept, everyone, note)


def new_and_returning(figures: Figures, publication: Publication) -> Section:
    """Who bought for the first time, and who came back."""
    trail = ("sales.new_and_returning_customers",)
    rows = figures.rows(
        """
        select
            currency_code, month, new_customers_count, returning_customers_count,
            new_net_amount, returning_net_amount, unknown_net_amount,
        from sales.new_and_returning_customers
        order by currency_code, month
        """
    )
    if not rows:
        lead = f"No customers are known up to {long_day(publication.as_of)}."
        return Section("new-and-returning", "New and returning customers", lead, trail, is_empty=True)
    codes = figures.currencies("sales.new_and_returning_customers")
    by_code = {code: [row[1:] for row in rows if row[0] == code] for code in codes}
    lead = (
        "A customer is new in the month of the first document on record, "
        "so the first months of a record hold mostly new ones."
    )
    return Section(
        "new-and-returning",
        "New and returning customers",
        lead,
        trail,
        tuple(month_chart(code, of) for code, of in by_code.items()),
        tuple(month_table(code, of) for code, of in by_code.items()),
    )


def month_chart(code: str, rows: list[tuple[Any, ...]]) -> Chart:
    """New and returning customers of a currency."""
    recent = drawn(rows)
    last = recent[-1]
    alt = (
        f"Bars of customers who bought in {code} for {plural(len(recent), 'month')}; "
        f"in {month(last[0])} {count(last[1])} were new and {count(last[2])} came back."
    )
    series = {"returning": {row[0]: row[2] for row in recent}, "new": {row[0]: row[1] for row in recent}}
    return bars_by_month(f"Customers a month, {code}", alt, series)


def month_table(code: str, rows: list[tuple[Any, ...]]) -> Table:
    """The last year by month."""
    kept, note = latest(rows, MONTHS_SHOWN, "month")
    return Table(f"New and returning customers by month, {code}", MONTH_COLUMNS, kept, note=note)
