"""The entries of stock at cost, of what assets lose each month, and of the bookkeeper's own journal."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from tasks.simulate.books.accepted import Accepted, amount, day
from tasks.simulate.books.entry import (
    COST_OF_SALES,
    DEPRECIATION,
    EQUIPMENT_WRITTEN_OFF,
    GOODS_RECEIVED,
    INVENTORY,
    Leg,
)
from tasks.simulate.books.rates import CENT

MOVED_AGAINST = {"receipt": GOODS_RECEIVED, "issue": COST_OF_SALES, "return": COST_OF_SALES}


def stock_legs(accepted: Accepted) -> Iterator[Leg]:
    """What comes in is a debit of the inventory."""
    for kind, moved, units, unit_cost in accepted.rows("stock", "kind", "day", "units", "unit_cost"):
        on, cost = day(moved), Decimal(units) * amount(unit_cost)
        yield Leg(INVENTORY, on, "EUR", cost)
        yield Leg(MOVED_AGAINST[kind], on, "EUR", -cost)


def depreciation_legs(accepted: Accepted, until: date) -> Iterator[Leg]:
    """Equal months from the month of purchase; what is written off so far is a share of the cost, to the cent."""
    for price, life, bought in accepted.rows("assets", "cost", "months", "bought"):
        cost, months, month = amount(price), int(life), day(bought)
        before = Decimal(0)
        for number in range(1, months + 1):
            on = last_of(month)
            if on > until:
                break
            so_far = (cost * number / months).quantize(CENT, ROUND_HALF_UP)
            yield Leg(DEPRECIATION, on, "EUR", so_far - before)
            yield Leg(EQUIPMENT_WRITTEN_OFF, on, "EUR", before - so_far)
            before, month = so_far, on + timedelta(days=1)


def last_of(month: date) -> date:
    """The last day of a day's month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def journal_legs(accepted: Accepted) -> Iterator[Leg]:
    """As the bookkeeper wrote it, and taken back on the day that it says."""
    columns = ("Konto", "Datum", "Währung", "Soll", "Haben", "Fremdbetrag", "Storno am")
    for account, on, currency, debit, credit, foreign, taken_back in accepted.rows("journals", *columns):
        euros = amount(debit) if debit else -amount(credit)
        own = amount(foreign) if foreign else euros
        yield Leg(account, day(on), currency, own, euros)
        if taken_back:
            yield Leg(account, day(taken_back), currency, -own, -euros)
