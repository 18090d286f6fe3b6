"""The contract of countries."""

import pytest

GOOD = {
    "country_code": "CH",
    "country_code_3": "CHE",
    "country_number": "756",
    "country_name": "Switzerland",
    "region_name": "Europe",
    "subregion_name": "Western Europe",
    "capital_name": "Bern",
    "currency_codes": "CHF CHE",
}

REFUSED = [
    ("country_code:required", {"country_code": None}),
    ("country_code:str_matches", {"country_code": "CHE"}),
    ("country_code_3:required", {"country_code_3": None}),
    ("country_code_3:str_matches", {"country_code_3": "CH"}),
    ("country_number:required", {"country_number": None}),
    ("country_number:str_matches", {"country_number": "56"}),
    ("country_name:required", {"country_name": None}),
    ("country_name:str_length", {"country_name": ""}),
    ("currency_codes:str_matches", {"currency_codes": "CHF,CHE"}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("countries", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("countries", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("countries")
