"""Rates of a central bank, quoted against its own currency, for a company that reckons in another one."""

from collections.abc import Callable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.warehouse.posting.conftest import AS_OF, Books
from warehouse.publication import Company
from warehouse.workroom import CONVERTED, workroom

FRIDAY, SATURDAY, THURSDAY = date(2025, 3, 7), date(2025, 3, 8), date(2025, 3, 13)
QUOTED = {"GBP": Decimal("0.83915"), "USD": Decimal("1.0857"), "JPY": Decimal("159.87")}
CENT = Decimal("0.01")


@pytest.fixture
def quoted(books: Books) -> Books:
    """Units of each currency for one euro."""
    for code, rate in QUOTED.items():
        give(books, code, "EUR", rate)
    return books


def give(books: Books, code: str, base: str, rate: Decimal, day: date = FRIDAY) -> None:
    books.give("exchange_rates", currency_code=code, base_currency_code=base, rate_date=day, rate=rate)


@pytest.fixture
def converted(quoted: Books) -> Callable[..., Decimal | None]:
    """An amount as the ledger of a company converts it."""

    def convert(amount: Decimal, code: str, reporting: str, day: date = FRIDAY) -> Decimal | None:
        with workroom(quoted.connection, quoted.home, Company("Shop", reporting), AS_OF):
            rows = quoted.connection.execute(
                "select converted(?::decimal(18, 4), units, per_units) from workroom.steps.rates "
                "where currency_code = ? and rate_date = ?",
                [amount, code, day],
            ).fetchall()
        return rows[0][0] if rows else None

    return convert


def to_the_cent(exact: Fraction) -> Decimal:
    """The exact worth, rounded once; half a cent goes away from nothing."""
    cents = (abs(exact) * 100 * 2 + 1) // 2
    return (Decimal(cents) * CENT).quantize(CENT, ROUND_HALF_UP) * (1 if exact >= 0 else -1)


@pytest.mark.parametrize(
    ("code", "reporting", "worth"),
    [
        # As quoted, turned round, and both against the euro: 100 / 1.0857, 100 / 0.83915, 100 * 0.83915 / 1.0857.
        ("USD", "EUR", "92.11"), ("EUR", "GBP", "83.92"), ("EUR", "USD", "108.57"), ("GBP", "EUR", "119.17"),
        ("USD", "GBP", "77.29"), ("JPY", "GBP", "0.52"), ("USD", "JPY", "14725.06"),
    ],
)  # fmt: skip
def test_a_hundred_of_a_currency_is_worth_so_much_of_another(converted, code: str, reporting: str, worth: str):
    assert converted(Decimal(100), code, reporting) == Decimal(worth)


def test_a_rate_holds_for_a_week(converted):
    assert converted(Decimal(100), "USD", "GBP", SATURDAY) == Decimal("77.29")
    assert converted(Decimal(100), "USD", "GBP", THURSDAY) == Decimal("77.29")
    assert converted(Decimal(100), "USD", "GBP", date(2025, 3, 14)) is None


def test_a_rate_that_the_company_has_itself_goes_first(quoted: Books, converted):
    give(quoted, "USD", "GBP", Decimal("1.25"))
    assert converted(Decimal(100), "USD", "GBP") == Decimal(80)


def test_a_later_day_goes_before_a_rate_of_the_company_itself(quoted: Books, converted):
    give(quoted, "USD", "GBP", Decimal("1.25"), date(2025, 3, 6))
    assert converted(Decimal(100), "USD", "GBP") == Decimal("77.29")


@given(
    amount=st.decimals(-(10**9), 10**9, places=4),
    theirs=st.decimals(Decimal("0.000001"), 10**7, places=6),
    ours=st.decimals(Decimal("0.000001"), 10**7, places=6),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_worth_is_rounded_once_and_the_rate_never(books: Books, amount: Decimal, theirs: Decimal, ours: Decimal):
    books.connection.execute(CONVERTED)
    (found,) = books.connection.execute(
        "select converted(?::decimal(18, 4), ?::decimal(18, 8), ?::decimal(18, 8))", [amount, ours, theirs]
    ).fetchone() or (None,)
    exact = to_the_cent(Fraction(amount) * Fraction(ours) / Fraction(theirs))
    if abs(exact) < 10**12:
        assert found == exact
