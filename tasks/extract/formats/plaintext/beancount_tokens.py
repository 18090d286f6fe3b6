"""The words of a line as beancount writes them: days, accounts, texts, numbers, currencies and signs."""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from tasks.extract.formats.plaintext.amounts import DIGITS, Amount
from tasks.extract.formats.plaintext.entries import Price
from tasks.extract.formats.plaintext.lines import Unknown

LETTER = r"(?:[A-Z]|[^\x00-\x7f])"
PART = r"(?:[A-Za-z0-9-]|[^\x00-\x7f])*"

WORDS = re.compile(
    r"(?P<day>\d{4}[-/]\d{2}[-/]\d{2})(?!\d)"
    r'|(?P<text>"(?:[^"\\]|\\.)*")'
    rf"|(?P<account>{LETTER}{PART}(?::(?:[A-Z0-9]|[^\x00-\x7f]){PART})+)"
    r"|(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?![\d.]))"
    r"|(?P<currency>/?[A-Z](?:[A-Z0-9'._-]{0,22}[A-Z0-9])?(?![A-Za-z0-9]))"
    r"|(?P<tag>\#[A-Za-z0-9_/.-]+)"
    r"|(?P<link>\^[A-Za-z0-9_/.-]+)"
    r"|(?P<word>[a-z]+)"
    r"|(?P<sign>\{\{|\}\}|@@|[{}@,~*!&?%#()+/-])"
)
ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "b": "\b"}


class Word(NamedTuple):
    """A word of a line, and what it is."""

    kind: str
    text: str


def words(text: str) -> list[Word]:
    """The words of a line up to its comment."""
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    at = 0
    while at < len(text):
        if text[at].isspace():
            at += 1
        elif text[at] == ";":
            return
        elif found := WORDS.match(text, at):
            assert found.lastgroup
            yield Word(found.lastgroup, found[0])
            at = found.end()
        elif text[at] == '"':
            raise Unknown("a text that does not end on its line")
        else:
            raise Unknown(f"what {text[at : at + 40]!r} says is not read")


def plain_text(word: str) -> str:
    """What a text in quotes says."""
    return re.sub(r"\\(.)", lambda found: ESCAPES.get(found[1], found[1]), word[1:-1])


def read_day(text: str) -> str:
    """A day as YYYY-MM-DD."""
    try:
        return date.fromisoformat(text.replace("/", "-")).isoformat()
    except ValueError as error:
        raise Unknown(f"{text} is no day of the calendar") from error


class Words:
    """The words of a line, taken from left to right."""

    def __init__(self, text: str) -> None:
        self._words = words(text)
        self._at = 0

    def next_is(self, *texts: str) -> bool:
        """Whether the next word is one of these."""
        return self._at < len(self._words) and self._words[self._at].text in texts

    def kind(self) -> str | None:
        """What the next word is; none at the end."""
        return self._words[self._at].kind if self._at < len(self._words) else None

    def take(self, kind: str) -> str:
        """The next word, which must be of a kind."""
        if self.kind() != kind:
            found = self._words[self._at].text[:40] if self.kind() else "the end of the line"
            raise Unknown(f"{found} stands where a {kind} is read")
        self._at += 1
        return self._words[self._at - 1].text

    def take_sign(self, *signs: str) -> str | None:
        """The next word where it is one of these signs."""
        if not self.next_is(*signs):
            return None
        self._at += 1
        return self._words[self._at - 1].text

    def end(self) -> None:
        """Nothing may be left."""
        if self.kind():
            raise Unknown(f"{self._words[self._at].text[:40]!r} is one word too many")

    def number(self) -> Decimal:
        """A number with its sign."""
        sign = self.take_sign("+", "-")
        if self.next_is("("):
            raise Unknown("an amount that is to be reckoned; write what it comes to")
        digits = self.take("number").replace(",", "")
        if len(digits) > DIGITS:
            raise Unknown(f"a number of more than {DIGITS} digits")
        if self.next_is("+", "-", "*", "/"):
            raise Unknown("an amount that is to be reckoned; write what it comes to")
        return -Decimal(digits) if sign == "-" else Decimal(digits)

    def amount(self) -> Amount:
        """A number and its currency."""
        number = self.number()
        return Amount(number, self.take("currency"))

    def cost(self) -> Price | None:
        """What a lot was bought for; one that is left to be found is not read."""
        opening = self.take_sign("{{", "{")
        if not opening:
            return None
        cost = None
        closing = opening.replace("{", "}")
        while not self.take_sign(closing):
            if self.kind() in ("number", "sign") and not self.next_is(",", "*", "#"):
                cost = self.amount()
            elif self.kind() in ("day", "text"):
                self.take(str(self.kind()))
            elif not self.take_sign(","):
                raise Unknown("a cost that is averaged, or divided by #")
        if cost is None:
            raise Unknown("a lot without its cost; which one it is would have to be found among those held")
        return self._price(cost, is_total=opening == "{{")

    def price(self) -> Price | None:
        """What the amount was exchanged for."""
        sign = self.take_sign("@@", "@")
        return self._price(self.amount(), is_total=sign == "@@") if sign else None

    def _price(self, amount: Amount, *, is_total: bool) -> Price:
        if amount.quantity < 0:
            raise Unknown("a price that is negative")
        return Price(amount, is_total=is_total)
