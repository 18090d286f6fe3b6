"""The contract of exchange rates."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "currency_code": "USD",
    "base_currency_code": "EUR",
    "rate_date": date(2025, 3, 3),
    "rate": Decimal("1.0465"),
}

REFUSED = [
    ("currency_code:required", {"currency_code": None}),
    ("currency_code:str_matches", {"currency_code": "usd"}),
    ("base_currency_code:required", {"base_currency_code": None}),
    ("base_currency_code:str_matches", {"base_currency_code": "E"}),
    ("rate_date:required", {"rate_date": None}),
    ("rate:required", {"rate": None}),
    ("rate:greater_than", {"rate": Decimal(0)}),
    ("currencies_differ", {"currency_code": "EUR"}),
    ("rate_date_is_plausible", {"rate_date": date(2100, 1, 1)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("exchange_rates", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("exchange_rates", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("exchange_rates")
