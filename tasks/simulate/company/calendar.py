"""The two trading years: which days there are and how busy each of them is."""

from datetime import date

import numpy as np

FIRST_DAY = date(2024, 1, 1)
LAST_DAY = date(2025, 12, 31)
DAYS_COUNT = (LAST_DAY - FIRST_DAY).days + 1

SEASON = [0.80, 0.75, 0.85, 0.90, 0.95, 0.85, 0.75, 0.80, 0.95, 1.10, 1.55, 1.70]
"""January to December: a gift house lives on November and December."""

WEEK = [1.20, 1.15, 1.10, 1.05, 1.00, 0.80, 0.60]
"""Monday to Sunday: letters and calls pile up over the weekend."""

YEARLY_GROWTH = 0.08

HOLIDAYS = {(1, 1), (12, 25)}
"""Nobody packs parcels on these days."""


def busyness() -> np.ndarray:
    """The share of the two years' documents that falls on each day."""
    weights = np.array([weight_of(date.fromordinal(FIRST_DAY.toordinal() + day)) for day in range(DAYS_COUNT)])
    return weights / weights.sum()


def weight_of(day: date) -> float:
    """How busy a day is beside an average one of the first year."""
    if (day.month, day.day) in HOLIDAYS:
        return 0.0
    growth = 1 + YEARLY_GROWTH * (day - FIRST_DAY).days / 365
    return SEASON[day.month - 1] * WEEK[day.weekday()] * growth
