"""The contract of fixed assets."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "asset_id": "A1",
    "asset_name": "Press",
    "acquired_date": date(2024, 5, 2),
    "disposed_date": date(2025, 5, 2),
    "cost_amount": Decimal(12000),
    "residual_amount": Decimal(0),
    "useful_life_months": 60,
    "currency_code": "EUR",
    "department_id": None,
}

REFUSED = [
    ("asset_id:required", {"asset_id": None}),
    ("asset_id:str_length", {"asset_id": ""}),
    ("asset_name:required", {"asset_name": None}),
    ("asset_name:str_length", {"asset_name": ""}),
    ("acquired_date:required", {"acquired_date": None}),
    ("cost_amount:required", {"cost_amount": None}),
    ("cost_amount:greater_than", {"cost_amount": Decimal(0)}),
    ("residual_amount:required", {"residual_amount": None}),
    ("residual_amount:greater_than_or_equal_to", {"residual_amount": Decimal(-1)}),
    ("useful_life_months:required", {"useful_life_months": None}),
    ("useful_life_months:greater_than_or_equal_to", {"useful_life_months": 0}),
    ("currency_code:required", {"currency_code": None}),
    ("currency_code:str_matches", {"currency_code": "E"}),
    ("residual_is_plausible", {"residual_amount": Decimal(12001)}),
    ("disposed_after_acquired", {"disposed_date": date(2024, 5, 1)}),
    ("acquired_date_is_plausible", {"acquired_date": date(1899, 12, 31)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("fixed_assets", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it(broken_rules, rule, change):
    assert rule in broken_rules("fixed_assets", GOOD, change)


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("fixed_assets")
