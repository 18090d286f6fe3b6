"""The trial balance that a run must come to: each account's balance at each year's end, by currency and in euros."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from tasks.simulate.answer_key import Balance
from tasks.simulate.books.accepted import Accepted, amount, day
from tasks.simulate.books.entry import EXCHANGE_DIFFERENCES, MONETARY, Leg
from tasks.simulate.books.money import bank_legs, payment_legs
from tasks.simulate.books.people import claim_legs, payroll_legs
from tasks.simulate.books.rates import Rates, in_euros
from tasks.simulate.books.things import depreciation_legs, journal_legs, stock_legs
from tasks.simulate.books.trade import heads_of, trade_legs
from tasks.simulate.expectation import Expectation

YEAR_ENDS = (date(2024, 12, 31), date(2025, 12, 31))


def balances(expectations: Iterable[Expectation]) -> list[Balance]:
    """Every account's balance at the end of each year; the differences of exchange are what is missing to zero."""
    accepted = Accepted(expectations)
    rates = {day(on): amount(rate) for on, rate in accepted.rows("rates", "day", "rate")}
    legs = list(all_legs(accepted))
    return [balance for on in YEAR_ENDS for balance in balances_on(on, legs, rates)]


def all_legs(accepted: Accepted) -> Iterator[Leg]:
    """The legs of every entry, but for differences of exchange."""
    heads = heads_of(accepted)
    return chain(
        trade_legs(accepted, heads), payment_legs(accepted, heads), bank_legs(accepted), payroll_legs(accepted),
        claim_legs(accepted), stock_legs(accepted), depreciation_legs(accepted, YEAR_ENDS[-1]), journal_legs(accepted),
    )  # fmt: skip


def balances_on(on: date, legs: list[Leg], rates: Rates) -> Iterator[Balance]:
    """Each account on one day."""
    own: defaultdict[str, defaultdict[str, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    euros: defaultdict[str, Decimal] = defaultdict(Decimal)
    for leg in legs:
        if leg.on <= on:
            own[leg.account][leg.currency] += leg.amount
            if leg.account not in MONETARY:
                told = leg.euros if leg.euros is not None else in_euros(leg.amount, leg.currency, leg.on, rates)
                euros[leg.account] += told
    for account in MONETARY:
        euros[account] = sum((in_euros(held, of, on, rates) for of, held in own[account].items()), Decimal(0))
    euros[EXCHANGE_DIFFERENCES] = -sum(euros.values(), Decimal(0))
    for account in sorted(euros):
        held = {currency: str(total) for currency, total in sorted(own[account].items())}
        yield Balance(on, account, str(euros[account]), held)
