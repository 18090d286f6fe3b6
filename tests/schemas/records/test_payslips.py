"""The contract of payslips."""

from datetime import date
from decimal import Decimal

import pytest

GOOD = {
    "payslip_id": "L1",
    "employee_id": "E1",
    "period_start_date": date(2025, 3, 1),
    "period_end_date": date(2025, 3, 31),
    "payment_date": date(2025, 3, 28),
    "currency_code": "EUR",
    "gross_pay_amount": Decimal(3000),
    "employee_tax_amount": Decimal(400),
    "employee_social_amount": Decimal(600),
    "employer_social_amount": Decimal(630),
    "net_pay_amount": Decimal(2000),
    "department_id": "D1",
}

REFUSED = [
    ("payslip_id:required", {"payslip_id": None}),
    ("employee_id:required", {"employee_id": None}),
    ("period_start_date:required", {"period_start_date": None}),
    ("period_end_date:required", {"period_end_date": None}),
    ("payment_date:required", {"payment_date": None}),
    ("currency_code:required", {"currency_code": None}),
    ("gross_pay_amount:required", {"gross_pay_amount": None}),
    ("employee_tax_amount:required", {"employee_tax_amount": None}),
    ("employee_social_amount:required", {"employee_social_amount": None}),
    ("employer_social_amount:required", {"employer_social_amount": None}),
    ("net_pay_amount:required", {"net_pay_amount": None}),
    ("payslip_id:str_length", {"payslip_id": ""}),
    ("employee_id:str_length", {"employee_id": ""}),
    ("currency_code:str_matches", {"currency_code": "EURO"}),
    ("gross_pay_amount:greater_than_or_equal_to", {"gross_pay_amount": Decimal(-1), "net_pay_amount": Decimal(-1001)}),
    (
        "employee_tax_amount:greater_than_or_equal_to",
        {"employee_tax_amount": Decimal(-1), "net_pay_amount": Decimal(2401)},
    ),
    (
        "employee_social_amount:greater_than_or_equal_to",
        {"employee_social_amount": Decimal(-1), "net_pay_amount": Decimal(2601)},
    ),
    ("employer_social_amount:greater_than_or_equal_to", {"employer_social_amount": Decimal(-1)}),
    ("net_pay_amount_adds_up", {"net_pay_amount": Decimal("2000.01")}),
    ("period_ends_after_it_starts", {"period_end_date": date(2025, 2, 28)}),
    ("paid_after_the_period_starts", {"payment_date": date(2025, 2, 28)}),
    ("dates_are_plausible", {"payment_date": date(9999, 12, 31)}),
]


def test_a_good_row_is_accepted(broken_rules):
    assert broken_rules("payslips", GOOD, {}) == []


@pytest.mark.parametrize(("rule", "change"), REFUSED, ids=[rule for rule, _ in REFUSED])
def test_each_rule_refuses_a_row_that_breaks_it_alone(broken_rules, rule, change):
    assert broken_rules("payslips", GOOD, change) == [rule]


def test_every_rule_has_a_row_that_it_refuses(rules_of):
    assert {rule for rule, _ in REFUSED} == rules_of("payslips")
