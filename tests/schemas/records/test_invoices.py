"""The contract of invoices."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "direction": "receivable",
    "document_id": "I1",
    "document_type": "invoice",
    "party_id": "C1",
    "document_date": date(2025, 3, 1),
    "due_date": date(2025, 3, 31),
    "currency_code": "EUR",
    "net_amount": Decimal(100),
    "tax_amount": Decimal(19),
    "gross_amount": Decimal(119),
    "exchange_rate": None,
}

REFUSED = [
    ("direction:required", {"direction": None}),
    ("document_id:required", {"document_id": None}),
    ("document_type:required", {"document_type": None}),
    ("party_id:required", {"party_id": None}),
    ("document_date:required", {"document_date": None}),
    ("due_date:required", {"due_date": None}),
    ("currency_code:required", {"currency_code": None}),
    ("net_amount:required", {"net_amount": None}),
    ("tax_amount:required", {"tax_amount": None}),
    ("gross_amount:required", {"gross_amount": None}),
    ("direction:isin", {"direction": "both"}),
    ("document_id:str_length", {"document_id": ""}),
    (
        "document_type:isin",
        {
            "document_type": "receipt",
            "net_amount": Decimal(-100),
            "tax_amount": Decimal(-19),
            "gross_amount": Decimal(-119),
        },
    ),
    ("party_id:str_length", {"party_id": ""}),
    ("currency_code:str_matches", {"currency_code": "E"}),
    ("exchange_rate:greater_than", {"exchange_rate": Decimal(0)}),
    ("gross_amount_adds_up", {"gross_amount": Decimal("119.01")}),
    ("gross_amount_has_the_sign_of_its_document", {"document_type": "credit_note"}),
    ("due_after_issued", {"due_date": date(2025, 2, 28)}),
    ("dates_are_plausible", {"document_date": date(1899, 12, 31)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("invoices", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("invoices", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("invoices")
