"""The arithmetic of an invoice: each total is what it is the sum of (BR-CO-10 to BR-CO-18)."""

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from schemas.en16931.document import Invoice, Terms, amount, is_allowance, is_charge
from schemas.en16931.rule import Rule

CENT = Decimal("0.01")

# The published rules let the tax of a rate differ by less than one unit of the currency from the rate's share of its
# base, for invoices whose tax was rounded line by line.
TAX_TOLERANCE = Decimal(1)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def _sum(groups: Iterable[Terms], name: str) -> Decimal:
    return sum((amount(terms, name) or Decimal(0) for terms in groups), Decimal(0))


def _compared(term: str, said: Decimal | None, what: str, found: Decimal) -> Iterator[str]:
    """What is wrong with a total that is stated and does not come to what it should."""
    if said is not None and said != _rounded(found):
        yield f"{term} is {said}, but {what} is {_rounded(found)}"


def lines_come_to_their_sum(invoice: Invoice) -> Iterator[str]:
    """BR-CO-10."""
    said = amount(invoice.header, "line_total_amount")
    found = _sum(invoice.lines, "line_net_amount")
    yield from _compared("BT-106", said, f"the sum of BT-131 over {_count(len(invoice.lines), 'line')}", found)


def allowances_come_to_their_sum(invoice: Invoice) -> Iterator[str]:
    """BR-CO-11."""
    allowances = [one for one in invoice.allowances_and_charges if is_allowance(one)]
    said = amount(invoice.header, "allowance_total_amount")
    what = f"the sum of BT-92 over {_count(len(allowances), 'allowance')}"
    yield from _compared("BT-107", said or Decimal(0), what, _sum(allowances, "allowance_charge_amount"))


def charges_come_to_their_sum(invoice: Invoice) -> Iterator[str]:
    """BR-CO-12."""
    charges = [one for one in invoice.allowances_and_charges if is_charge(one)]
    said = amount(invoice.header, "charge_total_amount")
    what = f"the sum of BT-99 over {_count(len(charges), 'charge')}"
    yield from _compared("BT-108", said or Decimal(0), what, _sum(charges, "allowance_charge_amount"))


def total_without_vat_adds_up(invoice: Invoice) -> Iterator[str]:
    """BR-CO-13; the lines by their sum, BT-106, which BR-CO-10 holds against them."""
    lines = amount(invoice.header, "line_total_amount")
    if lines is None:
        return
    less = amount(invoice.header, "allowance_total_amount") or Decimal(0)
    more = amount(invoice.header, "charge_total_amount") or Decimal(0)
    said = amount(invoice.header, "total_without_vat_amount")
    what = f"BT-106 {lines} - BT-107 {less} + BT-108 {more}"
    yield from _compared("BT-109", said, what, lines - less + more)


def tax_comes_to_its_sum(invoice: Invoice) -> Iterator[str]:
    """BR-CO-14."""
    said = amount(invoice.header, "total_vat_amount")
    what = f"the sum of BT-117 over {_count(len(invoice.taxes), 'VAT breakdown')}"
    yield from _compared("BT-110", said or Decimal(0), what, _sum(invoice.taxes, "tax_amount"))


def total_with_vat_adds_up(invoice: Invoice) -> Iterator[str]:
    """BR-CO-15."""
    net = amount(invoice.header, "total_without_vat_amount")
    if net is None:
        return
    tax = amount(invoice.header, "total_vat_amount") or Decimal(0)
    said = amount(invoice.header, "total_with_vat_amount")
    yield from _compared("BT-112", said, f"BT-109 {net} + BT-110 {tax}", net + tax)


def amount_due_adds_up(invoice: Invoice) -> Iterator[str]:
    """BR-CO-16, which BR-DEX-09 takes the place of in XRechnung's extension."""
    if not has_third_parties(invoice):
        yield from _due(invoice, Decimal(0), "")


