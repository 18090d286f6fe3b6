"""Reading MT940 and MT942 (SWIFT) as banks write them: statements of an account and reports of the day."""

import codecs
import logging
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import mt940
import pyarrow as pa

from tasks.errors import UnreadableFile
from tasks.extract.formats.statements import IBAN, Balance, Row, Statement, Unreadable, plain, statement_file
from tasks.extract.formats.stream import FOREIGN, TextStream, first_line, open_bytes, read_head, read_lines
from tasks.extract.formats.text import TextFile
from tasks.source import FilesExtract

TAG = re.compile(r":(?P<tag>\d\d[A-Z]?|NS):")
"""How a field begins."""

START, LINE = "20", "61"
ENDS = {"62F", "62M", "62", "64", "65", "90D", "90C"}
"""The fields after the last line of a statement."""

ENVELOPE = re.compile(r"^\{[^:]:.*\{4:")
"""What the SWIFT network puts before a message, where its first field stands on the same line."""

TRAILER = re.compile(r"-(\}.*)?")
"""The line that ends a message, with what the SWIFT network adds to it."""

PART_CHARACTERS = 1 << 18
"""How long a statement's head, a line with its text, or a tail may be; the standard's are below a thousand."""

LAST_YEAR = 2079
"""Years have two digits: 80 to 99 are those of the last century."""

OPTIONS = mt940.Options.all()

# The library writes what it cannot read to the log, and what stands on a statement is nobody's business there.
logging.getLogger("mt940").setLevel(logging.CRITICAL + 1)


def read_mt940(path: Path, extract: FilesExtract) -> TextFile:
    """Open a file of MT940 or MT942 messages, plain or compressed by its suffix.

    Raises UnreadableFile when it holds no such message, is in another encoding, or has a field too long to be true.
    """
    head = read_head(path, extract.encoding)
    return statement_file(_statements(path, head.encoding))


def _statements(path: Path, encoding: str) -> Iterator[Statement | Unreadable]:
    found = 0
    try:
        with open_bytes(path) as stream:
            for message in _messages(_lines(stream, encoding)):
                found += 1
                yield from message
    except (OSError, pa.ArrowException, EOFError, UnicodeError) as error:
        raise UnreadableFile(f"it could not be read to its end: {first_line(error)}") from error
    if not found:
        raise UnreadableFile("it is no MT940: no line of it begins with a field such as :20:")


def _lines(stream: pa.NativeFile, encoding: str) -> Iterator[str]:
    """The lines; a colon alone on one begins a field that was wrapped at its start."""
    before = ""
    for number, raw in enumerate(read_lines(TextStream(stream, codecs.lookup(encoding).name)), start=1):
        for line in (before + raw.decode()).removeprefix("\ufeff").split("\r"):
            if FOREIGN.search(line):
                reason = f"its line {number} is not {encoding} text; say in the source which `encoding:` it has"
                raise UnreadableFile(f"{reason}, cp1252 or latin-1 or cp850 as a rule")
            before = ":" if line.strip() == ":" else ""
            if not before:
                yield line


@dataclass
class _Part:
    """A stretch of a message: its head, one line with its text, or its tail."""

    tag: str
    lines: list[str] = field(default_factory=list)
    characters: int = 0

    def add(self, line: str) -> None:
        self.lines.append(line)
        self.characters += len(line) + 1
        if self.characters > PART_CHARACTERS:
            raise UnreadableFile(f"it has a field {self.tag} longer than {PART_CHARACTERS >> 10} Ki of characters")

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


def _parts(lines: Iterable[str]) -> Iterator[_Part]:
    """The parts of all messages; what stands outside of them, envelopes and bank's own headers, is left out."""
    part: _Part | None = None
    for line in lines:
        if TRAILER.fullmatch(line.strip()):
            continue
        field_line = ENVELOPE.sub("", line, count=1)
        begun = TAG.match(field_line)
        tag = begun["tag"] if begun else None
        if tag and (part is None or tag in {START, LINE} or (tag in ENDS and part.tag not in ENDS)):
            if part is not None:
                yield part
            part = _Part(tag)
        if part is not None:
            part.add(field_line)
    if part is not None:
        yield part


def _messages(lines: Iterable[str]) -> Iterator[Iterator[Statement | Unreadable]]:
    message: _Message | None = None
    for part in _parts(lines):
        if message is None or part.tag == START:
            if message is not None:
                yield message.close()
            message = _Message()
        message.take(part)
    if message is not None:
        yield message.close()


