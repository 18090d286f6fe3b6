"""Reading BAI2, the cash management reports of North American banks: one statement an account and day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from tasks.errors import UnreadableFile
from tasks.extract.formats.statements import EXACT, Balance, Row, Statement, Unreadable, statement_file
from tasks.extract.formats.stream import FOREIGN, TextStream, first_line, open_bytes, read_head, read_lines
from tasks.extract.formats.text import TextFile
from tasks.source import FilesExtract

RECORDS = {"01", "02", "03", "16", "49", "88", "98", "99"}

RECORD_CHARACTERS = 1 << 20
"""How long a record with its continuations may be; true ones have some hundreds of characters."""

WITHOUT_DECIMALS = {
    "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF",
    "XPF",
}  # fmt: skip
WITH_THREE_DECIMALS = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}
"""Amounts are in the smallest unit of the currency (ISO 4217); of every other it is a hundredth."""

OPENING, CLOSING = "010", "015"
"""The codes of the balances between which the transactions of the day lie."""

AMOUNT = re.compile(r"[+-]?[0-9]{1,40}")


def read_bai2(path: Path, extract: FilesExtract) -> TextFile:
    """Open a BAI2 file, plain or compressed by its suffix.

    Raises UnreadableFile when it is none, is cut off, or has a record that is none of BAI2.
    """
    head = read_head(path, extract.encoding)
    return statement_file(_statements(path, head.encoding))


def _statements(path: Path, encoding: str) -> Iterator[Statement | Unreadable]:
    try:
        with open_bytes(path) as stream:
            yield from _Reader().read(_records(_lines(stream, encoding)))
    except (OSError, pa.ArrowException, EOFError, UnicodeError) as error:
        raise UnreadableFile(f"it could not be read to its end: {first_line(error)}") from error


def _lines(stream: pa.NativeFile, encoding: str) -> Iterator[str]:
    for number, raw in enumerate(read_lines(TextStream(stream, encoding)), start=1):
        line = raw.decode().removeprefix("\ufeff").rstrip()
        if FOREIGN.search(line):
            raise UnreadableFile(
                f"its line {number} is not {encoding} text; say in the source which `encoding:` it has"
            )
        if line:
            yield line


@dataclass
class _Record:
    """A record with its continuations: its code, the rest of its text, and how many lines it takes."""

    code: str
    text: str
    lines: int = 1
    is_field_ended: bool = False

    @property
    def fields(self) -> list[str]:
        """The fields; a transaction's last is text, and may hold commas."""
        return [field.strip() for field in self.text.split(",")]

    def at(self, position: int) -> str | None:
        """The field at this position, the code not counted; None where it is empty or not there."""
        fields = self.fields
        return fields[position] or None if position < len(fields) else None


def _records(lines: Iterator[str]) -> Iterator[_Record]:
    record: _Record | None = None
    for number, line in enumerate(lines, start=1):
        code, text = line[:2], line[3:]
        if code not in RECORDS or (record is None and code != "01"):
            expected = "01" if record is None else "one of BAI2"
            raise UnreadableFile(f"it is no BAI2 file: record {number} begins with {code!r}, not with {expected}")
        if code == "88" and record is not None:
            # A line that ends in a slash has ended a field; else its text goes on.
            record.text += ("," if record.is_field_ended else " ") + text.removesuffix("/")
            record.lines += 1
        else:
            if record is not None:
                yield record
            record = _Record(code, text.removesuffix("/"))
        assert record is not None
        record.is_field_ended = line.endswith("/")
        if len(record.text) > RECORD_CHARACTERS:
            raise UnreadableFile(f"it has a record {record.code} longer than {RECORD_CHARACTERS >> 20} MiB")
    if record is not None:
        yield record


