"""The contract of budget lines."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "budget_id": "2025",
    "line_no": 1,
    "account_code": "5000",
    "department_id": "D1",
    "period_start_date": date(2025, 3, 1),
    "amount": Decimal(1000),
    "currency_code": "EUR",
}

REFUSED = [
    ("budget_id:required", {"budget_id": None}),
    ("line_no:required", {"line_no": None}),
    ("account_code:required", {"account_code": None}),
    ("period_start_date:required", {"period_start_date": None}),
    ("amount:required", {"amount": None}),
    ("currency_code:required", {"currency_code": None}),
    ("budget_id:str_length", {"budget_id": ""}),
    ("line_no:greater_than_or_equal_to", {"line_no": 0}),
    ("account_code:str_length", {"account_code": ""}),
    ("currency_code:str_matches", {"currency_code": "€"}),
    ("period_is_a_month", {"period_start_date": date(2025, 3, 2)}),
    ("period_start_date_is_plausible", {"period_start_date": date(1900, 1, 1)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("budget_lines", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("budget_lines", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("budget_lines")
