"""The contract of bank transactions."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "bank_account_id": "giro",
    "statement_id": "2025-03",
    "line_no": 1,
    "booking_date": date(2025, 3, 3),
    "value_date": date(2025, 3, 2),
    "amount": Decimal("-12.50"),
    "currency_code": "EUR",
    "counterparty_name": "The bank",
    "counterparty_iban": "DE02120300000000202051",
    "reference": "charges of February",
    "transaction_type_code": "fee",
    "balance_after_amount": Decimal("987.50"),
    "account_code": "6800",
}

REFUSED = [
    ("bank_account_id:required", {"bank_account_id": None}),
    ("statement_id:required", {"statement_id": None}),
    ("line_no:required", {"line_no": None}),
    ("booking_date:required", {"booking_date": None}),
    ("amount:required", {"amount": None}),
    ("currency_code:required", {"currency_code": None}),
    ("bank_account_id:str_length", {"bank_account_id": ""}),
    ("statement_id:str_length", {"statement_id": ""}),
    ("line_no:greater_than_or_equal_to", {"line_no": 0}),
    ("currency_code:str_matches", {"currency_code": "EURO"}),
    ("counterparty_iban:str_matches", {"counterparty_iban": "12345678"}),
    ("transaction_type_code:isin", {"transaction_type_code": "barter"}),
    ("something_moved", {"amount": Decimal(0)}),
    ("dates_are_plausible", {"value_date": date(1980, 1, 1)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("bank_transactions", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("bank_transactions", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("bank_transactions")