class _Reader:
    """Goes through the records once; what the trailers say is held against what was read."""

    def __init__(self) -> None:
        self._group: _Record | None = None
        self._currency = "USD"
        self._statement: Statement | None = None
        self._totals = {"49": 0, "98": 0, "99": 0}
        self._counts = {"49": 0, "98": 0, "99": 0}
        self._lines = {"49": 0, "98": 0, "99": 0}

    def read(self, records: Iterator[_Record]) -> Iterator[Statement | Unreadable]:
        code = ""
        for record in records:
            code = record.code
            for level in self._lines:
                self._lines[level] += record.lines
            if code == "02":
                self._group = record
                self._restart("98", record.lines)
            elif code == "03":
                self._account(record)
            elif self._statement is not None and code == "16":
                self._transaction(self._statement, record)
            elif self._statement is not None and code == "49":
                yield self._end_of_account(self._statement, record)
            elif code in {"98", "99"}:
                yield from self._end_of(code, record)
            elif code != "01":
                raise UnreadableFile(f"it has a record {code} outside of an account")
        if code != "99":
            raise UnreadableFile("it is cut off: it does not end in a record 99")

    def _restart(self, level: str, lines: int) -> None:
        self._totals[level], self._counts[level], self._lines[level] = 0, 0, lines

    def _account(self, record: _Record) -> None:
        if self._group is None or self._statement is not None:
            raise UnreadableFile("it has an account outside of a group, or one that does not end")
        self._restart("49", record.lines)
        self._currency = (record.at(1) or self._group.at(5) or "USD").upper()
        day = _day(self._group.at(3))
        self._statement = Statement(
            {
                "message_type": "BAI2",
                "account_id": record.at(0),
                "account_currency": self._currency,
                "account_bank": self._group.at(1),
                "statement_id": day,
                "to_date": day,
            }
        )
        for kind, amount in self._summaries(record):
            if amount is not None and kind in {OPENING, CLOSING}:
                balance = Balance(self._scaled(amount), self._currency, day)
                if kind == OPENING:
                    self._statement.opening = balance
                else:
                    self._statement.closing = balance

    def _summaries(self, record: _Record) -> Iterator[tuple[str | None, int | None]]:
        """The balances and sums of an account's header, four fields each and those of their availability."""
        fields = record.fields[2:]
        while len(fields) > 1:
            kind, amount, funds = fields[0] or None, _number(fields[1]), fields[3] if len(fields) > 3 else ""
            self._totals["49"] += amount or 0
            yield kind, amount
            fields = fields[4 + _availability(funds, fields[4:]) :]

    def _transaction(self, statement: Statement, record: _Record) -> None:
        code, text = record.at(0) or "", record.at(1) or ""
        after = 3 + _availability(record.at(2) or "", record.fields[3:])
        number = _number(text)
        self._totals["49"] += number or 0
        sign = _sign(code)
        amount = None if number is None or sign is None else self._scaled(number * sign)
        day = statement.said["statement_id"]
        row: Row = {
            "status": "BOOK",
            "is_reversal": "false",
            "amount": text or None,
            "currency": self._currency,
            "booking_date": day,
            "value_date": _day(record.at(3)) if record.at(2) == "V" else day,
            "transaction_code": code,
            "bank_reference": record.at(after),
            "customer_reference": record.at(after + 1),
            "reference": ",".join(record.text.split(",")[after + 2 :]).strip() or None,
        }
        if number is not None and sign is None:
            # The digits without a sign would read as money that came in.
            row["amount"] = f"{text} of type {code}, neither a credit nor a debit"
        if code != "890":
            statement.add(row, amount, is_booked=True)

    def _end_of_account(self, statement: Statement, record: _Record) -> Statement:
        statement.claims += _broken(record, 0, self._totals["49"], "49", "amounts of its records")
        statement.claims += _broken(record, 1, self._lines["49"], "49", "records", is_count=True)
        self._totals["98"] += _number(record.at(0) or "") or 0
        self._counts["98"] += 1
        self._statement = None
        return statement

    def _end_of(self, code: str, record: _Record) -> Iterator[Unreadable]:
        if self._statement is not None:
            raise UnreadableFile("it is cut off: an account does not end in a record 49")
        what = "accounts" if code == "98" else "groups"
        broken = [
            *_broken(record, 0, self._totals[code], code, f"totals of its {what}"),
            *_broken(record, 1, self._counts[code], code, what, is_count=True),
            *_broken(record, 2, self._lines[code], code, "records", is_count=True),
        ]
        if broken:
            yield Unreadable(f"{code},{record.text}", "statement:control", "; ".join(broken))
        if code == "98":
            self._totals["99"] += _number(record.at(0) or "") or 0
            self._counts["99"] += 1

    def _scaled(self, amount: int) -> Decimal:
        decimals = 0 if self._currency in WITHOUT_DECIMALS else 3 if self._currency in WITH_THREE_DECIMALS else 2
        return EXACT.scaleb(Decimal(amount), -decimals)


def _broken(
    record: _Record, position: int, found: int, code: str, what: str, *, is_count: bool = False
) -> Iterator[str]:
    """What a trailer says of its records that is not so."""
    said = _number(record.at(position) or "")
    if said is not None and said != found:
        verb = "there are" if is_count else "they come to"
        yield f"its record {code} says {said} for the {what}, {verb} {found}"


def _number(text: str) -> int | None:
    return int(text) if AMOUNT.fullmatch(text) else None


def _sign(code: str) -> int | None:
    """Whether a transaction is a credit or a debit, by the ranges of the standard; None where they do not say."""
    if not re.fullmatch(r"\d{3}", code):
        return None
    number = int(code)
    if 100 <= number < 400 or 700 <= number < 760 or 920 <= number < 960:
        return 1
    if 400 <= number < 700 or 760 <= number < 800 or 960 <= number < 1000:
        return -1
    return None


def _availability(funds: str, fields: list[str]) -> int:
    """How many fields say when the money can be drawn."""
    if funds == "D" and fields:
        return 1 + 2 * (_number(fields[0]) or 0)
    return {"S": 3, "V": 2}.get(funds, 0)


def _day(text: str | None) -> str | None:
    """A day of six digits; what is none is left to the contract."""
    try:
        # Python's two digits: 69 to 99 are those of the last century.
        return datetime.strptime(text or "", "%y%m%d").date().isoformat()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return text
