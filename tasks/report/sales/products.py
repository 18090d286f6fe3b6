"""Sales by product: best sellers, groups of the catalogue, and what comes back most."""

from __future__ import annotations

from typing import Any

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, shortened
from tasks.report.wording import long_day, plural

# A screen of a phone: who plans the range works from the workbook.
BEST_SHOWN, CATEGORIES_SHOWN, RETURNED_SHOWN = 20, 12, 8


def best_sellers(figures: Figures, publication: Publication) -> Section:
    """The products that bring most."""
    trail = ("sales.best_sellers", "sales.product_sales")
    codes = figures.currencies("sales.best_sellers")
    if not codes:
        lead = f"Nothing has been sold up to {long_day(publication.as_of)}."
        return Section("best-sellers", "Best sellers", lead, trail, is_empty=True)
    lead = (
        "Ranked by net sales over the whole record and all sources, returns taken off. "
        "The share is of all net sales in the currency."
    )
    return Section(
        "best-sellers", "Best sellers", lead, trail, tables=tuple(best_table(figures, code) for code in codes)
    )


def best_table(figures: Figures, code: str) -> Table:
    """The best sellers of a currency."""
    rows = figures.rows(
        """
        select rank, product_id, product_name, sold_quantity, net_amount, net_pct
        from sales.best_sellers
        where currency_code = ?
        order by rank
        """,
        code,
    )
    columns = (
        Column("Rank", "count"),
        Column("Product", "code"),
        Column("Name", "text"),
        Column("Units sold", "quantity"),
        Column("Net", "money", has_bar=True),
        Column("Share", "percent"),
    )
    kept, note = shortened(rows, BEST_SHOWN)
    return Table(f"Best sellers, {code}", columns, kept, note=note)


def products(figures: Figures, publication: Publication) -> Section:
    """The range as a whole."""
    trail = ("sales.product_sales",)
    codes = figures.currencies("sales.product_sales")
    if not codes:
        lead = f"Nothing has been sold up to {long_day(publication.as_of)}."
        return Section("products", "Products", lead, trail, is_empty=True)
    (sold,) = figures.row("select count(distinct product_id) from sales.product_sales")
    groups = tuple(table for code in codes for table in categories_table(figures, code))
    returned = tuple(table for code in codes for table in returned_table(figures, code))
    lead = f"{plural(sold, 'product')} sold so far; the workbook has a row for each."
    return Section("products", "Products", lead, trail, tables=(*groups, *returned))


def categories_table(figures: Figures, code: str) -> tuple[Table, ...]:
    """Groups of the catalogue, where the catalogue has groups."""
    rows = figures.rows(
        """
        select category, count(*) as products_count, sum(net_amount) as net_amount
        from sales.product_sales
        where currency_code = ?
        group by category
        order by net_amount desc, category
        """,
        code,
    )
    if len(rows) == 1:
        return ()
    columns = (Column("Group", "text"), Column("Products", "count"), Column("Net", "money", has_bar=True))
    kept, note = shortened(rows, CATEGORIES_SHOWN)
    total: tuple[Any, ...] = ("All", sum(row[1] for row in rows), sum(row[2] for row in rows))
    return (Table(f"Sales by product group, {code}", columns, kept, total, note, is_narrow=True),)


def returned_table(figures: Figures, code: str) -> tuple[Table, ...]:
    """What comes back most, by value."""
    rows = figures.rows(
        """
        select product_id, product_name, returned_quantity, returned_amount
        from sales.product_sales
        where currency_code = ? and returned_amount < 0
        order by returned_amount, product_id
        """,
        code,
    )
    if not rows:
        return ()
    columns = (
        Column("Product", "code"),
        Column("Name", "text"),
        Column("Units", "quantity"),
        Column("Returned", "money", has_bar=True),
    )
    kept, note = shortened(rows, RETURNED_SHOWN)
    return (Table(f"Most returned or cancelled, {code}", columns, kept, note=note, is_narrow=True),)
