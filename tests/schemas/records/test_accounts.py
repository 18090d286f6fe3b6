"""The contract of accounts."""

import pytest

GOOD = {
    "account_code": "4000",
    "account_name": "Sales",
    "account_type": "revenue",
    "account_class": "income",
    "statement_line": "revenue",
    "cash_flow_line": "operating",
    "role": "revenue",
}

REFUSED = [
    ("account_code:required", {"account_code": None}),
    ("account_code:str_length", {"account_code": ""}),
    ("account_name:required", {"account_name": None}),
    ("account_name:str_length", {"account_name": ""}),
    ("account_type:required", {"account_type": None, "account_class": None}),
    ("account_type:isin", {"account_type": "REVENUE", "account_class": None}),
    ("account_class:isin", {"account_class": "revenue", "account_type": None}),
    ("role:isin", {"role": "sales"}),
    ("account_class_is_that_of_its_type", {"account_class": "expense"}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("accounts", GOOD, {}) == []


def test_an_account_needs_no_more_than_code_name_and_type(broken_rules):
    least = dict.fromkeys(("account_class", "statement_line", "cash_flow_line", "role"))
    assert broken_rules("accounts", GOOD, least) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it(broken_rules, rule, change):
    assert rule in broken_rules("accounts", GOOD, change)


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("accounts")
