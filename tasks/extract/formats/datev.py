"""Reading DATEV booking batches (EXTF Buchungsstapel): each booking as its balanced lines, with the tax it implies."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from tasks.errors import UnreadableFile
from tasks.extract.formats.datev_taxes import CENT, Chart, Key, Tax, read_key, tax_of
from tasks.extract.formats.plaintext.batches import Row, Unreadable, file_of
from tasks.extract.formats.plaintext.lines import Line, Unknown, numbered_lines
from tasks.extract.formats.text import TextFile
from tasks.source import FilesExtract

COLUMNS = (
    "part", "line", "entry_no", "line_no", "date", "account", "contra_account", "amount", "currency_code",
    "currency_amount", "base_currency_code", "tax_key", "tax_rate_pct", "not_booked", "document_id", "document_2",
    "description", "cost_centre", "cost_centre_2", "is_reversal", "is_final", "service_date", "batch", "batch_created",
    "consultant", "client", "year_start", "first_day", "last_day", "chart",
)  # fmt: skip
"""The columns: part is `account`, `contra` or `tax`; `not_booked` says what DATEV would book and this does not."""

MARKS, VERSIONS, CATEGORY, FORMATS = ("EXTF", "DTVF"), ("510", "700"), "21", range(7, 14)

FIELDS = {
    "amount": "umsatz", "side": "soll/haben", "currency_code": "wkz umsatz", "rate": "kurs",
    "base_amount": "basis-umsatz", "base_currency_code": "wkz basis", "account": "konto", "contra": "gegenkonto",
    "key": "bu-schl", "day": "belegdatum", "document_id": "belegfeld 1", "document_2": "belegfeld 2",
    "discount": "skonto", "description": "buchungstext", "cost_centre": "kost1", "cost_centre_2": "kost2",
    "is_final": "festschreibung", "service_date": "leistungsdatum", "reversal": "generalumkehr",
}  # fmt: skip
"""The fields that are read, and how the names of their columns begin; they differ a little from version to version."""

NEEDED = ("amount", "side", "account", "contra", "day")


@dataclass(frozen=True)
class Head:
    """What the first line of a batch says of all its bookings."""

    year_start: date
    first_day: date
    last_day: date
    chart: Chart
    currency_code: str
    said: Mapping[str, str]

    def day(self, text: str) -> date:
        """The day of a booking, which stands there as DDMM: it lies in the financial year."""
        digits = text.zfill(4)
        if not re.fullmatch(r"\d{4}", digits):
            raise Unknown(f"{text!r} is no day as DDMM")
        day, month = int(digits[:2]), int(digits[2:])
        for year in (self.year_start.year, self.year_start.year + 1):
            try:
                found = date(year, month, day)
            except ValueError:
                continue
            if found >= self.year_start:
                break
        else:
            raise Unknown(f"{text!r} is no day of the financial year that begins on {self.year_start}")
        if not self.first_day <= found <= self.last_day:
            raise Unknown(f"{found} is not between {self.first_day} and {self.last_day}, as its batch says")
        return found


@dataclass(frozen=True)
class Booking:
    """A booking with its amounts in both currencies, signed as they stand on its account: debit is positive."""

    day: date
    account: str
    contra: str
    gross: Decimal
    currency_code: str
    currency_gross: Decimal
    key: Key
    tax: Tax | None
    not_booked: str | None

    def lines(self) -> Iterator[Row]:
        """Its lines, which sum to nothing in either currency."""
        tax, currency_tax = (self.tax.of(self.gross), self.tax.of(self.currency_gross)) if self.tax else (CENT * 0,) * 2
        on_contra = self.tax is not None and self.tax.on_contra
        net = CENT * 0 if on_contra else tax, CENT * 0 if on_contra else currency_tax
        yield _line("account", self.account, self.contra, self.gross - net[0], self.currency_gross - net[1])
        net = (tax, currency_tax) if on_contra else (CENT * 0,) * 2
        yield _line("contra", self.contra, self.account, net[0] - self.gross, net[1] - self.currency_gross)
        if self.tax:
            turned = -1 if on_contra else 1
            counter = self.account if on_contra else self.contra
            yield _line("tax", self.tax.account, counter, turned * tax, turned * currency_tax)


def _line(part: str, account: str, contra: str, amount: Decimal, currency_amount: Decimal) -> Row:
    return {
        "part": part,
        "account": account,
        "contra_account": contra,
        "amount": f"{amount:f}",
        "currency_amount": f"{currency_amount:f}",
    }


def read_datev(path: Path, extract: FilesExtract) -> TextFile:
    """Open a booking batch, plain or compressed.

    Raises UnreadableFile when it is no batch of a version that is known, or lacks a column that it must have.
    """
    return file_of(COLUMNS, _rows(numbered_lines(path, extract)))


def _rows(lines: Iterator[Line]) -> Iterator[Row | Unreadable]:
    try:
        head = _head(_split(next(lines, Line(1, "")).text))
        places = _places(_split(next(lines, Line(2, "")).text))
    except Unknown as error:
        raise UnreadableFile(f"it is no DATEV file: {error}") from error
    for number, line in enumerate((line for line in lines if not line.is_blank), start=1):
        try:
            yield from _booking_rows(head, _fields(places, _split(line.text)), line.number, number)
        except Unknown as error:
            yield Unreadable(line.text, f"line {line.number}: {error}")


def _split(text: str) -> list[str]:
    try:
        return next(csv.reader([text], delimiter=";", strict=True), [])
    except csv.Error as error:
        raise Unknown(f"its quotes are not closed: {error}") from error


def _head(fields: list[str]) -> Head:
    fields += [""] * (31 - len(fields))
    mark, version, category, name, form = fields[:5]
    if mark not in MARKS:
        raise UnreadableFile("it is no DATEV file: it does not begin with EXTF")
    if version not in VERSIONS or category != CATEGORY or not form.isdecimal() or int(form) not in FORMATS:
        raise UnreadableFile(
            f"it is {name or 'a DATEV file'} {form} of header {version}; booking batches 7 to 13 are read"
        )
    year_start, first, last = (_whole_day(fields[at], what) for at, what in HEAD_DAYS.items())
    return Head(
        year_start,
        first,
        last,
        Chart(fields[26] or None, int(fields[13]) if re.fullmatch("[4-8]", fields[13]) else 4),
        fields[21] or "EUR",
        {
            "batch": fields[16],
            "batch_created": fields[5],
            "consultant": fields[10],
            "client": fields[11],
            "year_start": year_start.isoformat(),
            "first_day": first.isoformat(),
            "last_day": last.isoformat(),
            "chart": fields[26],
        },
    )


HEAD_DAYS = {12: "the beginning of the financial year", 14: "its first day", 15: "its last day"}


def _whole_day(text: str, what: str) -> date:
    try:
        return date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    except ValueError as error:
        raise UnreadableFile(f"its header does not say {what} as YYYYMMDD, but {text!r}") from error


def _places(names: list[str]) -> dict[str, int]:
    """Where each field stands, by how its column's name begins."""
    lowered = [name.strip().lower() for name in names]
    found = {
        field: at
        for field, begins in FIELDS.items()
        if (at := next((at for at, name in enumerate(lowered) if name.startswith(begins)), None)) is not None
    }
    missing = [FIELDS[field] for field in NEEDED if field not in found]
    if missing:
        raise UnreadableFile(f"its second line names no column {missing[0]!r}")
    return found


