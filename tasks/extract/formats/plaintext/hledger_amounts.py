"""Amounts as hledger and ledger write them: symbol before or after, point or comma, prices, lots and assertions."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from tasks.extract.formats.plaintext.amounts import DIGITS, Amount
from tasks.extract.formats.plaintext.entries import Price
from tasks.extract.formats.plaintext.lines import Unknown

SYMBOL = r'"[^"]*"|[^\d\s\-+.,;@*"{}=()\[\]~]+'
# A blank may stand between groups of digits.
NUMBER = r"(?:\d(?:[\d.,]|[ \u00a0\u202f](?=\d))*|[.,]\d+)"
BEFORE = re.compile(rf"([-+]?)\s*({SYMBOL})\s*([-+]?)\s*({NUMBER})(?![eE][-+]?\d)")
AFTER = re.compile(rf"([-+]?)\s*({NUMBER})(?![eE][-+]?\d)\s*({SYMBOL})?")
GROUPS = re.compile("[ \u00a0\u202f]")

LOT = re.compile(r"(\{\{|\{)\s*=?([^{}]*)(\}\}|\})")
LOT_DATE = re.compile(r"\[[\d/.-]*\]")
LOT_NOTE = re.compile(r"\((?!@)[^()]*\)")
PRICE = re.compile(r"\(@@\)|\(@\)|@@|@")
ASSERTION = re.compile(r"==?\*?")


class Asserted(NamedTuple):
    """A balance assertion behind an amount; or, without an amount, the balance to which the posting leads."""

    amount: Amount
    is_only: bool
    is_with_parts: bool


class Written(NamedTuple):
    """What stands behind an account."""

    amount: Amount | None
    cost: Price | None
    price: Price | None
    asserted: Asserted | None


@dataclass
class Style:
    """How a journal writes its numbers, as its directives say."""

    mark: str | None = None
    """The decimal mark of all commodities that say nothing else."""
    marks: dict[str, str] = field(default_factory=dict)
    default: str = ""
    """The commodity of an amount that names none."""

    def declare(self, sample: str) -> Amount:
        """Learn from a sample amount which decimal mark its commodity has."""
        scan = _Scan(sample.strip(), Style(self.mark))
        symbol, _, number = scan.signed()
        scan.end()
        marks = re.sub(r"[^.,]", "", number)
        if marks:
            is_grouped_only = len(marks) > 1 and len(set(marks)) == 1
            self.marks[symbol] = {".": ",", ",": "."}[marks[-1]] if is_grouped_only else marks[-1]
        return Amount(read_number(number, self.marks.get(symbol, ".")), symbol)


def read_amount(text: str, style: Style) -> Amount:
    """One amount and nothing else."""
    scan = _Scan(text.strip(), style)
    amount = scan.amount()
    scan.end()
    return amount


def read_written(text: str, style: Style) -> Written:
    """What stands behind an account, without its comment."""
    scan = _Scan(text.strip(), style)
    if scan.is_at(ASSERTION):
        amount, cost, price = None, None, None
    else:
        amount = scan.amount()
        cost, price = scan.prices()
    asserted = scan.assertion()
    scan.end()
    return Written(amount, cost, price, asserted)


def read_number(text: str, mark: str | None) -> Decimal:
    """A number with the decimal mark that was declared, or the one that it shows itself."""
    bare = GROUPS.sub("", text)
    mark = mark or _shown_mark(bare)
    whole, _, part = bare.partition(mark)
    whole = whole.replace("," if mark == "." else ".", "")
    if not re.fullmatch(r"\d*", whole) or not re.fullmatch(r"\d*", part) or not whole + part:
        raise Unknown(f"{text!r} is no number with {mark!r} as decimal mark")
    if len(whole + part) > DIGITS:
        raise Unknown(f"a number of more than {DIGITS} digits")
    return Decimal(f"{whole or '0'}.{part}" if part else whole)


def _shown_mark(text: str) -> str:
    marks = re.sub(r"\d", "", text)
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return {".": ",", ",": "."}[marks[0]]
    # hledger takes it for a decimal comma, ledger for a thousand.
    if re.fullmatch(r"[1-9]\d{0,2},\d{3}", text):
        raise Unknown(f"{text!r} may be a thousand or a decimal comma; say `decimal-mark` in the journal")
    return marks or "."


class _Scan:
    """Goes through the text behind an account from left to right."""

    def __init__(self, text: str, style: Style) -> None:
        self._text = text
        self._style = style
        self._at = 0

    def is_at(self, pattern: re.Pattern[str]) -> bool:
        return pattern.match(self._text, self._at) is not None

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        found = pattern.match(self._text, self._at)
        if found:
            self._at = found.end()
            self._skip()
        return found

    def _skip(self) -> None:
        while self._text[self._at : self._at + 1].isspace():
            self._at += 1

    def end(self) -> None:
        if self._at < len(self._text):
            raise Unknown(f"what {self._text[self._at :][:40]!r} says is not read")

    def signed(self) -> tuple[str, str, str]:
        """Symbol, sign and digits of an amount."""
        if found := self._take(BEFORE):
            sign, symbol, inner, number = found.groups()
            if sign and inner:
                raise Unknown("an amount with two signs")
            return symbol.strip('"'), sign or inner, number
        if found := self._take(AFTER):
            sign, number, symbol = found.groups()
            return (symbol or "").strip('"'), sign, number
        if self.is_at(re.compile(r"\(|\*")):
            raise Unknown("a value expression or a multiplied amount; write the amount that it comes to")
        raise Unknown(f"{self._text[self._at :][:40]!r} is no amount")

    def amount(self) -> Amount:
        symbol, sign, number = self.signed()
        symbol = symbol or self._style.default
        quantity = read_number(number, self._style.marks.get(symbol, self._style.mark))
        return Amount(-quantity if sign == "-" else quantity, symbol)

    def prices(self) -> tuple[Price | None, Price | None]:
        """What a lot was bought for, and what it is exchanged for."""
        cost = price = None
        while True:
            if found := self._take(LOT):
                if cost or not found[2].strip():
                    raise Unknown("a lot without a price of its own, or with two")
                cost = Price(read_amount(found[2], self._style), is_total=found[1] == "{{")
            elif found := self._take(PRICE):
                if price:
                    raise Unknown("an amount with two prices")
                price = Price(self.amount(), is_total="@@" in found[0])
            elif not (self._take(LOT_DATE) or self._take(LOT_NOTE)):
                break
        for one in (cost, price):
            if one and one.amount.quantity < 0:
                raise Unknown("a price that is negative")
        return cost, price

    def assertion(self) -> Asserted | None:
        found = self._take(ASSERTION)
        if not found:
            return None
        amount = self.amount()
        # A price in an assertion is for the reader; hledger ignores it as well.
        self.prices()
        return Asserted(amount, found[0].startswith("=="), found[0].endswith("*"))
