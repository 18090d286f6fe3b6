"""The contract of currencies."""

from datetime import date

import pytest

GOOD = {
    "currency_code": "HRK",
    "entity_name": "CROATIA",
    "currency_name": "Kuna",
    "currency_number": "191",
    "decimals_count": 2,
    "valid_to_date": date(2023, 1, 31),
}

REFUSED = [
    ("currency_code:required", {"currency_code": None}),
    ("currency_code:str_matches", {"currency_code": "hrk"}),
    ("entity_name:required", {"entity_name": None}),
    ("entity_name:str_length", {"entity_name": ""}),
    ("currency_name:required", {"currency_name": None}),
    ("currency_name:str_length", {"currency_name": ""}),
    ("currency_number:str_matches", {"currency_number": "91"}),
    ("decimals_count:in_range", {"decimals_count": 5}),
    ("valid_to_date_is_no_placeholder", {"valid_to_date": date(9999, 12, 31)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("currencies", GOOD, {}) == []


def test_a_currency_may_still_be_used_and_have_no_coin(broken_rules):
    assert broken_rules("currencies", GOOD, {"valid_to_date": None, "decimals_count": None}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("currencies", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("currencies")
