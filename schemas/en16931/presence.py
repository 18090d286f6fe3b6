"""What must be there before anything can be added up: totals, amounts and the sides on which they count."""

from collections.abc import Iterator

from schemas.en16931.document import DECIMAL, DIGITS, Invoice, Terms, is_allowance, is_charge, kind_of, name_of
from schemas.en16931.rule import Finding, Rule

NUMBERS = ("_amount", "_quantity", "_pct", "quantity")
"""How the names of columns end that hold a number."""


def numbers_are_decimals(invoice: Invoice) -> Iterator[str]:
    """Amounts, quantities, prices and percentages are decimal numbers."""
    for called, terms in invoice.groups():
        for name, text in terms.items():
            if text and name.endswith(NUMBERS) and (len(text) > DIGITS or not DECIMAL.fullmatch(text)):
                yield f"{name} of {called} is {text[:60]!r}, which is no decimal number"


def has_lines(invoice: Invoice) -> Iterator[str]:
    """BR-16."""
    if not invoice.lines:
        yield "it has no line"


def _total(name: str, term: str) -> Finding:
    def breaks(invoice: Invoice) -> Iterator[str]:
        if not invoice.header.get(name):
            yield f"{term} is missing"

    return breaks


def _of_each(group: str, name: str, term: str) -> Finding:
    def breaks(invoice: Invoice) -> Iterator[str]:
        groups: tuple[Terms, ...] = getattr(invoice, group)
        for position, terms in enumerate(groups, start=1):
            if not terms.get(name):
                called = f"line {name_of(terms)}" if group == "lines" else f"VAT breakdown {position}"
                yield f"{term} of {called} is missing"

    return breaks


def _amount_of(group: str, *, charges: bool, term: str) -> Finding:
    def breaks(invoice: Invoice) -> Iterator[str]:
        for terms in getattr(invoice, group):
            if (is_charge if charges else is_allowance)(terms) and not terms.get("allowance_charge_amount"):
                yield f"{term} of {kind_of(terms)} is missing"

    return breaks


def has_indicators(invoice: Invoice) -> Iterator[str]:
    """BR-66, which the schema asks of UBL and the published rules of CII."""
    for terms in (*invoice.allowances_and_charges, *invoice.line_allowances_and_charges):
        if not is_charge(terms) and not is_allowance(terms):
            said = terms.get("is_charge")
            yield f"an allowance or charge has {f'the indicator {said[:20]!r}' if said else 'no indicator'}"


PRESENCE = (
    Rule("decimal", "An amount, quantity, price or percentage is a decimal number.", numbers_are_decimals),
    Rule(
        "BR-12",
        "An Invoice shall have the Sum of Invoice line net amount (BT-106).",
        _total("line_total_amount", "BT-106"),
    ),
    Rule(
        "BR-13",
        "An Invoice shall have the Invoice total amount without VAT (BT-109).",
        _total("total_without_vat_amount", "BT-109"),
    ),
    Rule(
        "BR-14",
        "An Invoice shall have the Invoice total amount with VAT (BT-112).",
        _total("total_with_vat_amount", "BT-112"),
    ),
    Rule("BR-15", "An Invoice shall have the Amount due for payment (BT-115).", _total("due_amount", "BT-115")),
    Rule("BR-16", "An Invoice shall have at least one Invoice line (BG-25).", has_lines),
    Rule(
        "BR-24",
        "Each Invoice line shall have an Invoice line net amount (BT-131).",
        _of_each("lines", "line_net_amount", "BT-131"),
    ),
    Rule(
        "BR-31",
        "Each Document level allowance shall have a Document level allowance amount (BT-92).",
        _amount_of("allowances_and_charges", charges=False, term="BT-92"),
    ),
    Rule(
        "BR-36",
        "Each Document level charge shall have a Document level charge amount (BT-99).",
        _amount_of("allowances_and_charges", charges=True, term="BT-99"),
    ),
    Rule(
        "BR-41",
        "Each Invoice line allowance shall have an Invoice line allowance amount (BT-136).",
        _amount_of("line_allowances_and_charges", charges=False, term="BT-136"),
    ),
    Rule(
        "BR-43",
        "Each Invoice line charge shall have an Invoice line charge amount (BT-141).",
        _amount_of("line_allowances_and_charges", charges=True, term="BT-141"),
    ),
    Rule(
        "BR-45",
        "Each VAT breakdown shall have a VAT category taxable amount (BT-116).",
        _of_each("taxes", "tax_base_amount", "BT-116"),
    ),
    Rule(
        "BR-46",
        "Each VAT breakdown shall have a VAT category tax amount (BT-117).",
        _of_each("taxes", "tax_amount", "BT-117"),
    ),
    Rule("BR-66", "Each allowance or charge shall say which of the two it is.", has_indicators),
)
