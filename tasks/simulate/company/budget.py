"""The budget: what the firm planned for each account, department and month, and how it changed its mind in mid-2025."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tasks.simulate.company.calendar import SEASON
from tasks.simulate.company.staff import POSTS, months
from tasks.simulate.company.suppliers import SERVICES

REVISED_SINCE = date(2025, 7, 1)

REVISED_PCT = {"4000": 104, "6200": 90}
"""More sales and less advertising than was planned at first."""

GROWTH_PCT = {2024: 100, 2025: 106}


@dataclass(frozen=True)
class BudgetLine:
    """What is planned for an account in a month, in cents; the revised plan has the same numbers."""

    budget_id: str
    line_no: int
    account_code: str
    department_id: str | None
    month: date
    amount: int
    is_revised: bool


def simulate_budget(revenue: int) -> list[BudgetLine]:
    """The lines of both years; `revenue` is what a usual month brings, in cents."""
    planned = [(month, *plan) for month in months() for plan in plans(month, revenue)]
    count = dict.fromkeys(GROWTH_PCT, 0)
    lines = []
    for month, account, department, amount in planned:
        count[month.year] += 1
        known = (f"PLAN-{month.year}", count[month.year], account, department, month)
        lines.append(BudgetLine(*known, amount, False))
        if month >= REVISED_SINCE and account in REVISED_PCT:
            lines.append(BudgetLine(*known, amount * REVISED_PCT[account] // 100, True))
    return lines


def plans(month: date, revenue: int) -> Iterator[tuple[str, str | None, int]]:
    """Account, department and amount: sales by the season, pay by the posts, bills by what they usually come to."""
    growth = GROWTH_PCT[month.year]
    sales = in_hundreds(int(revenue * SEASON[month.month - 1]) * growth // 100)
    yield "4000", None, sales
    yield "5000", None, in_hundreds(sales * 46 // 100)
    for department in sorted({department for department, _, _ in POSTS}):
        pay = sum(pay for of, _, pay in POSTS if of == department) * growth // 100
        yield "6000", department, in_hundreds(pay)
        yield "6010", department, in_hundreds(pay * 21 // 100)
    places = sorted({(service.account, service.department) for service in SERVICES if service.a_month})
    for account, department in places:
        bills = [s.net * s.a_month for s in SERVICES if (s.account, s.department) == (account, department)]
        yield account, department, in_hundreds(sum(bills) * growth // 100)


def in_hundreds(cents: int) -> int:
    """Plans are made in hundreds."""
    return cents // 10_000 * 10_000
