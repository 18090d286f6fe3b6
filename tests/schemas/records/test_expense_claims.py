"""The contract of expense claims."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "claim_id": "X1",
    "line_no": 1,
    "employee_id": "E1",
    "expense_date": date(2025, 3, 1),
    "claim_date": date(2025, 3, 31),
    "category_code": "travel",
    "account_code": "6300",
    "net_amount": Decimal(100),
    "tax_amount": Decimal(7),
    "gross_amount": Decimal(107),
    "tax_code": "DE7",
    "currency_code": "EUR",
    "department_id": "D1",
    "description": "train to Leipzig",
}

REFUSED = [
    ("claim_id:required", {"claim_id": None}),
    ("line_no:required", {"line_no": None}),
    ("employee_id:required", {"employee_id": None}),
    ("expense_date:required", {"expense_date": None}),
    ("category_code:required", {"category_code": None}),
    ("net_amount:required", {"net_amount": None}),
    ("tax_amount:required", {"tax_amount": None}),
    ("gross_amount:required", {"gross_amount": None}),
    ("currency_code:required", {"currency_code": None}),
    ("claim_id:str_length", {"claim_id": ""}),
    ("line_no:greater_than_or_equal_to", {"line_no": 0}),
    ("employee_id:str_length", {"employee_id": ""}),
    ("category_code:isin", {"category_code": "yachts"}),
    ("net_amount:greater_than_or_equal_to", {"net_amount": Decimal(-1), "gross_amount": Decimal(6)}),
    ("tax_amount:greater_than_or_equal_to", {"tax_amount": Decimal(-7), "gross_amount": Decimal(93)}),
    ("gross_amount:greater_than", {"net_amount": Decimal(0), "tax_amount": Decimal(0), "gross_amount": Decimal(0)}),
    ("currency_code:str_matches", {"currency_code": "eur"}),
    ("gross_amount_adds_up", {"gross_amount": Decimal("107.01")}),
    ("claimed_after_it_was_spent", {"claim_date": date(2025, 2, 28)}),
    ("dates_are_plausible", {"expense_date": date(1900, 1, 1)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("expense_claims", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("expense_claims", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("expense_claims")
