"""Pounds in euros: at the accepted rate of the day, or the last one of the week before; half a cent goes up."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")

HOLDS_DAYS = 7
"""A rate holds on the days without one, for a week with its own day."""

Rates = dict[date, Decimal]


def in_euros(amount: Decimal, currency: str, on: date, rates: Rates) -> Decimal:
    """The amount in euros, to the cent."""
    return amount if currency == "EUR" else (amount / rate_on(rates, on)).quantize(CENT, ROUND_HALF_UP)


def rate_on(rates: Rates, on: date) -> Decimal:
    """Pounds for a euro on a day."""
    for back in range(HOLDS_DAYS):
        if rate := rates.get(on - timedelta(days=back)):
            return rate
    raise LookupError(f"no rate is known for {on}")
