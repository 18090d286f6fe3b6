"""Values as a system writes them, made wrong on purpose."""

from collections.abc import Callable
from decimal import Decimal

from tasks.simulate.delivery import Row


def negated(column: str) -> Callable[[Row], str]:
    """The amount with the other sign."""
    return lambda row: str(-Decimal(str(row[column])))


def raised(column: str, by: str) -> Callable[[Row], str]:
    """The amount and some more."""
    return lambda row: str(Decimal(str(row[column])) + Decimal(by))


def times(column: str, by: str) -> Callable[[Row], str]:
    """The amount times a factor, to the cent."""
    return lambda row: str((Decimal(str(row[column])) * Decimal(by)).quantize(Decimal("0.01")))


def has(column: str, *values: object) -> Callable[[Row], bool]:
    """Whether the column holds one of the values."""
    return lambda row: row[column] in values


def filled(column: str) -> Callable[[Row], bool]:
    """Whether the column holds anything."""
    return lambda row: row[column] is not None


def swap(this: bytes, that: bytes) -> Callable[[bytes], bytes]:
    """A written line with one thing in place of another."""
    return lambda line: line.replace(this, that, 1)


def longer(column: str) -> Callable[[Row], str]:
    """The amount with five decimals; rounded it would be what it was."""
    return lambda row: f"{row[column]}001"
