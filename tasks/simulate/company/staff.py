"""The staff: departments, twenty people who come and go, and what each month's payslip says."""

from dataclasses import dataclass
from datetime import date, timedelta

from tasks.simulate.company.calendar import FIRST_DAY, LAST_DAY
from tasks.simulate.company.chance import chance_of
from tasks.simulate.company.customers import FIRST_NAMES, LAST_NAMES

DEPARTMENTS = {
    "D10": "Management",
    "D20": "Sales",
    "D30": "Customer service",
    "D40": "Warehouse",
    "D50": "Accounting",
    "D60": "Computers",
}

POSTS = (
    ("D10", "managing director", 920_000), ("D10", "assistant", 340_000), ("D20", "head of sales", 610_000),
    ("D20", "buyer", 420_000), ("D20", "designer", 390_000), ("D20", "clerk", 310_000),
    ("D30", "head of service", 460_000), ("D30", "agent", 290_000), ("D30", "agent", 285_000),
    ("D30", "agent", 280_000), ("D40", "head of warehouse", 450_000), ("D40", "packer", 262_000),
    ("D40", "packer", 262_000), ("D40", "packer", 258_000), ("D40", "packer", 258_000), ("D40", "driver", 275_000),
    ("D50", "head of accounting", 560_000), ("D50", "bookkeeper", 365_000), ("D60", "developer", 530_000),
    ("D60", "administrator", 430_000),
)  # fmt: skip
"""Department, work and monthly pay in cents when the books begin."""

LEFT = {9: date(2024, 8, 31), 14: date(2025, 6, 30)}
"""Whose post was filled again on the day after."""

RAISE_PCT = 3
"""Everyone's pay rises so much with the second year."""

TAX_PCT, SOCIAL_PCT, EMPLOYER_SOCIAL_PCT = 15, 20, 21


@dataclass(frozen=True)
class Employee:
    """A person who works here; monthly pay in cents."""

    employee_id: str
    name: str
    department_id: str
    job_title: str
    hired_date: date
    left_date: date | None
    pay: int


@dataclass(frozen=True)
class Payslip:
    """What a person earned in a month; amounts are cents."""

    payslip_id: str
    employee_id: str
    department_id: str
    first_date: date
    last_date: date
    payment_date: date
    gross: int
    tax: int
    social: int
    employer_social: int

    @property
    def net(self) -> int:
        """What is paid out."""
        return self.gross - self.tax - self.social


def simulate_employees(seed: int) -> list[Employee]:
    """The people, in the order of their numbers; who followed somebody has the next number free."""
    chance = chance_of(seed, "employees")
    people = []
    for n, (department, job, pay) in enumerate(POSTS):
        hired = FIRST_DAY - timedelta(days=int(chance.integers(200, 4000)))
        people.append(employee(n, n, department, job, hired, LEFT.get(n), pay))
    for m, (n, left) in enumerate(LEFT.items(), start=len(POSTS)):
        department, job, pay = POSTS[n]
        people.append(employee(m, m, department, job, left + timedelta(days=1), None, pay))
    return people


def employee(n: int, name: int, department: str, job: str, hired: date, left: date | None, pay: int) -> Employee:
    """A person with number and name."""
    full_name = f"{FIRST_NAMES[name * 7 % len(FIRST_NAMES)]} {LAST_NAMES[name * 3 % len(LAST_NAMES)]}"
    return Employee(f"M{n + 11:03d}", full_name, department, job, hired, left, pay)


def simulate_payslips(employees: list[Employee]) -> list[Payslip]:
    """A payslip for each month in which somebody worked, paid near its end; a half more in November."""
    return [payslip(person, month) for month in months() for person in employees if works(person, month)]


def months() -> list[date]:
    """The first day of each month of the books."""
    return [date(year, month, 1) for year in range(FIRST_DAY.year, LAST_DAY.year + 1) for month in range(1, 13)]


def works(person: Employee, month: date) -> bool:
    """Whether the person is employed on the first of the month."""
    return person.hired_date <= month and (person.left_date is None or person.left_date >= month)


def payslip(person: Employee, month: date) -> Payslip:
    """The month's pay and what is kept back of it, to the cent."""
    pay = person.pay * (100 + RAISE_PCT * (month.year - FIRST_DAY.year)) // 100
    gross = pay * 3 // 2 if month.month == 11 else pay
    tax, social, employer = (gross * pct // 100 for pct in (TAX_PCT, SOCIAL_PCT, EMPLOYER_SOCIAL_PCT))
    return Payslip(
        payslip_id=f"G{month:%Y%m}-{person.employee_id}",
        employee_id=person.employee_id,
        department_id=person.department_id,
        first_date=month,
        last_date=last_of(month),
        payment_date=payday(month),
        gross=gross,
        tax=tax,
        social=social,
        employer_social=employer,
    )


def last_of(month: date) -> date:
    """The last day of a month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def payday(month: date) -> date:
    """The 27th, or the weekday before it."""
    day = month.replace(day=27)
    return day - timedelta(days=max(0, day.weekday() - 4))
