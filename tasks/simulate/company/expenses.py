"""The expense claims: what people of the firm paid on their way, claimed at the month's end and got back."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from tasks.simulate.company.chance import chance_of, pick
from tasks.simulate.company.staff import Employee, last_of, months, works

CLAIMS_A_MONTH = 8

KINDS = {
    "travel": ("train to a fair", 7, 8_900), "lodging": ("a night at a fair", 7, 11_400),
    "meals": ("dinner with a customer", 19, 6_800), "supplies": ("cable and batteries", 19, 3_100),
    "mileage": ("own car to a supplier", 0, 5_200), "training": ("course", 19, 28_000),
}  # fmt: skip
"""Category: what the receipt says, its tax and what it usually comes to, in cents without tax."""

SHARES = {"travel": 30, "lodging": 15, "meals": 20, "supplies": 18, "mileage": 14, "training": 3}


@dataclass(frozen=True)
class Expense:
    """A line of a claim; amounts are cents."""

    claim_id: str
    line_no: int
    employee_id: str
    department_id: str
    expense_date: date
    claim_date: date
    paid_back_date: date
    category: str
    text: str
    net: int
    tax: int
    tax_pct: int


def simulate_expenses(seed: int, employees: list[Employee]) -> list[Expense]:
    """The lines, claim by claim; a claim is made on the last of a month and paid back in the week after."""
    chance = chance_of(seed, "expenses")
    claims = [
        (month, person)
        for month in months()
        for person in sorted(travellers(chance, employees, month), key=lambda person: person.employee_id)
    ]
    return [line for n, (month, person) in enumerate(claims) for line in lines_of(chance, n, month, person)]


def travellers(chance: np.random.Generator, employees: list[Employee], month: date) -> list[Employee]:
    """Who claims anything in a month."""
    there = [person for person in employees if works(person, month)]
    return [there[n] for n in chance.choice(len(there), CLAIMS_A_MONTH, replace=False)]


def lines_of(chance: np.random.Generator, claim: int, month: date, person: Employee) -> list[Expense]:
    """One to four receipts of the month."""
    claimed = last_of(month)
    categories = pick(chance, SHARES, int(chance.integers(1, 5)))
    return [
        expense(chance, f"SP-{claim + 6001}", n, person, month, claimed, str(category))
        for n, category in enumerate(categories, start=1)
    ]


def expense(
    chance: np.random.Generator, claim_id: str, n: int, person: Employee, month: date, claimed: date, category: str
) -> Expense:
    """A receipt; its tax is rounded to the cent, half up."""
    text, tax_pct, usual = KINDS[category]
    net = int(usual * chance.uniform(0.4, 1.8))
    return Expense(
        claim_id=claim_id,
        line_no=n,
        employee_id=person.employee_id,
        department_id=person.department_id,
        expense_date=month + timedelta(days=int(chance.integers(0, 28))),
        claim_date=claimed,
        paid_back_date=claimed + timedelta(days=7),
        category=category,
        text=text,
        net=net,
        tax=(net * tax_pct + 50) // 100,
        tax_pct=tax_pct,
    )
