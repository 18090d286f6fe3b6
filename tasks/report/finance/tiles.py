"""Headline figures of the finance pack."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from tasks.report.figures import Figures
from tasks.report.page import Publication, Tile
from tasks.report.wording import amount, change, long_day, month, percent, plural


def year_to_date(figures: Figures, as_of: date, line_no: int) -> list[tuple[str, Decimal, Decimal]]:
    """A line from sales to gross profit by currency: this year so far, and the same months of last year."""
    query = """
        select
            currency_code,
            coalesce(sum(amount) filter (where year(month) = year(?)), 0) as this_year,
            coalesce(sum(amount) filter (where year(month) = year(?) - 1 and month(month) <= month(?)), 0) as last_year,
        from sales.gross_margin
        where line_no = ?
        group by currency_code
    """
    return figures.by_currency(query, as_of, as_of, as_of, line_no)


def revenue_tile(figures: Figures, publication: Publication) -> Tile:
    """Net revenue of the year, and how it moved."""
    rows = year_to_date(figures, publication.told_to, 3)
    year = publication.told_to.year
    # Half a month against a whole one says nothing, so the change waits for the month's last day.
    is_month_end = (publication.told_to + timedelta(days=1)).day == 1
    moves = [f"{code} {moved}" for code, now, before in rows if (moved := change(now, before))] if is_month_end else []
    note = f"{' · '.join(moves)} on {year - 1}" if moves else f"to {long_day(publication.told_to)}"
    return Tile(f"Net revenue {year}", tuple(amount(code, now) for code, now, _ in rows) or ("none",), note)


def gross_profit_tile(figures: Figures, publication: Publication) -> Tile:
    """Gross profit of the year, of what has a known cost."""
    as_of = publication.told_to
    unknown = {code: now for code, now, _ in year_to_date(figures, as_of, 6)}
    revenue = {code: now - unknown[code] for code, now, _ in year_to_date(figures, as_of, 3)}
    profit = [(code, now) for code, now, _ in year_to_date(figures, as_of, 5) if revenue.get(code)]
    margins = [f"{code} {percent(100 * now / revenue[code])}" for code, now in profit]
    note = f"margin {' · '.join(margins)}, where the cost is known" if margins else "no product has a known cost"
    return Tile(f"Gross profit {as_of.year}", tuple(amount(code, now) for code, now in profit) or ("not known",), note)


def receivables_tile(figures: Figures, _: Publication) -> Tile:
    """What is owed, and how much of it is late."""
    rows = figures.by_currency(
        """
        select
            currency_code,
            sum(open_amount) as open_amount,
            coalesce(sum(open_amount) filter (where days_overdue > 0), 0) as overdue_amount,
        from finance.receivables_ageing
        group by currency_code
        """
    )
    late = [f"{code} {percent(100 * overdue / total)}" for code, total, overdue in rows if total > 0]
    note = f"overdue {' · '.join(late)}" if late else ""
    return Tile("Receivables open", tuple(amount(code, total) for code, total, _ in rows) or ("none",), note)


def cash_tile(figures: Figures, publication: Publication) -> Tile:
    """What customers paid in the month of the report."""
    rows = figures.by_currency(
        """
        select currency_code, sum(net_amount), sum(payments_count)::bigint
        from finance.cash_received
        where month = date_trunc('month', ?::date)
        group by currency_code
        """,
        publication.told_to,
    )
    payments = sum(row[2] for row in rows)
    values = tuple(amount(code, net) for code, net, _ in rows) or ("none",)
    note = f"{plural(payments, 'payment')}, less refunds" if payments else "no payment is known"
    return Tile(f"Cash received {month(publication.told_to)}", values, note)
