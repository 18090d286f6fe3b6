"""What an invoice's rows come to in the books: signed amounts, and a quantity and price that multiply to them."""

from decimal import ROUND_HALF_UP, Decimal, localcontext

from schemas.en16931.document import amount, is_charge
from tasks.extract.formats.einvoice.syntax import Said

COLUMNS = (
    "booked_type", "booked_net_amount", "booked_tax_amount", "booked_gross_amount", "booked_quantity",
    "booked_price_amount", "booked_tax_code",
)  # fmt: skip
"""The columns that are worked out here, and stand in no standard."""

CREDIT_NOTES = {"81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532"}
"""The codes of UNTDID 1001 (BT-3) under which amounts are given back."""

CENT, FOUR_PLACES, HALF_A_CENT = Decimal("0.01"), Decimal("0.0001"), Decimal("0.005")

# Enough for two numbers of the greatest length that is read, multiplied.
DIGITS = 128


def sign_of(header: Said) -> int:
    """Minus one for a credit note, whose amounts are positive where they are given back."""
    return -1 if header.get("invoice_type_code") in CREDIT_NOTES else 1


def booked_invoice(header: Said) -> Said:
    """The totals of an invoice (BT-109, BT-110, BT-112)."""
    net = amount(header, "total_without_vat_amount")
    tax = amount(header, "total_vat_amount") or Decimal(0)
    gross = amount(header, "total_with_vat_amount")
    if net is None or gross is None:
        return {}
    sign = sign_of(header)
    gives_back = gross < 0 if sign > 0 else gross >= 0
    return {
        "booked_type": "credit_note" if gives_back else "invoice",
        "booked_net_amount": _text(sign * net),
        "booked_tax_amount": _text(sign * tax),
        "booked_gross_amount": _text(sign * gross),
    }


def booked_line(header: Said, line: Said, own: list[Said]) -> Said:
    """A line before its own allowances and charges, which are rows of their own."""
    net = amount(line, "line_net_amount")
    if net is None:
        return {}
    with localcontext(prec=DIGITS):
        for one in own:
            extra = amount(one, "allowance_charge_amount") or Decimal(0)
            net -= extra if is_charge(one) else -extra
        quantity, price = _multiplying(line, net)
        return _booked(header, line, net, quantity, price)


def booked_allowance_charge(header: Said, one: Said, line: Said) -> Said:
    """An allowance or charge as one piece of its amount, taxed as itself or as its line is."""
    extra = amount(one, "allowance_charge_amount")
    if extra is None:
        return {}
    with localcontext(prec=DIGITS):
        net = extra if is_charge(one) else -extra
        quantity = Decimal(1 if net > 0 or (net == 0 and is_charge(one)) else -1)
        return _booked(header, line | {name: text for name, text in one.items() if text}, net, quantity, abs(net))


def booked_tax(tax: Said) -> Said:
    """The code under which lines of this category and rate are booked."""
    return {"booked_tax_code": _tax_code(tax)}


def _multiplying(line: Said, net: Decimal) -> tuple[Decimal, Decimal]:
    """Quantity and unit price where they come to the amount with four decimals; else one piece of the amount.

    Prices have more decimals than the record's (0.061232374 a kilowatt hour), or stand for many units (BT-149).
    """
    quantity, price = amount(line, "quantity"), amount(line, "net_price_amount")
    base = amount(line, "price_base_quantity") or Decimal(1)
    if quantity and price is not None and base > 0:
        unit_price = (price / base).quantize(FOUR_PLACES, ROUND_HALF_UP)
        is_short = quantity == quantity.quantize(FOUR_PLACES)
        if is_short and unit_price >= 0 and abs(quantity * unit_price - net) <= HALF_A_CENT:
            return quantity, unit_price
    return Decimal(-1 if net < 0 else 1), abs(net)


def _booked(header: Said, terms: Said, net: Decimal, quantity: Decimal, price: Decimal) -> Said:
    sign = sign_of(header)
    rate = amount(terms, "tax_rate_pct") or Decimal(0)
    tax = (net * rate / 100).quantize(CENT, ROUND_HALF_UP)
    return {
        "booked_type": "invoice" if sign * quantity > 0 else "credit_note",
        "booked_net_amount": _text(sign * net),
        "booked_tax_amount": _text(sign * tax),
        "booked_quantity": _text(sign * quantity),
        "booked_price_amount": _text(price),
        "booked_tax_code": _tax_code(terms),
    }


def _tax_code(terms: Said) -> str | None:
    """The category and its rate, written in one way: S 19, not S 19.00."""
    category, rate = terms.get("tax_category_code"), amount(terms, "tax_rate_pct")
    if not category or rate is None:
        return category
    return f"{category} {_text(rate.normalize())}"


def _text(value: Decimal) -> str:
    return f"{value:f}"