def _fields(places: Mapping[str, int], fields: list[str]) -> dict[str, str]:
    if len(fields) <= max(places[field] for field in NEEDED):
        raise Unknown(f"it has {len(fields)} fields, which end before what every booking has")
    return {field: fields[at].strip() for field, at in places.items() if at < len(fields) and fields[at].strip()}


def _booking_rows(head: Head, said: Mapping[str, str], line: int, entry_no: int) -> Iterator[Row]:
    booking = _booking(head, said)
    about: Row = {
        **head.said,
        "line": str(line),
        "entry_no": str(entry_no),
        "date": booking.day.isoformat(),
        "currency_code": booking.currency_code,
        "base_currency_code": head.currency_code,
        "tax_key": said.get("key"),
        "tax_rate_pct": str(booking.tax.rate_pct) if booking.tax else None,
        "not_booked": booking.not_booked,
        "is_reversal": "true" if booking.key.is_reversed or _is_reversal(said) else "false",
        "is_final": said.get("is_final"),
        "service_date": said.get("service_date"),
    }
    texts = ("document_id", "document_2", "description", "cost_centre", "cost_centre_2")
    about |= {name: said.get(name) for name in texts}
    for line_no, row in enumerate(booking.lines(), start=1):
        yield about | row | {"line_no": str(line_no)}


