"""The contract of stock movements."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "movement_id": "M1",
    "product_id": "P1",
    "movement_date": date(2025, 3, 1),
    "movement_type": "issue",
    "quantity": Decimal(-3),
    "unit_cost_amount": Decimal("4.10"),
    "currency_code": "EUR",
    "document_id": "I1",
}

REFUSED = [
    ("movement_id:required", {"movement_id": None}),
    ("product_id:required", {"product_id": None}),
    ("movement_date:required", {"movement_date": None}),
    ("movement_type:required", {"movement_type": None}),
    ("quantity:required", {"quantity": None}),
    ("unit_cost_amount:required", {"unit_cost_amount": None}),
    ("currency_code:required", {"currency_code": None}),
    ("movement_id:str_length", {"movement_id": ""}),
    ("product_id:str_length", {"product_id": ""}),
    ("movement_type:isin", {"movement_type": "theft"}),
    ("unit_cost_amount:greater_than_or_equal_to", {"unit_cost_amount": Decimal(-1)}),
    ("currency_code:str_matches", {"currency_code": "€"}),
    ("quantity_has_the_sign_of_its_type", {"quantity": Decimal(3)}),
    ("movement_date_is_plausible", {"movement_date": date(2101, 1, 1)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("stock_movements", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("stock_movements", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("stock_movements")
