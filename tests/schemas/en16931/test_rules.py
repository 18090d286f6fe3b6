"""The rules of EN 16931: right invoices keep all of them, and each has an invoice that it refuses."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.en16931 import RULES, WITHOUT_LINES, broken_rules
from schemas.en16931.document import Invoice
from tests.schemas.en16931.invoices import WHOLE, right_invoices

EXTENSION = "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0#conformant#urn:xeinkauf.de:kosit:"


def header(**changes: str | None) -> Invoice:
    return replace(WHOLE, header=dict(WHOLE.header) | changes)


def one_of(group: str, position: int, **changes: str | None) -> Invoice:
    """The invoice with one of its lines, taxes, allowances or charges changed."""
    terms = list(getattr(WHOLE, group))
    terms[position] = dict(terms[position]) | changes
    return replace(WHOLE, **{group: tuple(terms)})


def third_party(due: str) -> Invoice:
    return header(guideline=f"{EXTENSION}extension:xrechnung_3.0", third_party_payment_amount="7.00", due_amount=due)


EXTRAS, LINE_EXTRAS = "allowances_and_charges", "line_allowances_and_charges"
NO_REASON = {"reason": None, "reason_code": None}

REFUSED = [
    ("decimal", header(due_amount="1.4E2"), "due_amount of the invoice is '1.4E2', which is no decimal number"),
    ("decimal", one_of("lines", 0, quantity="3,5"), "quantity of line 1 is '3,5'"),
    ("decimal", one_of("taxes", 0, tax_rate_pct="NaN"), "tax_rate_pct of VAT breakdown 1 is 'NaN'"),
    ("decimal", header(paid_amount="9" * 60), "paid_amount of the invoice is '9999"),
    ("BR-12", header(line_total_amount=None), "BT-106 is missing"),
    ("BR-13", header(total_without_vat_amount=None), "BT-109 is missing"),
    ("BR-14", header(total_with_vat_amount=None), "BT-112 is missing"),
    ("BR-15", header(due_amount=None), "BT-115 is missing"),
    ("BR-16", replace(WHOLE, lines=()), "it has no line"),
    ("BR-24", one_of("lines", 1, line_net_amount=None), "BT-131 of line 2 is missing"),
    ("BR-31", one_of(EXTRAS, 0, allowance_charge_amount=None), "BT-92 of an allowance is missing"),
    ("BR-36", one_of(EXTRAS, 1, allowance_charge_amount=None), "BT-99 of a charge is missing"),
    ("BR-41", one_of(LINE_EXTRAS, 0, allowance_charge_amount=None), "BT-136 of an allowance is missing"),
    ("BR-43", one_of(LINE_EXTRAS, 1, allowance_charge_amount=None), "BT-141 of a charge is missing"),
    ("BR-45", one_of("taxes", 0, tax_base_amount=None), "BT-116 of VAT breakdown 1 is missing"),
    ("BR-46", one_of("taxes", 1, tax_amount=None), "BT-117 of VAT breakdown 2 is missing"),
    ("BR-66", one_of(EXTRAS, 0, is_charge=None), "an allowance or charge has no indicator"),
    ("BR-66", one_of(LINE_EXTRAS, 0, is_charge="maybe"), "an allowance or charge has the indicator 'maybe'"),
    ("BR-CO-03", header(vat_point_date="2025-03-01", vat_point_date_code="35"), "BT-7 is 2025-03-01 and BT-8 is 35"),
    ("BR-CO-04", one_of("lines", 2, tax_category_code=None), "BT-151 of line 3 is missing"),
    ("BR-CO-09", header(seller_vat_id="123456789"), "BT-31 begins with '12', which is no country"),
    ("BR-CO-09", header(tax_representative_vat_id="QQ1"), "BT-63 begins with 'QQ', which is no country"),
    ("BR-CO-09", header(buyer_vat_id="de1"), "BT-48 begins with 'de', which is no country"),
    ("BR-CO-10", header(line_total_amount="253.07"), "BT-106 is 253.07, but the sum of BT-131 over 3 lines is 253.08"),
    ("BR-CO-11", header(allowance_total_amount="4.99"),
     "BT-107 is 4.99, but the sum of BT-92 over 1 allowance is 5.00"),
    ("BR-CO-12", header(charge_total_amount=None), "BT-108 is 0, but the sum of BT-99 over 1 charge is 8.00"),
    ("BR-CO-13", header(total_without_vat_amount="256.00"),
     "BT-109 is 256.00, but BT-106 253.08 - BT-107 5.00 + BT-108 8.00 is 256.08"),
    ("BR-CO-14", header(total_vat_amount="48.00"),
     "BT-110 is 48.00, but the sum of BT-117 over 2 VAT breakdowns is 48.90"),
    ("BR-CO-15", header(total_with_vat_amount="305.00"),
     "BT-112 is 305.00, but BT-109 256.08 + BT-110 48.90 is 304.98"),
    ("BR-CO-16", header(due_amount="205.00"),
     "BT-115 is 205.00, but BT-112 304.98 - BT-113 100.00 + BT-114 0.03 is 205.01"),
    ("BR-DEX-09", third_party("205.01"),
     "BT-115 is 205.01, but BT-112 304.98 - BT-113 100.00 + BT-114 0.03 + BT-DEX-002 7.00 is 212.01"),
    ("BR-CO-17", one_of("taxes", 0, tax_amount="50.05"), "BT-117 is 50.05, but BT-116 258.08 x BT-119 19% is 49.04"),
    ("BR-CO-17", one_of("taxes", 0, tax_category_code="O", tax_rate_pct=None),
     "BT-117 is 49.04, but BT-116 258.08 x BT-119 none% is 0.00"),
    ("BR-CO-18", replace(WHOLE, taxes=()), "it has no VAT breakdown"),
    ("BR-CO-19", header(has_period="true", period_start_date=None, period_end_date=None),
     "its invoicing period has neither BT-73 nor BT-74"),
    ("BR-CO-20", one_of("lines", 1, has_line_period="true"), "the period of line 2 has neither BT-134 nor BT-135"),
    ("BR-CO-21", one_of(EXTRAS, 0, **NO_REASON), "an allowance of 5.00 has neither BT-97 nor BT-98"),
    ("BR-CO-22", one_of(EXTRAS, 1, **NO_REASON), "a charge of 8.00 has neither BT-104 nor BT-105"),
    ("BR-CO-23", one_of(LINE_EXTRAS, 0, **NO_REASON), "an allowance of 12.00 has neither BT-139 nor BT-140"),
    ("BR-CO-24", one_of(LINE_EXTRAS, 1, **NO_REASON), "a charge of 2.00 has neither BT-144 nor BT-145"),
    ("BR-CO-25", header(due_date=None, payment_terms=None), "BT-115 is 205.01, but there is neither BT-9 nor BT-20"),
    ("BR-CO-26", header(seller_id=None, seller_registration_id=None, seller_vat_id=None),
     "its seller has neither BT-29 nor BT-30 nor BT-31"),
    ("BR-DEC-01", one_of(EXTRAS, 0, allowance_charge_amount="5.000"), "BT-92 is 5.000"),
    ("BR-DEC-02", one_of(EXTRAS, 0, allowance_charge_base_amount="50.001"), "BT-93 is 50.001"),
    ("BR-DEC-05", one_of(EXTRAS, 1, allowance_charge_amount="8.000"), "BT-99 is 8.000"),
    ("BR-DEC-06", one_of(EXTRAS, 1, allowance_charge_base_amount="8.001"), "BT-100 is 8.001"),
    ("BR-DEC-09", header(line_total_amount="253.080"), "BT-106 is 253.080"),
    ("BR-DEC-10", header(allowance_total_amount="5.000"), "BT-107 is 5.000"),
    ("BR-DEC-11", header(charge_total_amount="8.000"), "BT-108 is 8.000"),
    ("BR-DEC-12", header(total_without_vat_amount="256.080"), "BT-109 is 256.080"),
    ("BR-DEC-13", header(total_vat_amount="48.900"), "BT-110 is 48.900"),
    ("BR-DEC-14", header(total_with_vat_amount="304.980"), "BT-112 is 304.980"),
    ("BR-DEC-15", header(total_vat_accounting_amount="48.901"), "BT-111 is 48.901"),
    ("BR-DEC-16", header(paid_amount="100.000"), "BT-113 is 100.000"),
    ("BR-DEC-17", header(rounding_amount="0.030"), "BT-114 is 0.030"),
    ("BR-DEC-18", header(due_amount="205.010"), "BT-115 is 205.010"),
    ("BR-DEC-19", one_of("taxes", 0, tax_base_amount="258.080"), "BT-116 is 258.080"),
    ("BR-DEC-20", one_of("taxes", 0, tax_amount="49.040"), "BT-117 is 49.040"),
    ("BR-DEC-23", one_of("lines", 0, line_net_amount="110.000"), "BT-131 is 110.000"),
    ("BR-DEC-24", one_of(LINE_EXTRAS, 0, allowance_charge_amount="12.000"), "BT-136 is 12.000"),
    ("BR-DEC-25", one_of(LINE_EXTRAS, 0, allowance_charge_base_amount="1.001"), "BT-137 is 1.001"),
    ("BR-DEC-27", one_of(LINE_EXTRAS, 1, allowance_charge_amount="2.000"), "BT-141 is 2.000"),
    ("BR-DEC-28", one_of(LINE_EXTRAS, 1, allowance_charge_base_amount="1.001"), "BT-142 is 1.001"),
]  # fmt: skip
"""Of each rule an invoice that it refuses, and how it says so."""


def reasons(invoice: Invoice) -> dict[str, str]:
    return {one.rule.rpartition(":")[2]: one.reason for one in broken_rules(invoice)}


def test_an_invoice_with_everything_in_it_keeps_every_rule():
    assert broken_rules(WHOLE) == []


@pytest.mark.parametrize(("rule", "invoice", "reason"), REFUSED)
def test_a_rule_refuses_what_breaks_it_and_says_the_figures(rule, invoice, reason):
    assert reasons(invoice)[rule].startswith(reason)


def test_every_rule_has_an_invoice_that_it_refuses():
    assert {rule for rule, _, _ in REFUSED} == {rule.id for rule in RULES}
    assert len({rule.name for rule in RULES}) == len(RULES)


def test_no_total_is_judged_by_an_amount_that_is_missing():
    assert reasons(header(line_total_amount=None)).keys() == {"BR-12"}
    assert reasons(header(total_without_vat_amount=None)).keys() == {"BR-13"}


@settings(deadline=None, max_examples=60)
@given(right_invoices())
def test_right_invoices_keep_every_rule(invoice):
    assert broken_rules(invoice) == []


TOTALS = {
    "line_total_amount": {"BR-CO-10", "BR-CO-13"},
    "allowance_total_amount": {"BR-CO-11", "BR-CO-13"},
    "charge_total_amount": {"BR-CO-12", "BR-CO-13"},
    "total_without_vat_amount": {"BR-CO-13", "BR-CO-15"},
    "total_vat_amount": {"BR-CO-14", "BR-CO-15"},
    "total_with_vat_amount": {"BR-CO-15", "BR-CO-16"},
    "paid_amount": {"BR-CO-16"},
    "rounding_amount": {"BR-CO-16"},
    "due_amount": {"BR-CO-16"},
}
"""Each total, and the rules that it stands in."""


@settings(deadline=None, max_examples=60)
@given(right_invoices(), st.sampled_from(sorted(TOTALS)), st.sampled_from(["0.01", "-0.01", "1000000000000.00"]))
def test_a_total_that_is_off_breaks_exactly_the_rules_that_it_stands_in(invoice, name, off):
    wrong = f"{Decimal(invoice.header[name]) + Decimal(off)}"
    assert reasons(replace(invoice, header=dict(invoice.header) | {name: wrong})).keys() == TOTALS[name]


def test_tax_that_was_rounded_line_by_line_may_be_almost_a_unit_off():
    assert "BR-CO-17" not in reasons(one_of("taxes", 0, tax_amount="50.03"))
    assert "BR-CO-17" in reasons(one_of("taxes", 0, tax_amount="50.04"))


def test_an_extension_may_ask_for_what_third_parties_are_owed():
    assert broken_rules(third_party("212.01")) == []


@pytest.mark.parametrize("guideline", sorted(WITHOUT_LINES))
def test_a_profile_without_lines_is_asked_only_what_it_can_say(guideline):
    assert broken_rules(replace(header(guideline=guideline), lines=(), line_allowances_and_charges=())) == []
    assert "BR-CO-15" in reasons(replace(header(guideline=guideline, total_vat_amount="1.00"), lines=()))


def test_a_mistake_made_a_thousand_times_is_told_three_times():
    lines = tuple(dict(one) | {"tax_category_code": None} for one in WHOLE.lines * 400)
    told = reasons(replace(WHOLE, lines=lines))["BR-CO-04"]
    assert told.count("missing") == 3
    assert told.endswith("; and 1197 more")


def test_the_sentence_of_a_rule_names_its_terms():
    assert all(re.search(r"\(B[TG]-\d+\)|BT-\d+", rule.sentence) for rule in RULES if rule.id.startswith("BR-C"))