def amount_due_with_third_parties_adds_up(invoice: Invoice) -> Iterator[str]:
    """BR-DEX-09."""
    if has_third_parties(invoice):
        others = amount(invoice.header, "third_party_payment_amount") or Decimal(0)
        yield from _due(invoice, others, f" + BT-DEX-002 {others}")


def has_third_parties(invoice: Invoice) -> bool:
    """Whether it follows the extension in which an invoice may ask for money on behalf of others."""
    return "urn:xeinkauf.de:kosit:extension:xrechnung" in invoice.guideline


def _due(invoice: Invoice, others: Decimal, told: str) -> Iterator[str]:
    gross = amount(invoice.header, "total_with_vat_amount")
    if gross is None:
        return
    paid = amount(invoice.header, "paid_amount") or Decimal(0)
    rounding = amount(invoice.header, "rounding_amount") or Decimal(0)
    said = amount(invoice.header, "due_amount")
    what = f"BT-112 {gross} - BT-113 {paid} + BT-114 {rounding}{told}"
    yield from _compared("BT-115", said, what, gross - paid + rounding + others)


def tax_is_its_rate(invoice: Invoice) -> Iterator[str]:
    """BR-CO-17; a category that has no rate has no tax."""
    for tax in invoice.taxes:
        base, said, rate = (amount(tax, name) for name in ("tax_base_amount", "tax_amount", "tax_rate_pct"))
        if base is None or said is None:
            continue
        found = _rounded(base * (rate or Decimal(0)) / 100)
        if abs(said - found) >= (TAX_TOLERANCE if rate else CENT):
            yield f"BT-117 is {said}, but BT-116 {base} x BT-119 {'none' if rate is None else rate}% is {found}"


def has_a_tax_breakdown(invoice: Invoice) -> Iterator[str]:
    """BR-CO-18."""
    if not invoice.taxes:
        yield "it has no VAT breakdown"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


TOTALS = (
    Rule(
        "BR-CO-10",
        "Sum of Invoice line net amount (BT-106) = Σ Invoice line net amount (BT-131).",
        lines_come_to_their_sum,
    ),
    Rule(
        "BR-CO-11",
        "Sum of allowances on document level (BT-107) = Σ Document level allowance amount (BT-92).",
        allowances_come_to_their_sum,
    ),
    Rule(
        "BR-CO-12",
        "Sum of charges on document level (BT-108) = Σ Document level charge amount (BT-99).",
        charges_come_to_their_sum,
    ),
    Rule(
        "BR-CO-13",
        "Invoice total amount without VAT (BT-109) = Σ Invoice line net amount (BT-131) - Sum of allowances "
        "on document level (BT-107) + Sum of charges on document level (BT-108).",
        total_without_vat_adds_up,
    ),
    Rule("BR-CO-14", "Invoice total VAT amount (BT-110) = Σ VAT category tax amount (BT-117).", tax_comes_to_its_sum),
    Rule(
        "BR-CO-15",
        "Invoice total amount with VAT (BT-112) = Invoice total amount without VAT (BT-109) + Invoice total "
        "VAT amount (BT-110).",
        total_with_vat_adds_up,
    ),
    Rule(
        "BR-CO-16",
        "Amount due for payment (BT-115) = Invoice total amount with VAT (BT-112) - Paid amount (BT-113) + "
        "Rounding amount (BT-114).",
        amount_due_adds_up,
    ),
    Rule(
        "BR-DEX-09",
        "Amount due for payment (BT-115) = Invoice total amount with VAT (BT-112) - Paid amount (BT-113) + "
        "Rounding amount (BT-114) + Σ Third party payment amount (BT-DEX-002).",
        amount_due_with_third_parties_adds_up,
        standard="xrechnung",
    ),
    Rule(
        "BR-CO-17",
        "VAT category tax amount (BT-117) = VAT category taxable amount (BT-116) x (VAT category rate "
        "(BT-119) / 100), rounded to two decimals.",
        tax_is_its_rate,
    ),
    Rule("BR-CO-18", "An Invoice shall at least have one VAT breakdown group (BG-23).", has_a_tax_breakdown),
)
