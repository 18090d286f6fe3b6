"""The contract of payments."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "payment_id": "Z1",
    "direction": "in",
    "party_id": "C1",
    "document_id": "I1",
    "payment_date": date(2025, 4, 1),
    "method_code": "card",
    "currency_code": "EUR",
    "amount": Decimal(119),
    "reference": "I1",
}

REFUSED = [
    ("payment_id:required", {"payment_id": None}),
    ("direction:required", {"direction": None}),
    ("payment_date:required", {"payment_date": None}),
    ("currency_code:required", {"currency_code": None}),
    ("amount:required", {"amount": None}),
    ("payment_id:str_length", {"payment_id": ""}),
    ("direction:isin", {"direction": "sideways"}),
    ("method_code:isin", {"method_code": "shells"}),
    ("currency_code:str_matches", {"currency_code": "€"}),
    ("amount:greater_than", {"amount": Decimal(0)}),
    ("payment_date_is_plausible", {"payment_date": date(9999, 12, 31)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("payments", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("payments", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("payments")
