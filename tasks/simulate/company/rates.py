"""The exchange rates: pounds for a euro on every weekday, drawn by chance; no central bank ever published them."""

from datetime import date, timedelta

import numpy as np

from tasks.simulate.company.calendar import LAST_DAY
from tasks.simulate.company.chance import chance_of

FIRST_RATE_DAY = date(2023, 12, 29)
"""The last weekday before the books begin, so that the first of January has a rate."""

UNITS = 100_000
"""A rate is kept as a whole number of hundred thousandths."""

FIRST_RATE = 86_500


def simulate_rates(seed: int) -> dict[date, int]:
    """Pounds for one euro by day, in hundred thousandths: a walk in small steps that is drawn back to the middle."""
    chance = chance_of(seed, "rates")
    rates, rate = {}, FIRST_RATE
    for number in range((LAST_DAY - FIRST_RATE_DAY).days + 1):
        day = FIRST_RATE_DAY + timedelta(days=number)
        if day.weekday() < 5:
            rate += int(np.rint(chance.normal(0, 220) + (FIRST_RATE - rate) * 0.01))
            rates[day] = rate
    return rates


def rate_on(rates: dict[date, int], day: date) -> int:
    """The rate of a day; at the weekend that of the Friday before."""
    while day not in rates:
        day -= timedelta(days=1)
    return rates[day]


def in_euros(pounds: int, rate: int) -> int:
    """Cents for pence, half away from zero."""
    sign = -1 if pounds < 0 else 1
    return sign * ((2 * abs(pounds) * UNITS + rate) // (2 * rate))
