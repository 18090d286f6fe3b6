"""Sales by country."""

from __future__ import annotations

from tasks.report.figures import Figures
from tasks.report.page import Column, Publication, Section, Table, shortened
from tasks.report.wording import long_day, plural

# A firm sells to a few countries in earnest, and to a long tail.
COUNTRIES_SHOWN = 15

COLUMNS = (
    Column("Country", "code"),
    Column("Documents", "count"),
    Column("Customers", "count"),
    Column("Sold", "money"),
    Column("Returned", "money"),
    Column("Net", "money", has_bar=True),
)


def countries(figures: Figures, publication: Publication) -> Section:
    """Where sales go."""
    trail = ("sales.country_sales",)
    codes = figures.currencies("sales.country_sales")
    if not codes:
        lead = f"Nothing has been sold up to {long_day(publication.as_of)}."
        return Section("countries", "Countries", lead, trail, is_empty=True)
    (known,) = figures.row(
        "select count(distinct country_code) from sales.country_sales where country_code <> 'unknown'"
    )
    lead = f"Sold to {plural(known, 'country', 'countries')}, by ISO 3166 code; unknown is a line without a country."
    return Section("countries", "Countries", lead, trail, tables=tuple(table(figures, code) for code in codes))


def table(figures: Figures, code: str) -> Table:
    """The countries of a currency, the largest first."""
    rows = figures.rows(
        """
        select country_code, documents_count, customers_count, sold_amount, returned_amount, net_amount
        from sales.country_sales
        where currency_code = ?
        order by net_amount desc, country_code
        """,
        code,
    )
    kept, note = shortened(rows, COUNTRIES_SHOWN)
    sums = [sum(row[place] for row in rows) for place in range(1, 6)]
    return Table(f"Sales by country, {code}", COLUMNS, kept, ("All countries", sums[0], None, *sums[2:]), note)
