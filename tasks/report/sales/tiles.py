"""Headline figures of the sales pack: the year so far."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tasks.report.figures import Figures
from tasks.report.page import Publication, Tile
from tasks.report.wording import amount, change, count, listed, long_day, number, percent


def year_to_date(figures: Figures, as_of: date) -> list[tuple[str, Decimal, Decimal, Decimal, Decimal, int]]:
    """By currency: net, sold and returned this year, net on the same days of last year, and this year's documents."""
    query = """
        with

        days as (
            select
                *,
                year(document_date) = year(?) as is_this_year,
                year(document_date) = year(?) - 1 and document_date <= ?::date - interval 1 year as is_last_year,
            from sales.daily_sales
        )

        select
            currency_code,
            coalesce(sum(net_amount) filter (where is_this_year), 0),
            coalesce(sum(sold_amount) filter (where is_this_year), 0),
            coalesce(sum(returned_amount) filter (where is_this_year), 0),
            coalesce(sum(net_amount) filter (where is_last_year), 0),
            coalesce(sum(documents_count) filter (where is_this_year), 0)::bigint,
        from days
        group by currency_code
    """
    return figures.by_currency(query, as_of, as_of, as_of)


def net_sales_tile(figures: Figures, publication: Publication) -> Tile:
    """Net sales of the year, and how they moved against the same days of last year."""
    rows = year_to_date(figures, publication.told_to)
    year = publication.told_to.year
    moves = [f"{code} {moved}" for code, now, _, _, before, _ in rows if (moved := change(now, before))]
    note = f"{' · '.join(moves)} on the same days of {year - 1}" if moves else reach_note(publication)
    return Tile(f"Net sales {year}", tuple(amount(code, now) for code, now, *_ in rows) or ("none",), note)


def reach_note(publication: Publication) -> str:
    """What to know where no earlier figure gives a measure: how far the data reach, if not into the as-of year."""
    if publication.told_to < publication.as_of:
        return f"the data reach to {long_day(publication.told_to)}"
    return "after returns, without tax"


def documents_tile(figures: Figures, publication: Publication) -> Tile:
    """How many documents, and how large they are."""
    rows = year_to_date(figures, publication.told_to)
    means = [f"{code} {number(net / documents, 2)}" for code, net, _, _, _, documents in rows if documents]
    note = f"{listed(means)} net each" if means else ""
    documents = sum(row[5] for row in rows)
    return Tile(f"Invoices and credit notes {publication.told_to.year}", (count(documents),), note)


def customers_tile(figures: Figures, publication: Publication) -> Tile:
    """How many customers bought this year, of all who ever did."""
    active, known = figures.row(
        """
        select
            count(distinct customer_id) filter (where year(last_document_date) = year(?)),
            count(distinct customer_id),
        from sales.customer_sales
        where customer_id <> 'unknown'
        """,
        publication.told_to,
    )
    return Tile(f"Customers {publication.told_to.year}", (count(active),), f"of {count(known)} who ever bought")


def returned_tile(figures: Figures, publication: Publication) -> Tile:
    """What came back or was cancelled, as a share of what was sold."""
    rows = year_to_date(figures, publication.told_to)
    shares = tuple(f"{code} {percent(-100 * returned / sold)}" for code, _, sold, returned, _, _ in rows if sold)
    return Tile(f"Returned or cancelled {publication.told_to.year}", shares or ("none",), "of what was sold")
