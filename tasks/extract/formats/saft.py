"""Reading SAF-T Financial (XML): one row an account, party, tax code or entry line, in the words of the standard."""

import json
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path
from xml.etree.ElementTree import Element

import polars as pl
import pyarrow as pa
from defusedxml.ElementTree import iterparse

from tasks.errors import UnreadableFile
from tasks.extract.formats.elements import Held, refused_as_xml
from tasks.extract.formats.stream import open_bytes
from tasks.extract.formats.text import ROW, TextBatch, TextFile, opened

ROOT = "AuditFile"

PARTS = {
    "AuditFile/MasterFiles/GeneralLedgerAccounts/Account": "account",
    "AuditFile/MasterFiles/Customers/Customer": "customer",
    "AuditFile/MasterFiles/Suppliers/Supplier": "supplier",
    "AuditFile/MasterFiles/TaxTable/TaxTableEntry/TaxCodeDetails": "tax_code",
    "AuditFile/GeneralLedgerEntries/Journal/Transaction/Line": "line",
}
"""The elements that become rows, and what the column `part` calls them."""

AROUND = {
    "AuditFile/Header": "",
    "AuditFile/Header/SelectionCriteria": "",
    "AuditFile/GeneralLedgerEntries": "",
    "AuditFile/GeneralLedgerEntries/Journal": "Journal",
    "AuditFile/GeneralLedgerEntries/Journal/Transaction": "Transaction",
}
"""The elements around them whose texts stand in each row, and what goes before a name that the row has itself."""

COLUMNS = (
    "part", "AccountID", "AccountDescription", "StandardAccountID", "GroupingCategory", "GroupingCode",
    "OpeningDebitBalance", "OpeningCreditBalance", "ClosingDebitBalance", "ClosingCreditBalance",
    "CustomerID", "SupplierID", "RegistrationNumber", "Name", "City", "PostalCode", "Country",
    "TaxCode", "TaxPercentage", "EffectiveDate", "ExpirationDate", "StandardTaxCode", "TaxBase", "DebitTaxAmount",
    "CreditTaxAmount", "OtherTaxInformation", "JournalID", "JournalDescription", "JournalType", "TransactionID",
    "Period", "PeriodYear", "TransactionDate", "SourceID", "VoucherType", "TransactionDescription", "SystemEntryDate",
    "GLPostingDate", "SystemID", "RecordID", "ValueDate", "SourceDocumentID", "Description", "DebitAmount",
    "CreditAmount", "CurrencyCode", "CurrencyAmount", "ExchangeRate", "ReferenceNumber", "CrossReference", "DueDate",
    "Quantity", "DefaultCurrencyCode", "SelectionStartDate", "SelectionEndDate",
)  # fmt: skip
"""The columns; what a row's element does not say is null."""

IN_AROUND = {"JournalDescription", "JournalType", "TransactionDescription"}

ROWS = 20_000
"""How many rows make a batch: fifty columns each."""

DEPTH = 32
"""How deep elements may stand in each other; the standard's stand nine deep."""


def read_saft(path: Path) -> TextFile:
    """Open a SAF-T file, plain or compressed by its suffix.

    Raises UnreadableFile when it is no SAF-T, is cut off, has a DTD or entities, or when its control totals are not
    those of its lines.
    """
    return opened(list(COLUMNS), _batches(path))


def _batches(path: Path) -> Iterator[TextBatch]:
    rows: list[dict[str, str | None]] = []
    number = 0
    for row in _rows(path):
        rows.append(row)
        if len(rows) == ROWS:
            yield _batch(rows, number)
            number += len(rows)
            rows = []
    if rows:
        yield _batch(rows, number)


def _batch(rows: list[dict[str, str | None]], before: int) -> TextBatch:
    columns = {name: pl.Series(name, [row.get(name) for row in rows], pl.String) for name in COLUMNS}
    numbers = pl.int_range(before + 1, before + 1 + len(rows), dtype=pl.Int64, eager=True).alias(ROW)
    return TextBatch(pl.DataFrame([*columns.values(), numbers]))


def _rows(path: Path) -> Iterator[dict[str, str | None]]:
    with refused_as_xml("no SAF-T file"), open_bytes(path) as stream:
        yield from _Reader(stream).rows()


