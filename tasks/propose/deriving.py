"""Columns that a record needs and a file does not hold, but that can be made of others or are the same in every row."""

from collections.abc import Callable

from schemas.records import RECORDS
from tasks.propose.expressions import Written, number, quoted
from tasks.propose.matching import Match

MONEY = "decimal(18, 4)"


def derived(match: Match, done: dict[str, Written], name: str, currency: str) -> Written | None:
    """How a column that no column of the file is could be filled; None where only a person knows."""
    maker = MAKERS.get(name)
    return maker(match, done, currency) if maker else None


def _line_no(match: Match, done: dict[str, Written], _: str) -> Written | None:
    key = [name for name in RECORDS[match.record].about().key if name in done and not name.endswith("_no")]
    if not key:
        return None
    within = ", ".join(done[name].sql for name in key)
    return Written(f"row_number() over (partition by {within} order by _row)", ("counted in the order of the file",))


def _document_type(match: Match, _: dict[str, Written], __: str) -> Written:
    for name in ("quantity", "net_amount", "gross_amount"):
        guess = match.chosen.get(name)
        if guess and any(value.lstrip().startswith("-") for value in guess.seen.values):
            value = number(guess.seen, quoted(guess.seen.name))
            sign = f"case when cast({value} as {MONEY}) < 0 then 'credit_note' else 'invoice' end"
            return Written(sign, ("by the sign",))
    return Written("'invoice'", ("no column says which; credit notes have another sign or another number?",))


def _currency(_: Match, __: dict[str, Written], currency: str) -> Written:
    return Written(f"'{currency}'", ("the file names none; is it the company's own?",))


def _net(_: Match, done: dict[str, Written], __: str) -> Written | None:
    if "quantity" in done and "unit_price_amount" in done:
        return Written(_product(done["quantity"].sql, done["unit_price_amount"].sql), ("quantity times price",))
    if "gross_amount" in done and "tax_amount" in done:
        return Written(_difference(done["gross_amount"].sql, done["tax_amount"].sql), ("gross less tax",))
    return done.get("gross_amount")


def _gross(_: Match, done: dict[str, Written], __: str) -> Written | None:
    if "net_amount" in done and "tax_amount" in done:
        net, tax = done["net_amount"].sql, done["tax_amount"].sql
        return Written(f"cast({net} as {MONEY}) + cast({tax} as {MONEY})", ("net plus tax",))
    return done.get("net_amount")


def _tax(_: Match, done: dict[str, Written], __: str) -> Written:
    if "gross_amount" in done and "net_amount" in done:
        return Written(_difference(done["gross_amount"].sql, done["net_amount"].sql), ("gross less net",))
    return Written("'0'", ("the file names no tax",))


def _price(_: Match, done: dict[str, Written], __: str) -> Written | None:
    # Net by quantity is not exact; of one piece it is.
    if "net_amount" in done and "quantity" not in done:
        return Written(f"abs(cast({done['net_amount'].sql} as {MONEY}))", ("one piece a line",))
    return None


def _quantity(match: Match, done: dict[str, Written], _: str) -> Written | None:
    if "unit_price_amount" in done:
        return None
    guess = match.chosen.get("net_amount")
    if guess is None:
        return None
    sign = f"case when cast({done['net_amount'].sql} as {MONEY}) < 0 then -1 else 1 end"
    return Written(sign, ("one piece a line",))


def _due(_: Match, done: dict[str, Written], __: str) -> Written | None:
    if "document_date" not in done:
        return None
    return Written(done["document_date"].sql, ("the file names no due date: due at once?",))


DIRECTIONS = {"invoices": "receivable", "payments": "in", "tax_codes": "output", "interactions": "inbound"}


def _direction(match: Match, _: dict[str, Written], __: str) -> Written | None:
    word = DIRECTIONS.get(match.record)
    return Written(f"'{word}'", ("the same in every row? no column says it",)) if word else None


def _constant(value: str) -> Callable[[Match, dict[str, Written], str], Written]:
    return lambda _, __, ___: Written(f"'{value}'", ("the file does not say; the same in every row?",))


def _statement(_: Match, done: dict[str, Written], __: str) -> Written | None:
    day = done.get("booking_date")
    if day is None:
        return None
    cast = day.sql if day.sql.startswith("strptime") else f"cast({day.sql} as timestamp)"
    return Written(f"strftime({cast}, '%Y-%m-%d')", ("one statement a day",))


def _product(one: str, other: str) -> str:
    return f"cast({one} as {MONEY}) * cast({other} as {MONEY})"


def _difference(one: str, other: str) -> str:
    return f"cast({one} as {MONEY}) - cast({other} as {MONEY})"


MAKERS: dict[str, Callable[[Match, dict[str, Written], str], Written | None]] = {
    "currency_code": _currency,
    "base_currency_code": _currency,
    "direction": _direction,
    "desk": _constant("customer_service"),
    "budget_id": _constant("budget"),
    "bank_account_id": _constant("account"),
    "unit_price_amount": _price,
    "quantity": _quantity,
    "net_amount": _net,
    "tax_amount": _tax,
    "gross_amount": _gross,
    "document_type": _document_type,
    "due_date": _due,
    "statement_id": _statement,
    "line_no": _line_no,
    "event_no": _line_no,
}
"""In the order in which they are made: the number of a line needs its document's."""
