"""Invoices that are right: one with everything in it, and as many as hypothesis likes."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from hypothesis import strategies as st

from schemas.en16931 import Invoice

CENT = Decimal("0.01")

ABOUT = {
    "guideline": "urn:cen.eu:en16931:2017#compliant#urn:xeinkauf.de:kosit:xrechnung_3.0",
    "invoice_number": "R-2025-0815",
    "issue_date": "2025-03-14",
    "due_date": "2025-04-13",
    "invoice_type_code": "380",
    "currency_code": "EUR",
    "note": "Thank you",
    "payment_terms": "Within 30 days",
    "seller_name": "Glazier & Sons <Ltd>",
    "seller_id": "4711",
    "seller_registration_id": "HRB 99",
    "seller_vat_id": "DE123456789",
    "seller_tax_id": "12/345",
    "seller_city": "Bremen",
    "seller_postal_code": "28195",
    "seller_country_code": "DE",
    "seller_email": "post@glazier.example",
    "buyer_name": "Quill & Lantern",
    "buyer_vat_id": "ATU12345678",
    "payment_account": "DE75512108001245126199",
    "period_start_date": "2025-03-01",
    "period_end_date": "2025-03-31",
}
"""What a right invoice says beside its figures."""


def line(number: int, quantity: str, price: str, net: str, category: str, rate: str) -> dict[str, str]:
    """A line of an invoice."""
    return {
        "line_id": str(number), "quantity": quantity, "unit_code": "C62", "net_price_amount": price,
        "line_net_amount": net, "tax_category_code": category, "tax_rate_pct": rate, "item_name": f"Pane {number}",
    }  # fmt: skip


def extra(indicator: str, amount: str, category: str, rate: str, **more: str) -> dict[str, str]:
    """An allowance or charge."""
    said = {
        "is_charge": indicator, "allowance_charge_amount": amount, "reason": "Agreed", "reason_code": "95",
        "tax_category_code": category, "tax_rate_pct": rate,
    }  # fmt: skip
    return said | more


def totalled(lines, extras, line_extras, about: Mapping[str, str], paid: Decimal, rounding: Decimal) -> Invoice:
    """An invoice of these lines, allowances and charges with the totals that they come to."""
    lines_total = sum((Decimal(one["line_net_amount"]) for one in lines), Decimal(0))
    sides = {
        side: sum((Decimal(one["allowance_charge_amount"]) for one in extras if one["is_charge"] == side), Decimal(0))
        for side in ("false", "true")
    }
    net = lines_total - sides["false"] + sides["true"]
    taxes = list(taxed(lines, extras))
    tax = sum((Decimal(one["tax_amount"]) for one in taxes), Decimal(0))
    gross = net + tax
    totals = {
        "line_total_amount": lines_total, "allowance_total_amount": sides["false"],
        "charge_total_amount": sides["true"], "total_without_vat_amount": net, "total_vat_amount": tax,
        "total_with_vat_amount": gross, "paid_amount": paid, "rounding_amount": rounding,
        "due_amount": gross - paid + rounding,
    }  # fmt: skip
    header = dict(about) | {name: f"{value:.2f}" for name, value in totals.items()}
    return Invoice(header, tuple(lines), tuple(taxes), tuple(extras), tuple(line_extras))


def taxed(lines, extras):
    """The VAT breakdown, a group for each category and rate."""
    counted = [(one["tax_category_code"], one["tax_rate_pct"], Decimal(one["line_net_amount"])) for one in lines]
    for one in extras:
        amount = Decimal(one["allowance_charge_amount"])
        signed = amount if one["is_charge"] == "true" else -amount
        counted.append((one["tax_category_code"], one["tax_rate_pct"], signed))
    for (category, rate), group in groupby(sorted(counted), lambda one: one[:2]):
        base = sum((amount for _, _, amount in group), Decimal(0))
        tax = (base * Decimal(rate) / 100).quantize(CENT, ROUND_HALF_UP)
        yield {
            "tax_base_amount": f"{base:.2f}", "tax_amount": f"{tax:.2f}", "tax_category_code": category,
            "tax_rate_pct": rate,
        }  # fmt: skip


WHOLE = totalled(
    [
        # 3 x 40 less an allowance of 12 and with a charge of 2.
        line(1, "3", "40.00", "110.00", "S", "19"),
        line(2, "-1", "10.00", "-10.00", "S", "7"),
        # A price for a thousand units, with more decimals than a record keeps.
        line(3, "2500", "61.23237", "153.08", "S", "19") | {"price_base_quantity": "1000"},
    ],
    [
        extra("false", "5.00", "S", "19", allowance_charge_base_amount="50.00", allowance_charge_pct="10"),
        extra("true", "8.00", "S", "7"),
    ],
    [extra("false", "12.00", "S", "19", line_id="1"), extra("true", "2.00", "S", "19", line_id="1")],
    ABOUT,
    Decimal("100.00"),
    Decimal("0.03"),
)
"""An invoice with everything in it."""

amounts = st.decimals("-99999.99", "99999.99", places=2)
positive = st.decimals("0.00", "99999.99", places=2)
rates = st.sampled_from([("S", "19"), ("S", "7"), ("S", "5.5"), ("Z", "0"), ("E", "0"), ("AE", "0")])


@st.composite
def right_invoices(draw: st.DrawFn) -> Invoice:
    """Invoices and credit notes of any lines, allowances, charges and taxes, with the totals that they come to."""
    lines, line_extras = [], []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        quantity = draw(st.decimals("-999.999", "999.999", places=3))
        price = draw(st.decimals("0", "999", places=6))
        net = (quantity * price).quantize(CENT, ROUND_HALF_UP)
        category, rate = draw(rates)
        for side in draw(st.lists(st.sampled_from(["false", "true"]), max_size=2)):
            amount = draw(positive)
            net += amount if side == "true" else -amount
            line_extras.append(extra(side, f"{amount}", category, rate, line_id=str(number)))
        lines.append(line(number, f"{quantity}", f"{price}", f"{net}", category, rate))
    extras = [
        extra(draw(st.sampled_from(["false", "true"])), f"{draw(positive)}", *draw(rates))
        for _ in range(draw(st.integers(0, 3)))
    ]
    about = ABOUT | {"invoice_type_code": draw(st.sampled_from(["380", "384", "381"]))}
    return totalled(lines, extras, line_extras, about, draw(amounts), draw(st.sampled_from([Decimal(0), CENT])))
