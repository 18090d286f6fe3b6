"""How many decimals an amount may have: two (BR-DEC-*)."""

from collections.abc import Callable, Iterator

from schemas.en16931.document import Invoice, Terms, is_allowance, is_charge
from schemas.en16931.rule import Finding, Rule

Groups = Callable[[Invoice], Iterator[Terms]]


def _header(invoice: Invoice) -> Iterator[Terms]:
    yield invoice.header


def _allowances(invoice: Invoice) -> Iterator[Terms]:
    return filter(is_allowance, invoice.allowances_and_charges)


def _charges(invoice: Invoice) -> Iterator[Terms]:
    return filter(is_charge, invoice.allowances_and_charges)


def _line_allowances(invoice: Invoice) -> Iterator[Terms]:
    return filter(is_allowance, invoice.line_allowances_and_charges)


def _line_charges(invoice: Invoice) -> Iterator[Terms]:
    return filter(is_charge, invoice.line_allowances_and_charges)


def _taxes(invoice: Invoice) -> Iterator[Terms]:
    return iter(invoice.taxes)


def _lines(invoice: Invoice) -> Iterator[Terms]:
    return iter(invoice.lines)


AMOUNTS: tuple[tuple[str, str, Groups, str], ...] = (
    ("BR-DEC-01", "BT-92", _allowances, "allowance_charge_amount"),
    ("BR-DEC-02", "BT-93", _allowances, "allowance_charge_base_amount"),
    ("BR-DEC-05", "BT-99", _charges, "allowance_charge_amount"),
    ("BR-DEC-06", "BT-100", _charges, "allowance_charge_base_amount"),
    ("BR-DEC-09", "BT-106", _header, "line_total_amount"),
    ("BR-DEC-10", "BT-107", _header, "allowance_total_amount"),
    ("BR-DEC-11", "BT-108", _header, "charge_total_amount"),
    ("BR-DEC-12", "BT-109", _header, "total_without_vat_amount"),
    ("BR-DEC-13", "BT-110", _header, "total_vat_amount"),
    ("BR-DEC-14", "BT-112", _header, "total_with_vat_amount"),
    ("BR-DEC-15", "BT-111", _header, "total_vat_accounting_amount"),
    ("BR-DEC-16", "BT-113", _header, "paid_amount"),
    ("BR-DEC-17", "BT-114", _header, "rounding_amount"),
    ("BR-DEC-18", "BT-115", _header, "due_amount"),
    ("BR-DEC-19", "BT-116", _taxes, "tax_base_amount"),
    ("BR-DEC-20", "BT-117", _taxes, "tax_amount"),
    ("BR-DEC-23", "BT-131", _lines, "line_net_amount"),
    ("BR-DEC-24", "BT-136", _line_allowances, "allowance_charge_amount"),
    ("BR-DEC-25", "BT-137", _line_allowances, "allowance_charge_base_amount"),
    ("BR-DEC-27", "BT-141", _line_charges, "allowance_charge_amount"),
    ("BR-DEC-28", "BT-142", _line_charges, "allowance_charge_base_amount"),
)
"""Each rule with the term that it is about, and where that stands."""


def _more_than_two(term: str, groups: Groups, name: str) -> Finding:
    def breaks(invoice: Invoice) -> Iterator[str]:
        for terms in groups(invoice):
            text = terms.get(name) or ""
            if len(text.partition(".")[2]) > 2:
                yield f"{term} is {text}"

    return breaks


DECIMALS = tuple(
    Rule(
        identifier,
        f"The allowed maximum number of decimals for {term} is 2.",
        _more_than_two(term, groups, name),
    )
    for identifier, term, groups, name in AMOUNTS
)
