"""The contract of suppliers."""

import pytest

GOOD = {
    "supplier_id": "S1",
    "supplier_name": "Paper Mill Ltd",
    "country_code": "GB",
    "tax_number": "GB 123 4567 89",
    "email": "billing@mill.example",
    "iban": "GB33BUKB20201555555555",
    "currency_code": "GBP",
    "payment_terms_days": 30,
}

REFUSED = [
    ("supplier_id:required", {"supplier_id": None}),
    ("supplier_name:required", {"supplier_name": None}),
    ("supplier_id:str_length", {"supplier_id": ""}),
    ("supplier_name:str_length", {"supplier_name": ""}),
    ("country_code:str_matches", {"country_code": "England"}),
    ("tax_number:str_matches", {"tax_number": "none"}),
    ("email:str_matches", {"email": "billing"}),
    ("iban:str_matches", {"iban": "GB33 BUKB 2020 1555 5555 55"}),
    ("currency_code:str_matches", {"currency_code": "£"}),
    ("payment_terms_days:in_range", {"payment_terms_days": 400}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("suppliers", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("suppliers", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("suppliers")
