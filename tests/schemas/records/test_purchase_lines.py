"""The contract of purchase lines."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "supplier_id": "S1",
    "document_id": "ER-1",
    "line_no": 1,
    "document_type": "invoice",
    "document_date": date(2025, 3, 1),
    "account_code": "5000",
    "product_id": "P1",
    "description": "lamps",
    "quantity": Decimal(3),
    "unit_price_amount": Decimal("9.995"),
    "net_amount": Decimal("29.98"),
    "tax_amount": Decimal("5.70"),
    "tax_code": "DE19",
    "currency_code": "EUR",
    "department_id": "D1",
}

REFUSED = [
    ("supplier_id:required", {"supplier_id": None}),
    ("document_id:required", {"document_id": None}),
    ("line_no:required", {"line_no": None}),
    ("document_type:required", {"document_type": None}),
    ("document_date:required", {"document_date": None}),
    ("quantity:required", {"quantity": None}),
    ("unit_price_amount:required", {"unit_price_amount": None}),
    ("net_amount:required", {"net_amount": None}),
    ("currency_code:required", {"currency_code": None}),
    ("supplier_id:str_length", {"supplier_id": ""}),
    ("document_id:str_length", {"document_id": ""}),
    ("line_no:greater_than_or_equal_to", {"line_no": 0}),
    ("document_type:isin", {"document_type": "receipt", "quantity": Decimal(-3), "net_amount": Decimal("-29.98")}),
    (
        "unit_price_amount:greater_than_or_equal_to",
        {"unit_price_amount": Decimal(-1), "net_amount": Decimal(-3), "tax_amount": Decimal(0)},
    ),
    ("currency_code:str_matches", {"currency_code": "Euro"}),
    ("quantity_has_the_sign_of_its_document", {"document_type": "credit_note"}),
    ("net_amount_adds_up", {"net_amount": Decimal("30.00")}),
    ("tax_is_plausible", {"tax_amount": Decimal("15.01")}),
    ("document_date_is_plausible", {"document_date": date(1899, 12, 30)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("purchase_lines", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("purchase_lines", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("purchase_lines")