class _Reader:
    """Goes through the elements once, and holds one row's at a time."""

    def __init__(self, stream: pa.NativeFile) -> None:
        self._stream = Held(stream)
        self._around: dict[str, dict[str, str]] = {place: {} for place in AROUND}
        self._context: dict[str, str | None] | None = None
        self._totals = _Totals()

    def rows(self) -> Iterator[dict[str, str | None]]:
        """The rows in the order of the file."""
        # The elements that are open, and where each stands; within a row only how deep it goes.
        places: list[tuple[str, Element]] = []
        depth = row_depth = 0
        for event, element in iterparse(self._stream, ("start", "end"), forbid_dtd=True):
            if event == "start":
                depth += 1
                if depth > DEPTH:
                    raise UnreadableFile(f"its elements stand more than {DEPTH} deep in each other")
                if not row_depth:
                    place = self._begin(places[-1][0] if places else "", element)
                    places.append((place, element))
                    row_depth = depth if place in PARTS else 0
                continue
            if row_depth in (0, depth):
                yield from self._end(places.pop()[0], element)
                row_depth = 0
                self._stream.held = 0
                # What is read is let go, or the tree of a large file would fill the memory.
                if places:
                    places[-1][1].remove(element)
            depth -= 1
        self._totals.require(self._around["AuditFile/GeneralLedgerEntries"])

    def _begin(self, parent: str, element: Element) -> str:
        place = f"{parent}/{_local(element)}".removeprefix("/")
        if not parent and place != ROOT:
            raise UnreadableFile(f"it is no SAF-T file: it begins with {place}, not with {ROOT}")
        if place in AROUND:
            self._around[place], self._context = {}, None
        return place

    def _end(self, place: str, element: Element) -> Iterator[dict[str, str | None]]:
        parent, _, name = place.rpartition("/")
        if parent in self._around and (text := _text(element)):
            self._around[parent].setdefault(name, text)
            self._context = None
        if place == "AuditFile/GeneralLedgerEntries/Journal/Transaction":
            self._totals.entries += 1
        if place in PARTS:
            row = self._said() | _flat(element) | {"part": PARTS[place]}
            if PARTS[place] == "line":
                self._totals.add(row)
            yield row

    def _said(self) -> dict[str, str | None]:
        """What the elements around a row say, which is the same for all rows of an entry."""
        if self._context is not None:
            return self._context
        found: dict[str, str | None] = {}
        for place, prefix in AROUND.items():
            for name, text in self._around[place].items():
                found[prefix + name if prefix + name in IN_AROUND else name] = text
        if "SelectionStartDate" not in found and "PeriodStartYear" in found:
            found["SelectionStartDate"] = f"{found['PeriodStartYear']}-{str(found.get('PeriodStart')).zfill(2)}-01"
        self._context = found
        return found


def _text(element: Element) -> str | None:
    """What an element holds as text; blanks between elements are none."""
    return element.text if element.text and element.text.strip() else None


def _local(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _flat(element: Element) -> dict[str, str | None]:
    """The texts of a row's element; amounts and addresses a level deeper by the names that the columns have."""
    row: dict[str, str | None] = {}
    taxes = []
    for child in element:
        name, inner = _local(child), _texts(child)
        if name == "TaxInformation":
            taxes.append(inner)
        elif "Amount" in inner:
            row |= {name: inner.pop("Amount")} | inner
        elif inner:
            row = inner | row
        else:
            row.setdefault(name, _text(child))
    for tax in taxes[:1]:
        row = tax | row
    if len(taxes) > 1:
        row["OtherTaxInformation"] = json.dumps(taxes[1:], ensure_ascii=False)
    return row


def _texts(element: Element) -> dict[str, str | None]:
    """The texts of an element's own elements; an amount stands for the element that holds it."""
    found: dict[str, str | None] = {}
    for child in element:
        amount = next((_text(inner) for inner in child if _local(inner) == "Amount"), None)
        found.setdefault(_local(child), amount or _text(child))
    return found


class _Totals:
    """The control totals of the lines as they are read."""

    def __init__(self) -> None:
        self.entries = 0
        self._sides = {"DebitAmount": Decimal(0), "CreditAmount": Decimal(0)}
        self._is_readable = True

    def add(self, row: dict[str, str | None]) -> None:
        """Count a line; one whose amount is no number is refused by its contract, and no sum can be proven then."""
        for side in self._sides:
            amount = _number(row.get(side) or "0")
            self._is_readable = self._is_readable and amount is not None
            self._sides[side] += amount or 0

    def require(self, said: dict[str, str]) -> None:
        """Refuse a file whose own totals are not those of its lines."""
        found = {"NumberOfEntries": Decimal(self.entries)}
        if self._is_readable:
            found |= {"TotalDebit": self._sides["DebitAmount"], "TotalCredit": self._sides["CreditAmount"]}
        for name, total in found.items():
            if name in said and _number(said[name]) != total:
                raise UnreadableFile(f"its {name} says {said[name]}, but its lines come to {total}")


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
