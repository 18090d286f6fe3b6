"""The bank statements: what moved on the firm's two accounts, in euros and in pounds, as the banks wrote it down."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np
import polars as pl

from tasks.simulate.company.calendar import FIRST_DAY, LAST_DAY
from tasks.simulate.company.chance import chance_of
from tasks.simulate.company.expenses import Expense
from tasks.simulate.company.journals import INCOME_TAX, LOAN, OPENING_BANK
from tasks.simulate.company.rates import in_euros, rate_on
from tasks.simulate.company.staff import Payslip, last_of, months

ACCOUNTS = {"EUR": "DE89370400440532013000", "GBP": "GB29NWBK60161331926819"}
"""The examples of the IBAN standard: nobody's accounts."""

CARD_DAYS = 2
"""The card processor pays out two days later, a day's cards in one amount."""

CARD_FEE_PER_THOUSAND = 9

ACCOUNT_FEE = {"EUR": 3_990, "GBP": 1_250}

LOAN_INSTALMENT = 500_000

MONTHLY_INTEREST_PER_THOUSAND = 4

UNRECORDED_COUNT = 12
"""So many customers' transfers did the payments desk never write down."""


@dataclass(frozen=True)
class StatementLine:
    """A line as the bank wrote it; amount and balance in cents or pence, what comes in is positive."""

    currency: str
    booking_date: date
    value_date: date
    kind: str
    amount: int
    name: str
    reference: str
    statement_id: str = ""
    line_no: int = 0
    balance: int = 0


def simulate_statements(
    seed: int,
    payments: pl.DataFrame,
    names: dict[str, str],
    payslips: list[Payslip],
    expenses: list[Expense],
    tax: pl.DataFrame,
    rates: dict[date, int],
) -> list[StatementLine]:
    """Every line of both accounts, numbered within its month, with the balance after it."""
    lines = [
        *transfers(payments, names), *collected(payments), *card_fees(payments), *unrecorded(seed),
        *payroll(payslips), *paid_back(expenses), *taxes(tax), *loan(), *fees(),
    ]  # fmt: skip
    lines = [line for line in lines if line.booking_date <= LAST_DAY]
    lines = [*lines, *own_transfers(lines, rates)]
    return [*balanced(lines, "EUR", OPENING_BANK), *balanced(lines, "GBP", 0)]


def balanced(lines: list[StatementLine], currency: str, balance: int) -> Iterator[StatementLine]:
    """One account's lines in the order of the days."""
    count: defaultdict[str, int] = defaultdict(int)
    own = [line for line in lines if line.currency == currency]
    for line in sorted(own, key=lambda line: (line.booking_date, line.kind, line.reference, line.name, line.amount)):
        balance += line.amount
        month = f"{line.booking_date:%Y-%m}"
        count[month] += 1
        yield replace(line, statement_id=month, line_no=count[month], balance=balance)


def transfers(payments: pl.DataFrame, names: dict[str, str]) -> Iterator[StatementLine]:
    """Each transfer stands by itself, on the day on which the desk saw it."""
    columns = ["currency_code", "payment_date", "direction", "amount", "party_id", "reference"]
    for currency, day, direction, amount, party, reference in (
        payments.filter(pl.col("method_code") == "transfer").select(columns).iter_rows()
    ):
        signed = amount if direction == "in" else -amount
        yield StatementLine(currency, day, day, "transfer", signed, names[party], reference)


def collected(payments: pl.DataFrame) -> Iterator[StatementLine]:
    """What reaches the account in one amount: a day's direct debits and cards, a week's cheques, a month's cash."""
    signed = pl.when(pl.col("direction") == "in").then("amount").otherwise(-pl.col("amount"))
    day = pl.col("payment_date")
    booked = (
        pl.when(method_code="card").then(day + pl.duration(days=CARD_DAYS))
        .when(method_code="cheque").then(day + pl.duration(days=(9 - day.dt.weekday()) % 7 + 1))
        .when(method_code="cash").then(day.dt.month_end())
        .otherwise(day)
    )  # fmt: skip
    sums = (
        payments.filter(pl.col("method_code") != "transfer")
        .with_columns(booked=booked, signed=signed)
        .group_by("currency_code", "booked", "method_code", maintain_order=True)
        .agg(pl.sum("signed"), pl.len(), since=day.min())
        .filter(pl.col("signed") != 0)
    )
    for currency, on, method, amount, count, since in sums.iter_rows():
        yield StatementLine(currency, on, on, method, amount, PAYER[method], f"{count} items since {since}")


PAYER = {"card": "Card Processing plc", "direct_debit": "direct debits", "cheque": "cheques", "cash": "cash deposit"}


