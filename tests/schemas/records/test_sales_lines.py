"""The contract of sales lines."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

GOOD = {
    "document_id": "I1",
    "line_no": 1,
    "document_type": "invoice",
    "document_date": date(2025, 3, 1),
    "ordered_at": datetime(2025, 2, 28, 9, tzinfo=UTC),
    "customer_id": "C1",
    "product_id": "P1",
    "description": "Lantern",
    "quantity": Decimal(3),
    "unit_price_amount": Decimal("1.115"),
    "net_amount": Decimal("3.345"),
    "tax_amount": Decimal("0.64"),
    "currency_code": "EUR",
    "country_code": "DE",
    "channel_code": "web",
    "note": None,
}

REFUSED = [
    ("document_id:required", {"document_id": None}),
    ("document_id:str_length", {"document_id": "I" * 41}),
    ("line_no:required", {"line_no": None}),
    ("line_no:greater_than_or_equal_to", {"line_no": 0}),
    ("document_type:required", {"document_type": None}),
    ("document_type:isin", {"document_type": "receipt", "quantity": Decimal(-3), "net_amount": Decimal("-3.345")}),
    ("document_date:required", {"document_date": None}),
    ("product_id:required", {"product_id": None}),
    ("product_id:str_length", {"product_id": ""}),
    ("quantity:required", {"quantity": None}),
    ("unit_price_amount:required", {"unit_price_amount": None}),
    (
        "unit_price_amount:greater_than_or_equal_to",
        {"unit_price_amount": Decimal("-1.115"), "net_amount": Decimal("-3.345")},
    ),
    ("net_amount:required", {"net_amount": None}),
    ("currency_code:required", {"currency_code": None}),
    ("currency_code:str_matches", {"currency_code": "EURO"}),
    ("country_code:str_matches", {"country_code": "de"}),
    ("channel_code:isin", {"channel_code": "carrier pigeon"}),
    ("quantity_has_the_sign_of_its_document", {"document_type": "credit_note"}),
    ("net_amount_adds_up", {"net_amount": Decimal("3.3501")}),
    ("tax_is_plausible", {"tax_amount": Decimal("1.70")}),
    ("document_date_is_plausible", {"document_date": date(2100, 1, 1)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("sales_lines", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("sales_lines", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("sales_lines")
