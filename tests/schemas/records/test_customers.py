"""The contract of customers."""

from datetime import date

import pytest

GOOD = {
    "customer_id": "C1",
    "customer_name": "Ada Byron",
    "email": "ada@example.org",
    "phone": "+44 20 7946 0000",
    "postal_code": "W1",
    "city": "London",
    "country_code": "GB",
    "registered_date": date(2024, 1, 2),
    "has_marketing_consent": True,
}

REFUSED = [
    ("customer_id:required", {"customer_id": None}),
    ("customer_id:str_length", {"customer_id": "C" * 41}),
    ("customer_name:required", {"customer_name": None}),
    ("customer_name:str_length", {"customer_name": ""}),
    ("email:str_matches", {"email": "ada at example.org"}),
    ("phone:str_matches", {"phone": "ring twice"}),
    ("country_code:str_matches", {"country_code": "UK1"}),
    ("registered_date_is_plausible", {"registered_date": date(1899, 12, 30)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("customers", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("customers", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("customers")
