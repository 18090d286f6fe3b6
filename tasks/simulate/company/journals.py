"""The manual journals: the opening balances, what is brought into the month or year it belongs to, and the taxes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from tasks.simulate.company.assets import TAKEN_OVER
from tasks.simulate.company.calendar import FIRST_DAY
from tasks.simulate.company.rates import in_euros, rate_on
from tasks.simulate.company.staff import last_of, months
from tasks.simulate.company.stock import OPENING

OPENING_BANK, LOAN, SHARE_CAPITAL = 40_000_000, 30_000_000, 5_000_000
"""Cents on the first morning."""

INCOME_TAX = 6_000_000
"""What the firm sets aside for a year's income tax."""

PREPAID = ((date(2024, 12, 31), 540_000), (date(2025, 12, 31), 585_000))
"""Licences paid in the year that are for the next one."""

ACCRUED = ((date(2024, 12, 31), 1_250_000), (date(2025, 12, 31), 1_310_000))
"""The audit of the year, not yet billed."""


@dataclass(frozen=True)
class JournalLine:
    """A line of an entry: cents, debit positive; `pence` where it is about pounds."""

    journal_id: str
    line_no: int
    entry_date: date
    kind: str
    reversal_date: date | None
    account_code: str
    amount: int
    pence: int | None
    text: str


Legs = list[tuple[str, int, int | None]]


def simulate_journals(stock: pl.DataFrame, tax: pl.DataFrame, rates: dict[date, int]) -> list[JournalLine]:
    """All entries, each of which balances, in the order of their days."""
    entries = [opening(stock), *year_ends(), *settlements(tax, rates)]
    ordered = sorted(entries, key=lambda entry: (entry[0], entry[1] != "opening_balance"))
    return [line for n, entry in enumerate(ordered) for line in lines_of(f"JB-{n + 1:04d}", *entry)]


Entry = tuple[date, str, date | None, str, Legs]


def lines_of(
    journal_id: str, day: date, kind: str, reversal: date | None, text: str, legs: Legs
) -> Iterator[JournalLine]:
    """The lines of an entry."""
    assert sum(amount for _, amount, _ in legs) == 0, journal_id
    for n, (account, amount, pence) in enumerate(legs, start=1):
        yield JournalLine(journal_id, n, day, kind, reversal, account, amount, pence, text)


def opening(stock: pl.DataFrame) -> Entry:
    """What the firm had and owed on the first morning; the first stock is received on that day by its own movements."""
    first = stock.filter(pl.col("document_id") == OPENING)
    goods = int((first["quantity"] * first["cost"]).sum())
    equipment = sum(asset.cost for asset in TAKEN_OVER)
    legs = [("1000", OPENING_BANK), ("2050", goods), ("1520", equipment), ("2700", -LOAN), ("3000", -SHARE_CAPITAL)]
    legs.append(("3100", -sum(amount for _, amount in legs)))
    return FIRST_DAY, "opening_balance", None, "balances on the first day", [(*leg, None) for leg in legs]


def year_ends() -> Iterator[Entry]:
    """What belongs to the year though its bill comes later, and what was paid for the next one."""
    for day, amount in ACCRUED:
        legs: Legs = [("6430", amount, None), ("2100", -amount, None)]
        yield day, "accrual", day + timedelta(days=1), "audit of the year", legs
    for day, amount in PREPAID:
        legs = [("1300", amount, None), ("6420", -amount, None)]
        yield day, "prepayment", day + timedelta(days=1), "licences for the next year", legs
    for year in (2024, 2025):
        legs = [("8000", INCOME_TAX, None), ("2400", -INCOME_TAX, None)]
        yield date(year, 12, 31), "journal", None, f"income tax of {year}", legs


def settlements(tax: pl.DataFrame, rates: dict[date, int]) -> Iterator[Entry]:
    """At each month's end the input tax is set off against the output tax; in pounds at the day's rate."""
    paid = {
        (month, currency): amount
        for month, currency, amount in tax.select("month", "currency_code", "input").iter_rows()
    }
    for month in months():
        day = last_of(month)
        for currency in ("EUR", "GBP"):
            amount = paid.get((month, currency), 0)
            if amount:
                pence = amount if currency == "GBP" else None
                cents = in_euros(amount, rate_on(rates, day)) if pence else amount
                legs: Legs = [("2200", cents, pence), ("1150", -cents, pence and -pence)]
                yield day, "journal", None, f"input tax of the month in {currency}", legs
