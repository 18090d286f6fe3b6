"""The contract of departments."""

import pytest

GOOD = {"department_id": "D1", "department_name": "Warehouse"}

REFUSED = [
    ("department_id:required", {"department_id": None}),
    ("department_name:required", {"department_name": None}),
    ("department_id:str_length", {"department_id": ""}),
    ("department_name:str_length", {"department_name": ""}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("departments", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("departments", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("departments")