def card_fees(payments: pl.DataFrame) -> Iterator[StatementLine]:
    """What the card processor keeps of a month's cards, taken on its last day."""
    cards = payments.filter((pl.col("method_code") == "card") & (pl.col("direction") == "in"))
    sums = cards.group_by("currency_code", pl.col("payment_date").dt.month_end(), maintain_order=True).agg(
        pl.sum("amount")
    )
    for currency, on, amount in sums.iter_rows():
        fee = amount * CARD_FEE_PER_THOUSAND // 1000
        yield StatementLine(currency, on, on, "fee", -fee, PAYER["card"], f"card fee {on:%Y-%m}")


def fees() -> Iterator[StatementLine]:
    """What the banks take for the accounts."""
    for month in months():
        on = last_of(month)
        for currency, fee in ACCOUNT_FEE.items():
            yield StatementLine(currency, on, on, "fee", -fee, "the bank", f"account fee {on:%Y-%m}")


def payroll(payslips: list[Payslip]) -> Iterator[StatementLine]:
    """A month's net pay in one amount on payday, and what was kept back on the tenth of the next month."""
    for month in months():
        slips = [slip for slip in payslips if slip.first_date == month]
        net, kept = (
            sum(slip.net for slip in slips),
            sum(slip.tax + slip.social + slip.employer_social for slip in slips),
        )
        paid, due = slips[0].payment_date, tenth_after(month)
        yield StatementLine("EUR", paid, paid, "payroll", -net, "salaries", f"salaries {month:%Y-%m}")
        yield StatementLine(
            "EUR", due, due, "wage tax", -kept, "tax office", f"wage tax and contributions {month:%Y-%m}"
        )


def paid_back(expenses: list[Expense]) -> Iterator[StatementLine]:
    """One transfer for each claim."""
    claims: defaultdict[tuple[str, date], int] = defaultdict(int)
    for line in expenses:
        claims[line.claim_id, line.paid_back_date] += line.net + line.tax
    for (claim, on), amount in claims.items():
        yield StatementLine("EUR", on, on, "claim", -amount, "staff", f"claim {claim}")


def taxes(tax: pl.DataFrame) -> Iterator[StatementLine]:
    """The difference of output and input tax on the tenth of the next month, and the income tax of the year before."""
    for month, currency, output, paid in tax.select("month", "currency_code", "output", "input").iter_rows():
        on = tenth_after(month)
        if output != paid:
            yield StatementLine(currency, on, on, "sales tax", paid - output, "tax office", f"sales tax {month:%Y-%m}")
    on = date(2025, 6, 16)
    yield StatementLine("EUR", on, on, "income tax", -INCOME_TAX, "tax office", "income tax 2024")


def loan() -> Iterator[StatementLine]:
    """A loan is paid back in equal amounts, with interest on what is left."""
    owed = LOAN
    for month in months():
        on = last_of(month)
        interest = owed * MONTHLY_INTEREST_PER_THOUSAND // 1000
        yield StatementLine("EUR", on, on, "interest", -interest, "the bank", f"interest {month:%Y-%m}")
        yield StatementLine("EUR", on, on, "loan", -LOAN_INSTALMENT, "the bank", f"instalment {month:%Y-%m}")
        owed -= LOAN_INSTALMENT


def unrecorded(seed: int) -> Iterator[StatementLine]:
    """Money of customers that nobody wrote down: the statement shows it, the payments desk does not."""
    chance = chance_of(seed, "unrecorded")
    for n, days in enumerate(np.sort(chance.integers(0, (LAST_DAY - FIRST_DAY).days, UNRECORDED_COUNT))):
        on, amount = FIRST_DAY + timedelta(days=int(days)), int(chance.integers(900, 30_000))
        yield StatementLine("EUR", on, on, "transfer", amount, f"payer unknown {n + 1}", "thank you for the parcel")


def own_transfers(lines: list[StatementLine], rates: dict[date, int]) -> Iterator[StatementLine]:
    """On the twentieth of a quarter's last month most of the pounds are changed into euros, at the day's rate."""
    left = 0
    for month in months()[2::3]:
        on = month.replace(day=20)
        held = sum(line.amount for line in lines if line.currency == "GBP" and line.booking_date < on)
        pence = max(0, (held - left) * 8 // 10)
        if pence:
            left += pence
            cents = in_euros(pence, rate_on(rates, on))
            yield StatementLine("GBP", on, on, "own transfer", -pence, "own account", f"to own account {on}")
            yield StatementLine("EUR", on, on, "own transfer", cents, "own account", f"from own account {on}")


def tenth_after(month: date) -> date:
    """The tenth of the next month."""
    return (last_of(month) + timedelta(days=1)).replace(day=10)
