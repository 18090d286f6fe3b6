"""The contract of products."""

from decimal import Decimal

import pytest

GOOD = {
    "product_id": "P1",
    "product_name": "Lantern",
    "category": "Garden",
    "list_price_amount": Decimal("12.50"),
    "cost_amount": Decimal(7),
    "currency_code": "EUR",
    "is_active": True,
}

REFUSED = [
    ("product_id:required", {"product_id": None}),
    ("product_id:str_length", {"product_id": ""}),
    ("product_name:required", {"product_name": None}),
    ("product_name:str_length", {"product_name": ""}),
    ("list_price_amount:required", {"list_price_amount": None}),
    ("list_price_amount:greater_than_or_equal_to", {"list_price_amount": Decimal("-0.01"), "cost_amount": None}),
    ("cost_amount:greater_than_or_equal_to", {"cost_amount": Decimal(-1)}),
    ("currency_code:required", {"currency_code": None}),
    ("currency_code:str_matches", {"currency_code": "eur"}),
    ("cost_is_plausible", {"cost_amount": Decimal("125.01")}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("products", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("products", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("products")
