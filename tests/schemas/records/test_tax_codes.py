"""The contract of tax codes."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "tax_code": "S19",
    "tax_name": "Sales tax 19%",
    "direction": "output",
    "rate_pct": Decimal(19),
    "valid_from_date": date(2007, 1, 1),
    "valid_to_date": date(2020, 6, 30),
}

REFUSED = [
    ("tax_code:required", {"tax_code": None}),
    ("tax_code:str_length", {"tax_code": ""}),
    ("tax_name:required", {"tax_name": None}),
    ("tax_name:str_length", {"tax_name": ""}),
    ("direction:required", {"direction": None}),
    ("direction:isin", {"direction": "both"}),
    ("rate_pct:required", {"rate_pct": None}),
    ("rate_pct:in_range", {"rate_pct": Decimal(101)}),
    ("valid_from_date:required", {"valid_from_date": None}),
    ("ends_after_it_starts", {"valid_to_date": date(2006, 12, 31)}),
    ("valid_from_date_is_plausible", {"valid_from_date": date(1899, 12, 31)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("tax_codes", GOOD, {}) == []


def test_a_rate_may_still_hold(broken_rules):
    assert broken_rules("tax_codes", GOOD, {"valid_to_date": None}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("tax_codes", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("tax_codes")
