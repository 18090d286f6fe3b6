"""The contract of employees."""

from datetime import date

import pytest

GOOD = {
    "employee_id": "E1",
    "employee_name": "Ada Lovelace",
    "email": "ada@example.org",
    "iban": "DE02120300000000202051",
    "department_id": "D1",
    "job_title": "packer",
    "hired_date": date(1989, 5, 1),
    "left_date": date(2025, 3, 31),
}

REFUSED = [
    ("employee_id:required", {"employee_id": None}),
    ("employee_name:required", {"employee_name": None}),
    ("hired_date:required", {"hired_date": None}),
    ("employee_id:str_length", {"employee_id": ""}),
    ("employee_name:str_length", {"employee_name": ""}),
    ("email:str_matches", {"email": "ada at example"}),
    ("iban:str_matches", {"iban": "120300000000202051"}),
    ("leaves_after_being_hired", {"left_date": date(1989, 4, 30)}),
    ("dates_are_plausible", {"left_date": date(9999, 12, 31)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("employees", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("employees", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("employees")
