"""The periods that are closed: a month, a quarter of a financial year, or a financial year."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from tasks.errors import UsageError
from warehouse.publication import Company


@dataclass(frozen=True)
class Period:
    """A span of days under the name that a person gives it."""

    name: str
    first: date
    last: date


def read_period(name: str, company: Company) -> Period:
    """`2025-11`, `2025-Q4` or `2025`; a year is the financial year that ends in it, a quarter one of its quarters.

    Raises UsageError when the name is none of these.
    """
    if not (said := re.fullmatch(r"([12]\d{3})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?", name)):
        raise UsageError(f"{name!r} is no period; say a month such as 2025-11, a quarter such as 2025-Q4, or a year")
    year = int(said[1])
    if said[2]:
        first = date(year, int(said[2]), 1)
        return Period(name, first, _months_later(first, 1) - timedelta(days=1))
    start = company.financial_year_start(company.financial_year_end_of(year))
    if said[3]:
        first = _months_later(start, 3 * (int(said[3]) - 1))
        last = _months_later(start, 3 * int(said[3])) - timedelta(days=1)
        return Period(name, first, last if said[3] != "4" else company.financial_year_end_of(year))
    return Period(name, start, company.financial_year_end_of(year))


def _months_later(day: date, months: int) -> date:
    """The same day of a later month, or the last that it has."""
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    of_next = date(day.year + years + (month == 11), (month + 1) % 12 + 1, 1)
    return min(first + timedelta(days=day.day - 1), of_next - timedelta(days=1))
