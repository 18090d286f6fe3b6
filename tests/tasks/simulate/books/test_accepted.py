"""Reading back what the systems wrote: amounts and days in the words of their countries."""

from datetime import date
from decimal import Decimal

import pytest

from tasks.simulate.books.accepted import amount, day
from tasks.simulate.books.rates import in_euros, rate_on


@pytest.mark.parametrize(
    ("text", "expected"), [("12.50", "12.50"), ("-3", "-3"), ("1.234,56", "1234.56"), ("-1.234,50", "-1234.50")]
)
def test_an_amount_is_read_with_its_own_decimal_mark(text: str, expected: str) -> None:
    assert amount(text) == Decimal(expected)


@pytest.mark.parametrize("text", ["2024-03-09", "20240309", "09.03.2024", "09/03/2024", "09-03-2024"])
def test_a_day_is_read_in_the_order_of_its_country(text: str) -> None:
    assert day(text) == date(2024, 3, 9)


def test_pounds_are_told_in_euros_to_the_cent_half_a_cent_away_from_nothing() -> None:
    rates = {date(2024, 1, 5): Decimal("0.8")}
    assert in_euros(Decimal("0.02"), "GBP", date(2024, 1, 6), rates) == Decimal("0.03")
    assert in_euros(Decimal("-0.02"), "GBP", date(2024, 1, 6), rates) == Decimal("-0.03")
    assert in_euros(Decimal(7), "EUR", date(2030, 1, 1), rates) == Decimal(7)


def test_a_rate_holds_for_a_week_and_no_longer() -> None:
    rates = {date(2024, 1, 5): Decimal("0.8")}
    assert rate_on(rates, date(2024, 1, 11)) == Decimal("0.8")
    with pytest.raises(LookupError, match="no rate is known for 2024-01-12"):
        rate_on(rates, date(2024, 1, 12))