class _Message:
    """One message on its way to a statement; the library reads its parts."""

    def __init__(self) -> None:
        self._read = mt940.models.Transactions(options=OPTIONS)
        self._statement = Statement({})
        self._unreadable: list[Unreadable] = []
        self._sums = {"C": (0, Decimal(0)), "D": (0, Decimal(0))}
        self._is_begun = False

    def take(self, part: _Part) -> None:
        """Read a part; one that cannot be read is set aside, and the statement can then not add up."""
        try:
            self._read.parse(part.text)
            if part.tag == LINE:
                self._line(self._read.transactions.pop().data)
            elif self._read.transactions:
                self._read.transactions.clear()
            if part.tag in ENDS:
                self._statement.said["statement_information"] = _information(part.lines)
        except (RuntimeError, ValueError, ArithmeticError, LookupError, TypeError) as error:
            reason = f"its field {part.tag} is not as the standard has it ({type(error).__name__})"
            self._unreadable.append(Unreadable(part.text, "structure:field", reason))
            self._statement.unsummed = self._statement.unsummed or f"a field {part.tag} cannot be read"
        if not self._is_begun:
            self._begin()

    def _begin(self) -> None:
        self._is_begun = True
        self._statement.opening = self._balance("opening")

    def _balance(self, which: str) -> Balance | None:
        said = self._read.data
        found = (said.get(f"{kind}{which}_balance") for kind in ("final_", "intermediate_", ""))
        one = next((balance for balance in found if balance is not None), None)
        if one is None or not isinstance(one.amount, mt940.models.Amount):
            return None
        return Balance(one.amount.amount, one.amount.currency, _day(one.date))

    def _line(self, said: dict[str, Any]) -> None:
        mark = str(said["status"]).upper()
        amount: Decimal = said["amount"].amount
        side = "D" if mark in {"D", "RC"} else "C"
        count, total = self._sums[side]
        self._sums[side] = (count + 1, total + abs(amount))
        self._statement.add(_row(said, mark), amount, is_booked=True)

    def close(self) -> Iterator[Statement | Unreadable]:
        """What the message says, once all of it has been read."""
        statement, said = self._statement, self._read.data
        statement.closing = self._balance("closing")
        statement.claims = list(self._broken_sums(said))
        number, page = said.get("statement_number"), said.get("sequence_number")
        last = statement.closing or statement.opening
        numbered = "/".join(str(int(part)) for part in (number, page) if part)
        is_interim = any(key in said for key in ("c_floor_limit", "d_floor_limit")) and not statement.closing
        statement.said |= {
            "message_type": "MT942" if is_interim else "MT940",
            "message_id": said.get("transaction_reference"),
            "account_id": said.get("account_identification"),
            "account_currency": self._read.currency,
            # Numbers begin again each year, and many banks write none at all; with the day they are told apart.
            "statement_id": " ".join(part for part in (last.day if last else None, numbered) if part) or None,
            "statement_no": number,
            "page_no": page,
            "created_at": str(said["date"]) if "date" in said else None,
        }
        yield statement
        yield from self._unreadable

    def _broken_sums(self, said: dict[str, Any]) -> Iterator[str]:
        for side, key in (("D", "sum_debit_entries"), ("C", "sum_credit_entries")):
            if (one := said.get(key)) is None:
                continue
            count, total = self._sums[side]
            if (one.number.lstrip("0") or "0", abs(one.amount)) != (str(count), total):
                yield f"its field 90{side} says {one.number} lines of {abs(one.amount)}, there are {count} of {total}"


def _row(said: dict[str, Any], mark: str) -> Row:
    account = _text(said.get("applicant_iban") or said.get("gvc_applicant_iban"))
    booked = said.get("entry_date") or said["date"]
    return {
        "status": "BOOK",
        "is_reversal": "true" if mark.startswith("R") else "false",
        "amount": plain(said["amount"].amount),
        "currency": said.get("currency"),
        "booking_date": _day(booked),
        "value_date": _day(said["date"]),
        "transaction_code": _text(said.get("id")),
        "bank_transaction_code": _text(said.get("transaction_code")),
        "customer_reference": _text(said.get("customer_reference")),
        "bank_reference": _text(said.get("bank_reference")),
        "end_to_end_id": _text(said.get("end_to_end_reference")),
        "mandate_id": _text(said.get("additional_position_reference")),
        "creditor_id": _text(said.get("applicant_creditor_id")),
        "purpose_code": _text(said.get("purpose_code")),
        "return_reason_code": _text(said.get("return_debit_notes")),
        "posting_text": _text(said.get("posting_text")),
        "counterparty_name": _text(said.get("applicant_name")),
        "counterparty_account": account,
        "counterparty_iban": account if account and IBAN.fullmatch(account) else None,
        "counterparty_bank": _text(said.get("applicant_bin")),
        "reference": _text(said.get("purpose") or said.get("transaction_details") or said.get("non_swift_text")),
        "additional_information": _text(said.get("extra_details") or said.get("additional_purpose")),
    }


def _text(value: object) -> str | None:
    return str(value).strip() or None if value is not None else None


def _day(day: Any) -> str:
    return str(day.replace(year=day.year - 100) if day.year > LAST_YEAR else day)


def _information(lines: list[str]) -> str | None:
    """The text after the closing balance, which is about the statement, and about none of its lines."""
    text: list[str] = []
    is_text = False
    for line in lines:
        begun = TAG.match(line)
        is_text = begun["tag"] == "86" if begun else is_text
        if is_text:
            text.append(line[begun.end() :] if begun else line)
    return "\n".join(text).strip() or None
