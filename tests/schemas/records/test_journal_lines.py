"""The contract of journal lines."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "journal_id": "J1",
    "line_no": 1,
    "entry_date": date(2025, 3, 31),
    "entry_type": "accrual",
    "journal": "general",
    "account_code": "6100",
    "account_name": "Rent",
    "account_type": "expense",
    "amount": Decimal("-91.50"),
    "currency_code": "USD",
    "currency_amount": Decimal(-100),
    "party_id": "S1",
    "document_id": None,
    "tax_code": None,
    "department_id": None,
    "description": "March",
    "reversal_date": date(2025, 4, 1),
}

REFUSED = [
    ("journal_id:required", {"journal_id": None}),
    ("journal_id:str_length", {"journal_id": ""}),
    ("line_no:required", {"line_no": None}),
    ("line_no:greater_than_or_equal_to", {"line_no": 0}),
    ("entry_type:isin", {"entry_type": "gift"}),
    ("journal:isin", {"journal": "diary"}),
    ("account_code:required", {"account_code": None}),
    ("account_code:str_length", {"account_code": ""}),
    ("account_type:isin", {"account_type": "EXPENSE"}),
    ("amount:required", {"amount": None}),
    ("currency_code:required", {"currency_code": None}),
    ("currency_code:str_matches", {"currency_code": "$"}),
    ("entry_date_is_plausible", {"entry_date": date(1899, 12, 31)}),
    ("reversed_later", {"reversal_date": date(2025, 3, 31)}),
    ("accruals_reverse", {"reversal_date": None}),
    ("signs_agree", {"currency_amount": Decimal(100)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("journal_lines", GOOD, {}) == []


def test_a_line_in_the_companys_own_currency_says_its_amount_once(broken_rules):
    assert broken_rules("journal_lines", GOOD, {"currency_amount": None}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("journal_lines", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("journal_lines")
