"""The taxes that DATEV books by itself: which part of a booking is tax, and on which account it belongs."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")

RATES = {"2": 7, "3": 19, "8": 7, "9": 19}
"""The tax keys whose rate and account are the same for everybody, in percent of the net amount."""

KNOWN_SINCE = date(2007, 1, 1)
"""Before, the full rate was another one."""

OTHER_RATES = (date(2020, 7, 1), date(2020, 12, 31))
"""For half a year the same keys stood for 16 and 5 percent, on accounts of their own."""

TAX_ACCOUNTS = {
    "03": {"2": "1771", "3": "1776", "8": "1571", "9": "1576"},
    "04": {"2": "3801", "3": "3806", "8": "1401", "9": "1406"},
}
"""On which account of a standard chart (SKR03, SKR04) the tax of a key belongs."""

AUTOMATIC = {
    "03": {"8300": "2", "8400": "3", "3300": "8", "3400": "9"},
    "04": {"4300": "2", "4400": "3", "5300": "8", "5400": "9"},
}
"""Accounts of a standard chart that hold net amounts though the booking gives no key. A chart has more of them."""

UNTAXED = {"03": ("1",), "04": ("1", "3")}
"""The classes of accounts on which no net amount stands: money, customers, suppliers, taxes."""

LIFTED = "4"
"""The first digit of a key that lifts what an account would do by itself."""

REVERSED = ("2", "3")
"""The first digits of a key that makes the booking one with turned signs; the second lifts as well."""


@dataclass(frozen=True)
class Key:
    """What a tax key (BU-Schlüssel) says."""

    tax: str | None = None
    """The tax; none where it says none."""
    is_lifted: bool = False
    is_reversed: bool = False


@dataclass(frozen=True)
class Tax:
    """The tax within a booking."""

    key: str
    rate_pct: int
    account: str
    on_contra: bool
    """Whether the contra account holds the net amount, or else the account."""

    def of(self, gross: Decimal) -> Decimal:
        """The tax within a gross amount, to the cent."""
        return (gross * self.rate_pct / (100 + self.rate_pct)).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Chart:
    """The chart of a batch, as far as its header names it: 03 or 04, and how long its accounts are."""

    name: str | None
    digits: int

    def of_standard(self, account: str) -> str:
        """The account as the standard chart numbers it, with four digits."""
        extra = self.digits - 4
        return account[:-extra] if extra > 0 and account.endswith("0" * extra) else account

    def is_taxed(self, account: str) -> bool:
        """Whether a net amount may stand on an account: no customer, supplier, money or tax."""
        return len(account) == self.digits and not account.startswith(UNTAXED[self.name or "03"])


def read_key(text: str) -> Key:
    """What a tax key says; one digit is a tax, two are what is done about it and the tax."""
    digits = text.lstrip("0")
    if len(digits) < 2:
        return Key(tax=digits or None)
    does, tax = digits[0], digits[1:].lstrip("0") or None
    if len(digits) == 2 and (does == LIFTED or does in REVERSED):
        return Key(tax, is_lifted=does in (LIFTED, REVERSED[1]), is_reversed=does in REVERSED)
    return Key(tax=digits)


def tax_of(key: Key, account: str, contra: str, day: date, chart: Chart) -> Tax | str | None:
    """The tax of a booking, none, or why it is not known."""
    if chart.name not in TAX_ACCOUNTS:
        return f"the tax key {key.tax}: the header names no standard chart" if key.tax else None
    by_itself = AUTOMATIC[chart.name]
    automatic = [by_itself[number] for number in map(chart.of_standard, (account, contra)) if number in by_itself]
    if key.is_lifted:
        automatic = []
    if key.tax and automatic:
        return f"the tax key {key.tax} on an account that books its tax by itself"
    tax = key.tax or next(iter(automatic), None)
    if tax is None:
        return None
    if tax not in RATES or day < KNOWN_SINCE or OTHER_RATES[0] <= day <= OTHER_RATES[1]:
        return f"the tax key {tax} on {day}"
    if chart.is_taxed(account) == chart.is_taxed(contra):
        return f"the tax key {tax}: which of {account} and {contra} holds the net amount is not known"
    number = TAX_ACCOUNTS[chart.name][tax].ljust(chart.digits, "0")
    return Tax(tax, RATES[tax], number, on_contra=chart.is_taxed(contra))
