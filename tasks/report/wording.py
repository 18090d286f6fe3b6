"""How values are written for a reader: one way for each kind, the same in HTML and PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

EVERYTHING = Decimal(100)
MINUS = "\N{MINUS SIGN}"
UNBROKEN_SPACE = "\N{NO-BREAK SPACE}"
NOTHING = "\N{EN DASH}"
"""What stands where there is no value."""

# Not strftime, whose names follow the machine's language.
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def number(value: Decimal | int, places: int = 0) -> str:
    """A number with thousands separators and a true minus; halves are rounded away from zero, as in books."""
    rounded = Decimal(value).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"{rounded + 0:,}".replace("-", MINUS)


def money(value: Decimal | int) -> str:
    """An amount, to the cent."""
    return number(value, 2)


def count(value: int | Decimal) -> str:
    """A number of things."""
    return number(value)


def quantity(value: Decimal | int) -> str:
    """Units: whole where they are whole."""
    exact = Decimal(value)
    return number(exact, 0 if exact == exact.to_integral_value() else 2)


def percent(value: Decimal | float, places: int = 1) -> str:
    """A share of a hundred; what is almost none or almost all never reads as none or all."""
    exact, step = Decimal(str(value)), Decimal(1).scaleb(-places)
    if 0 < exact < step / 2:
        return f"<{step}%"
    if EVERYTHING - step / 2 <= exact < EVERYTHING:
        return f">{EVERYTHING - step}%"
    return f"{number(exact, places)}%"


def fine_percent(value: Decimal | float) -> str:
    """A share of a hundred where a few in ten thousand matter."""
    return percent(value, 2)


def day(value: date) -> str:
    """A day in a table."""
    return f"{value.day:02d} {MONTHS[value.month - 1][:3]} {value.year}"


def long_day(value: date) -> str:
    """A day in a sentence: 31 December 2025."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """A month in a table."""
    return f"{MONTHS[value.month - 1][:3]} {value.year}"


def instant(value: datetime) -> str:
    """A moment, in UTC, to the minute."""
    return f"{day(value.date())} {value:%H:%M} UTC"


def size(value: int) -> str:
    """Bytes in the largest unit that leaves a number of at least one."""
    amount, unit = Decimal(value), "B"
    for larger in ("kB", "MB", "GB", "TB"):
        if amount < 1000:
            break
        amount, unit = amount / 1000, larger
    return f"{number(amount, 0 if unit == 'B' else 1)}{UNBROKEN_SPACE}{unit}"


def words(value: object) -> str:
    """A code as words: `credit_note` becomes `credit note`."""
    return str(value).replace("_", " ")


WRITERS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "code": str,
    "words": words,
    "money": money,
    "count": count,
    "quantity": quantity,
    "percent": percent,
    "fine_percent": fine_percent,
    "date": day,
    "month": month,
    "instant": instant,
    "size": size,
    "figure": str,
}
"""The kinds of value a reader meets."""

NUMERIC = {"money", "count", "quantity", "percent", "fine_percent", "size", "figure"}
"""The kinds that stand to the right, digit under digit."""


def written(kind: str, value: object) -> str:
    """A value as a reader sees it."""
    return NOTHING if value is None else WRITERS[kind](value)


def amount(currency_code: str, value: Decimal) -> str:
    """An amount with its currency, as a headline has it: whole units, since cents only distract there."""
    return f"{currency_code} {number(value)}"


def listed(parts: Sequence[str]) -> str:
    """Words as a list in a sentence: a, b and c."""
    return ", ".join(parts[:-1]) + " and " + parts[-1] if len(parts) > 1 else "".join(parts)


def plural(things: int, one: str, many: str = "") -> str:
    """A count with its noun: 1 file, 2 files."""
    return f"{count(things)} {one if things == 1 else many or one + 's'}"


def change(now: Decimal, before: Decimal) -> str:
    """How a figure moved against an earlier one; empty when the earlier one gives no measure."""
    if before <= 0:
        return ""
    moved = (now - before) / before * 100
    return f"{'+' if moved >= 0 else ''}{number(moved, 1)}%"
