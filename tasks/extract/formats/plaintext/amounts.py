"""Amounts of a journal: an exact number and its commodity, as they are written and as they are reckoned with."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

DIGITS = 40
"""How many digits a number may have; no amount of money has half as many."""

# Sums and products of numbers of forty digits fit twice over: nothing is ever rounded unseen.
EXACT = Context(prec=400)

NOTHING = Decimal(0)


class Amount(NamedTuple):
    """So much of a commodity; the number has the decimals with which it was written."""

    quantity: Decimal
    commodity: str

    @property
    def decimals(self) -> int:
        """How many decimals are written."""
        return decimals(self.quantity)


def decimals(number: Decimal) -> int:
    """How many decimals a number is written with."""
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)
    return max(0, -exponent)


def times(number: Decimal, other: Decimal) -> Decimal:
    """The exact product."""
    return EXACT.multiply(number, other)


def total(numbers: Iterable[Decimal]) -> Decimal:
    """The exact sum."""
    result = NOTHING
    for number in numbers:
        result = EXACT.add(result, number)
    return result


def rounded(number: Decimal, places: int) -> Decimal:
    """The number with so many decimals, halves to the even digit."""
    return number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_EVEN, context=EXACT)


def share(number: Decimal, part: Decimal, whole: Decimal, places: int) -> Decimal:
    """So much of the number as the part is of the whole, with so many decimals."""
    return rounded(EXACT.divide(times(number, part), whole), places)


def plain(number: Decimal) -> str:
    """The number in plain digits."""
    return f"{number:f}"
