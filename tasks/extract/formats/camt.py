"""Reading CAMT.052, 053 and 054 of every version (ISO 20022): reports, statements and notifications of a bank."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

import pyarrow as pa
from defusedxml.ElementTree import iterparse

from tasks.errors import UnreadableFile
from tasks.extract.formats.camt_entry import Said, day, entry_row, item_row, local, signed
from tasks.extract.formats.elements import Held, refused_as_xml
from tasks.extract.formats.statements import Balance, Row, Statement, plain, statement_file
from tasks.extract.formats.stream import open_bytes
from tasks.extract.formats.text import TextFile

NAMESPACE = re.compile(r"urn:iso:std:iso:20022:tech:xsd:(camt\.05[234])\.\d{3}\.\d{2}")

STATEMENTS = {"Stmt", "Rpt", "Ntfctn"}
"""What a message calls its statements, reports and notifications."""

OF_THE_ENTRY = {"amount", "currency", "status"}
"""What only the entry itself can say of itself."""

ITEMS = 200_000
"""How many transactions an entry may stand for; they are held until the entry ends. A batch of a payroll has some
thousands."""

DEPTH = 32
"""How deep elements may stand in each other; the standard's stand some fifteen deep."""


def read_camt(path: Path) -> TextFile:
    """Open a CAMT file, plain or compressed by its suffix.

    Raises UnreadableFile when it is none, is cut off, or has a DTD or entities.
    """
    return statement_file(_statements(path))


def _statements(path: Path) -> Iterator[Statement]:
    with refused_as_xml("no CAMT file"), open_bytes(path) as stream:
        yield from _Reader(stream).statements()


class _Reader:
    """Goes through the elements once, and holds one entry's or one transaction's at a time."""

    def __init__(self, stream: pa.NativeFile) -> None:
        self._stream = Held(stream)
        self._message: Row = {}
        self._statement: Statement | None = None
        self._balances: list[tuple[str, Balance]] = []
        self._item_rows: list[tuple[Row, str | None]] = []

    def statements(self) -> Iterator[Statement]:
        """The statements in the order of the file."""
        open_ones: list[Element] = []
        found = 0
        for event, element in iterparse(self._stream, ("start", "end"), forbid_dtd=True):
            if event == "start":
                open_ones.append(element)
                self._start(open_ones)
                continue
            open_ones.pop()
            statement = self._statement
            if self._end(open_ones, local(element), element):
                assert statement is not None
                found += 1
                yield statement
        if not found:
            raise UnreadableFile("it holds no statement, report or notification")

    def _start(self, open_ones: list[Element]) -> None:
        if len(open_ones) == 1:
            self._begin(open_ones[0])
        if len(open_ones) == 3 and local(open_ones[2]) in STATEMENTS:
            self._statement, self._balances = Statement(dict(self._message)), []
        if len(open_ones) > DEPTH:
            raise UnreadableFile(f"its elements stand more than {DEPTH} deep in each other")

    def _end(self, around: list[Element], name: str, element: Element) -> bool:
        """Take what an element says; whether it was the end of a statement."""
        depth = len(around)
        if name == "TxDtls" and depth in {4, 5} and local(around[3]) == "Ntry":
            self._item(element)
        elif depth == 3 and self._statement is not None:
            self._part(self._statement, name, element)
        elif depth == 2 and name == "GrpHdr":
            self._message["message_id"] = Said(element).text("MsgId")
        elif depth != 2:
            return False
        # What is read is let go, or the tree of a large file would fill the memory.
        around[-1].remove(element)
        self._stream.held = 0
        if depth == 2 and self._statement is not None:
            self._close(self._statement)
            self._statement = None
            return True
        return False

    def _begin(self, root: Element) -> None:
        namespace, name = root.tag[1:].rpartition("}")[::2] if root.tag.startswith("{") else ("", root.tag)
        message = NAMESPACE.fullmatch(namespace)
        if name != "Document" or not message:
            raise UnreadableFile(
                f"it is no CAMT file: it begins with {name[:40]} of {namespace[:80] or 'no namespace'!r}"
            )
        self._message["message_type"] = message[1]

    def _item(self, element: Element) -> None:
        if len(self._item_rows) == ITEMS:
            raise UnreadableFile(f"it has an entry of more than {ITEMS:,} transactions")
        said = Said(element)
        self._item_rows.append((item_row(said), said.text("CdtDbtInd")))

    def _part(self, statement: Statement, name: str, element: Element) -> None:
        """A part of a statement that has been read to its end."""
        if name == "Ntry":
            self._entry(statement, element)
        elif name == "Bal":
            self._balances.append(_balance(element))
        else:
            statement.said |= _said_of_statement(name, element)

    def _entry(self, statement: Statement, element: Element) -> None:
        if statement.opening is None:
            statement.opening, statement.closing = self._ends(statement)
        said = Said(element)
        row, amount = entry_row(said)
        direction, is_reversal = said.text("CdtDbtInd"), row["is_reversal"] == "true"
        items = [item for item, _ in self._item_rows]
        for item, (_, own) in zip(items, self._item_rows, strict=True):
            _complete(item, row, own or direction, is_reversal=is_reversal)
        if len(items) == 1:
            # What the one transaction says is said of the entry; the entry's own word comes first.
            own_words = {name: value for name, value in row.items() if value is not None or name in OF_THE_ENTRY}
            row = items.pop() | own_words
            _name_counterparty(row, comes_in=(direction == "CRDT") != is_reversal)
        self._item_rows = []
        # A statement holds what is booked, unless it says otherwise.
        statement.add(row, amount, is_booked=row["status"] in {"BOOK", None}, items=items)

    def _ends(self, statement: Statement) -> tuple[Balance | None, Balance | None]:
        """The balances between which the entries lie; pages of a statement have intermediate ones."""
        named = dict(reversed(self._balances))
        last = dict(self._balances)
        opening, closing = named.get("OPBD", named.get("PRCD")), last.get("CLBD")
        if statement.said["message_type"] == "camt.053":
            between = [balance for kind, balance in self._balances if kind == "ITBD"]
            if opening is None and between:
                opening = between.pop(0)
            if closing is None and between:
                closing = between.pop()
        return opening, closing

    def _close(self, statement: Statement) -> None:
        opening, closing = self._ends(statement)
        statement.opening = statement.opening or opening
        statement.closing = closing
        statement.said["balances"] = json.dumps(
            [
                {"type": kind, "amount": plain(one.amount), "currency": one.currency, "date": one.day}
                for kind, one in self._balances
            ]
        )