def _booking(head: Head, said: Mapping[str, str]) -> Booking:
    key = read_key(_digits(said, "key", "0"))
    account, contra = (_digits(said, field, "").zfill(head.chart.digits) for field in ("account", "contra"))
    day = head.day(said.get("day", ""))
    side = said.get("side", "S").upper()
    if side not in ("S", "H"):
        raise Unknown(f"{side!r} is neither S (debit) nor H (credit)")
    sign = 1 if (side == "S") != (key.is_reversed or _is_reversal(said)) else -1
    gross = _number(said.get("amount", ""))
    currency_code = said.get("currency_code", head.currency_code)
    tax = tax_of(key, account, contra, _service_day(said) or day, head.chart)
    is_discounted = _number(said.get("discount", "0")) != 0
    reasons = [tax] if isinstance(tax, str) else []
    reasons += ["the cash discount"] if is_discounted else []
    return Booking(
        day,
        account,
        contra,
        sign * _in_base(head, said, gross, currency_code),
        currency_code,
        sign * gross,
        key,
        tax if isinstance(tax, Tax) and not is_discounted else None,
        "; ".join(reasons) or None,
    )


def _is_reversal(said: Mapping[str, str]) -> bool:
    """Whether the booking is a general reversal: it takes back another one on the same side."""
    return said.get("reversal", "0").upper() in ("1", "G")


def _service_day(said: Mapping[str, str]) -> date | None:
    text = said.get("service_date")
    if not text:
        return None
    try:
        return date(int(text[4:]), int(text[2:4]), int(text[:2]))
    except ValueError as error:
        raise Unknown(f"{text!r} is no day as DDMMYYYY") from error


def _in_base(head: Head, said: Mapping[str, str], gross: Decimal, currency_code: str) -> Decimal:
    """The amount in the currency of the books: as it is given, or by the rate, units for one of them."""
    if currency_code == head.currency_code:
        return gross
    if said.get("base_amount") and said.get("base_currency_code", head.currency_code) == head.currency_code:
        return _number(said["base_amount"])
    rate = _number(said.get("rate", "0"))
    if not rate:
        raise Unknown(f"an amount in {currency_code} with neither a rate nor its amount in {head.currency_code}")
    return (gross / rate).quantize(CENT, ROUND_HALF_UP)


def _digits(said: Mapping[str, str], field: str, default: str) -> str:
    text = said.get(field, default)
    if not re.fullmatch(r"\d{1,9}", text):
        raise Unknown(f"{text!r} is no number of an account" if field != "key" else f"{text!r} is no tax key")
    return text


def _number(text: str) -> Decimal:
    if not re.fullmatch(r"\d{1,12}(,\d{1,6})?", text):
        raise Unknown(f"{text!r} is no amount such as 1234,56")
    return Decimal(text.replace(",", "."))
