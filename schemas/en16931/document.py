"""An invoice as EN 16931 sees it: its business terms by the names that the columns of an e-invoice have."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Terms = Mapping[str, str | None]
"""The business terms of one group of an invoice, as text; what it does not say is null or absent."""

DECIMAL = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)")
"""How XML writes a decimal: no exponent, no thousands separator, a point."""

# The record keeps 14 digits before the point and 4 after it; thrice as many are no amount, and cost time to add up.
DIGITS = 54
"""How long the text of a number may be."""


@dataclass(frozen=True)
class Invoice:
    """An invoice or credit note: its own terms, and those of its lines, tax breakdown, allowances and charges."""

    header: Terms
    lines: tuple[Terms, ...] = ()
    """BG-25, those that the totals count."""
    taxes: tuple[Terms, ...] = ()
    """BG-23, the VAT breakdown."""
    allowances_and_charges: tuple[Terms, ...] = ()
    """BG-20 and BG-21, of the whole document."""
    line_allowances_and_charges: tuple[Terms, ...] = field(default=())
    """BG-27 and BG-28, of single lines."""

    @property
    def guideline(self) -> str:
        """The specification that it follows (BT-24)."""
        return self.header.get("guideline") or ""

    def groups(self) -> Iterator[tuple[str, Terms]]:
        """Every group of terms, with what a person calls it."""
        yield "the invoice", self.header
        for line in self.lines:
            yield f"line {name_of(line)}", line
        for number, tax in enumerate(self.taxes, start=1):
            yield f"VAT breakdown {number}", tax
        for one in self.allowances_and_charges:
            yield f"{kind_of(one)} of the invoice", one
        for one in self.line_allowances_and_charges:
            yield f"{kind_of(one)} of line {name_of(one)}", one


def number(text: str | None) -> Decimal | None:
    """The text as a number; None where it says none, or nothing that is a decimal number."""
    if text is None or len(text) > DIGITS or not DECIMAL.fullmatch(text):
        return None
    return Decimal(text)


def amount(terms: Terms, name: str) -> Decimal | None:
    """An amount of a group, None where it is not there."""
    return number(terms.get(name))


def name_of(line: Terms) -> str:
    """What the invoice calls a line (BT-126)."""
    return line.get("line_id") or "without identifier"


def kind_of(terms: Terms) -> str:
    """An allowance or a charge."""
    return {"true": "a charge", "false": "an allowance"}.get(terms.get("is_charge") or "", "an allowance or charge")


def is_charge(terms: Terms) -> bool:
    """Whether it adds to the amount."""
    return terms.get("is_charge") == "true"


def is_allowance(terms: Terms) -> bool:
    """Whether it is taken off the amount."""
    return terms.get("is_charge") == "false"
