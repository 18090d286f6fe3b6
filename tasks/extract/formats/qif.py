"""Reading QIF (Quicken): each entry as balanced rows, one of its own account and one of each category or split."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

from tasks.errors import UnreadableFile
from tasks.extract.formats.plaintext.amounts import DIGITS, plain, total
from tasks.extract.formats.plaintext.batches import Row, Unreadable, file_of
from tasks.extract.formats.plaintext.lines import Line, Unknown, numbered_lines
from tasks.extract.formats.text import TextFile
from tasks.source import FilesExtract

COLUMNS = (
    "part", "line", "entry_no", "day_no", "line_no", "account", "account_type", "date", "amount", "payee", "memo",
    "number", "cleared", "address", "category", "class", "transfer_account", "description",
)  # fmt: skip
"""The columns: part is `entry` (its own account), `split` (what is on the other side), `account` or `category`."""

MONEY_TYPES = {"bank", "cash", "ccard", "oth a", "oth l", "invoice"}
"""The sections whose entries move money; `!Type:` stands before them."""

LISTS = {"cat": "category", "class": None, "memorized": None}
"""The sections that are lists; of classes and of memorized entries nothing is a fact."""

ENTRY_LINES = 10_000
"""An entry is held whole; no true one has a hundredth of its splits."""

DAY = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.'](\d{1,4})")


@dataclass
class Section:
    """What the lines up to the next `!` are about."""

    kind: str = ""
    account: str | None = None
    account_type: str | None = None


@dataclass
class Split:
    """What stands on the other side of an entry."""

    category: str | None
    memo: str | None = None
    amount: Decimal | None = None


@dataclass
class Record:
    """The lines of one entry up to its `^`."""

    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def raw(self) -> str:
        """The lines as they stand."""
        return "\n".join(self.lines)


def read_qif(path: Path, extract: FilesExtract) -> TextFile:
    """Open a QIF file, plain or compressed.

    Raises UnreadableFile when it is no text, or does not begin with a section.
    """
    return file_of(COLUMNS, _Reader().rows(numbered_lines(path, extract)))


class _Reader:
    """A QIF file as far as it has been read."""

    def __init__(self) -> None:
        self._section = Section()
        self._entries = 0
        self._days: dict[str, int] = {}

    def rows(self, lines: Iterator[Line]) -> Iterator[Row | Unreadable]:
        """The rows of every entry; one that cannot be read is one row."""
        for record in self._records(lines):
            if not record.lines or record.lines[-1] != "^":
                yield Unreadable(record.raw, f"line {record.line}: the entry is not ended by ^; is the file cut off?")
                continue
            record.lines.pop()
            try:
                yield from self._record(record)
            except Unknown as error:
                yield Unreadable(record.raw, f"line {record.line}: {error}")

    def _records(self, lines: Iterator[Line]) -> Iterator[Record]:
        record: Record | None = None
        for line in lines:
            text = line.text.strip()
            if record is None and text.startswith("!"):
                self._open(line.number, text)
                continue
            if not text:
                continue
            if not self._section.kind:
                raise UnreadableFile("it is no QIF: it does not begin with a section such as !Type:Bank")
            record = record or Record(line.number)
            record.lines.append(text)
            if len(record.lines) > ENTRY_LINES:
                raise UnreadableFile(f"line {record.line}: an entry of more than {ENTRY_LINES:,} lines")
            if text == "^":
                yield record
                record = None
        if record:
            yield record

    def _open(self, number: int, text: str) -> None:
        word = re.sub(r"\s+", " ", text[1:].strip().lower())
        if word.startswith(("option:", "clear:")):
            return
        if word == "account":
            self._section = Section("account")
        elif word.startswith("type:"):
            self._section = Section(word[5:].strip(), self._section.account, self._section.account_type)
        else:
            raise UnreadableFile(f"line {number}: {text[:40]!r} is no section of QIF")

    def _record(self, record: Record) -> Iterator[Row]:
        kind = self._section.kind
        if kind == "account":
            yield self._account(record)
        elif kind in MONEY_TYPES:
            yield from self._entry(record)
        elif LISTS.get(kind):
            yield self._category(record)
        elif kind not in LISTS:
            raise Unknown(f"entries of the section {kind!r} are not read")

    def _account(self, record: Record) -> Row:
        said = _fields(record, "NTDLX/$R")
        self._section.account = said.get("N")
        self._section.account_type = said.get("T")
        return {
            "part": "account",
            "line": str(record.line),
            "account": said.get("N"),
            "account_type": said.get("T"),
            "description": said.get("D"),
        }

    def _category(self, record: Record) -> Row:
        said = _fields(record, "NDTIERB")
        kind = "income" if "I" in said else "expense"
        row: Row = {"part": "category", "line": str(record.line), "category": said.get("N"), "account_type": kind}
        return row | {"description": said.get("D")}

    def _entry(self, record: Record) -> Iterator[Row]:
        said, splits = _entry_fields(record)
        amount = _amount(said)
        splits = splits or [Split(said.get("L"), None, amount)]
        of_splits = total(split.amount for split in splits if split.amount is not None)
        if of_splits != amount:
            raise Unknown(f"the entry says {plain(amount)}, but its splits come to {plain(of_splits)}")
        day = _day(said.get("D"))
        self._entries += 1
        self._days[day] = self._days.get(day, 0) + 1
        head: Row = {
            "line": str(record.line),
            "entry_no": str(self._entries),
            "day_no": str(self._days[day]),
            "account": self._section.account,
            "account_type": self._section.account_type or self._section.kind,
            "date": day,
            "payee": said.get("P"),
            "memo": said.get("M"),
            "number": said.get("N"),
            "cleared": said.get("C"),
            "address": said.get("A"),
        }
        yield head | {"part": "entry", "line_no": "1", "amount": plain(amount)}
        for number, split in enumerate(splits, start=2):
            assert split.amount is not None
            row: Row = {"part": "split", "line_no": str(number), "amount": plain(-split.amount)}
            yield head | row | _side(split.category) | ({"memo": split.memo} if split.memo else {})


def _fields(record: Record, known: str) -> dict[str, str]:
    """The fields of an entry by their letter; lines of an address are one text."""
    said: dict[str, str] = {}
    for line in record.lines:
        letter, text = line[0], line[1:].strip()
        if letter not in known:
            raise Unknown(f"it has a field {letter!r}, which is not read")
        if letter in said and letter != "A":
            raise Unknown(f"it has the field {letter!r} twice")
        said[letter] = f"{said[letter]}\n{text}" if letter in said else text
    return said


def _entry_fields(record: Record) -> tuple[dict[str, str], list[Split]]:
    """The fields of an entry, and its splits."""
    splits: list[Split] = []
    others = Record(record.line)
    for line in record.lines:
        letter, text = line[0], line[1:].strip()
        if letter == "S":
            splits.append(Split(text))
        elif letter in "E$" and splits:
            if letter == "E":
                splits[-1].memo = text
            else:
                splits[-1].amount = _number(text)
        elif letter == "%":
            continue
        else:
            others.lines.append(line)
    if any(split.amount is None for split in splits):
        raise Unknown("a split without an amount")
    return _fields(others, "DTUMCNPALF"), splits


def _amount(said: dict[str, str]) -> Decimal:
    """The amount of an entry; T and U say the same."""
    if "T" not in said and "U" not in said:
        raise Unknown("it has no amount")
    amounts = {_number(said[letter]) for letter in "TU" if letter in said}
    if len(amounts) > 1:
        raise Unknown("its fields T and U are two amounts")
    return amounts.pop()


def _number(text: str) -> Decimal:
    """An amount with point or comma; of both, the last is the decimal mark."""
    bare = re.fullmatch(r"([-+]?)([\d.,']+)", text.replace(" ", ""))
    marks = re.sub(r"[\d']", "", bare[2]) if bare else ""
    if not bare or not re.search(r"\d", bare[2]) or len(bare[2]) > DIGITS:
        raise Unknown(f"{text[:40]!r} is no amount")
    if len(marks) == 1 and re.search(r"[.,]\d{3}$", bare[2]) and not bare[2].startswith(("0", ".", ",")):
        raise Unknown(f"{text!r} may be a thousand or three decimals")
    decimal_mark = "" if len(marks) > 1 and len(set(marks)) == 1 else marks[-1:]
    whole, _, part = bare[2].rpartition(decimal_mark) if decimal_mark else (bare[2], "", "")
    digits = re.sub(r"[.,']", "", whole) or "0"
    number = Decimal(f"{digits}.{part}" if part else digits)
    return -number if bare[1] == "-" else number


def _day(text: str | None) -> str:
    """A day as it is written, day or month first as it may be, each with all its digits: 02/01/2025."""
    # A blank stands for the zero of a single digit.
    found = DAY.fullmatch(re.sub(r"(?<=[-/.']) (?=\d)", "0", text or ""))
    if not found:
        raise Unknown(f"{text!r} is no day" if text else "it has no day")
    first, second, third = found.groups()
    if len(first) == 4:
        return f"{first}-{second:0>2}-{third:0>2}"
    if len(third) not in (2, 4):
        raise Unknown(f"{text!r} is no day")
    # Two digits are a year from 1970 to 2069, as most programs mean them; after an apostrophe always one from 2000 on.
    is_new = "'" in (text or "") or int(third) < 70
    year = third if len(third) == 4 else f"{'20' if is_new else '19'}{third}"
    return f"{first:0>2}/{second:0>2}/{year}"


def _side(category: str | None) -> Row:
    """Where the other side of an entry stands: a category with its class, or another account in brackets."""
    name, _, group = (category or "").partition("/")
    if name.startswith("[") and name.endswith("]"):
        return {"transfer_account": name[1:-1], "class": group}
    return {"category": name, "class": group}