def _balance(element: Element) -> tuple[str, Balance]:
    said = Said(element)
    kind = said.text("Tp/CdOrPrtry/Cd", "Tp/Cd", "Tp/CdOrPrtry/Prtry", "Tp/Prtry") or ""
    amount = signed(said.text("Amt"), said.text("CdtDbtInd"))
    return kind, Balance(amount, said.currency("Amt"), day(said.text("Dt/Dt", "Dt/DtTm")))


def _said_of_statement(name: str, element: Element) -> Row:
    text = (element.text or "").strip() or None
    columns = {
        "Id": "statement_id", "ElctrncSeqNb": "statement_no", "CreDtTm": "created_at", "CpyDplctInd": "is_copy",
        "AddtlStmtInf": "statement_information", "AddtlRptInf": "statement_information",
        "AddtlNtfctnInf": "statement_information",
    }  # fmt: skip
    if name in columns:
        return {columns[name]: text}
    said = Said(element)
    if name in {"StmtPgntn", "RptPgntn", "NtfctnPgntn"}:
        return {"page_no": said.text("PgNb")}
    if name == "FrToDt":
        return {"from_date": said.text("FrDtTm", "FrDt"), "to_date": said.text("ToDtTm", "ToDt")}
    if name == "Acct":
        return {
            "account_id": said.text("Id/IBAN", "Id/Othr/Id", "Id/PrtryAcct/Id", "Id/BBAN", "Id/UPIC"),
            "account_currency": said.text("Ccy"),
            "account_name": said.text("Nm", "Ownr/Nm"),
            "account_bank": said.text("Svcr/FinInstnId/BICFI", "Svcr/FinInstnId/BIC", "Svcr/FinInstnId/Nm"),
        }
    return {}


def _complete(item: Row, entry: Row, direction: str | None, *, is_reversal: bool) -> None:
    """A transaction with what its entry says of all of them, its sign, and its counterparty."""
    item |= {name: entry[name] for name in ("status", "is_reversal", "booking_date", "value_date")}
    item["bank_reference"] = item["bank_reference"] or entry["bank_reference"]
    item["amount"] = plain(signed(item["amount"], direction))
    _name_counterparty(item, comes_in=(direction == "CRDT") != is_reversal)


def _name_counterparty(row: Row, *, comes_in: bool) -> None:
    """Who paid what came in, or was paid what went out; of a reversal those of what is reversed."""
    other = "debtor" if comes_in else "creditor"
    row["counterparty_name"] = row.get(f"{other}_name") or row.get(f"ultimate_{other}_name")
    for part in ("account", "bank", "iban"):
        row[f"counterparty_{part}"] = row.get(f"{other}_{part}")
