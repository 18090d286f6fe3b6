"""Reading OFX 1 (SGML) and 2 (XML), and QFX: what a bank gives for download, of bank, card and investment accounts."""

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from tasks.errors import UnreadableFile
from tasks.extract.formats.ofx_tokens import Token, tokens
from tasks.extract.formats.statements import (
    IBAN,
    Balance,
    Row,
    Statement,
    Unreadable,
    decimal,
    plain,
    statement_file,
)
from tasks.extract.formats.stream import first_line, open_bytes
from tasks.extract.formats.text import TextFile
from tasks.source import FilesExtract

ANSWERS = {"STMTTRNRS", "CCSTMTTRNRS", "INVSTMTTRNRS", "INTRATRNRS", "LOANSTMTTRNRS"}
"""What holds the bank's answer to one question, with a word on whether it could be answered."""

STATEMENTS = {"STMTRS", "CCSTMTRS", "INVSTMTRS", "LOANSTMTRS", "INTRARS"}
"""What a statement is; the last is money moved between two accounts by the customer's order, one line by itself."""

LINES = {"STMTTRN": "BOOK", "STMTTRNP": "PDNG", "INTRARS": "TRANSFER"}
"""What a line is, and its status: booked, announced, moved by an order."""

OWN_ACCOUNTS = {"BANKACCTFROM", "CCACCTFROM", "INVACCTFROM", "LOANACCTFROM"}
OTHER_ACCOUNTS = {"BANKACCTTO", "CCACCTTO"}

AGGREGATES = (
    ANSWERS | STATEMENTS | set(LINES) | OWN_ACCOUNTS | OTHER_ACCOUNTS
    | {"OFX", "SONRS", "STATUS", "BANKTRANLIST", "BANKTRANLISTP", "INVTRANLIST", "LEDGERBAL", "AVAILBAL", "CURRENCY",
       "ORIGCURRENCY", "PAYEE", "XFERINFO", "INVBANKTRAN", "FI", "BALLIST", "BAL", "ACCTINFO", "INVTRAN", "SECID"}
)  # fmt: skip
"""The elements that hold others; every other is a value, whether it is closed or not."""

FIELDS = 200
"""How many values a line or a balance may have; the standard's have some thirty."""

DEPTH = 32


def read_ofx(path: Path, extract: FilesExtract) -> TextFile:
    """Open an OFX or QFX file, plain or compressed by its suffix.

    Raises UnreadableFile when it is none, is cut off, has a DTD or entities, or is the bank's word that it refuses.
    """
    return statement_file(_statements(path, extract.encoding))


def _statements(path: Path, encoding: str) -> Iterator[Statement | Unreadable]:
    try:
        with open_bytes(path) as stream:
            yield from _Reader().read(tokens(stream, encoding))
    except (OSError, pa.ArrowException, EOFError, LookupError, UnicodeError) as error:
        raise UnreadableFile(f"it could not be read to its end: {first_line(error)}") from error


class _Reader:
    """Goes through the elements once, and holds one line's values at a time."""

    def __init__(self) -> None:
        self._open: list[tuple[str, dict[str, str]]] = []
        self._statement: Statement | None = None
        self._is_whole = False

    def read(self, found: Iterator[Token]) -> Iterator[Statement | Unreadable]:
        for token in found:
            if token.name not in AGGREGATES:
                self._value(token)
            elif not token.is_end:
                self._begin(token.name)
            else:
                yield from self._end(token.name)
        if not self._is_whole:
            raise UnreadableFile("it is cut off: it does not end in </OFX>")

    def _begin(self, name: str) -> None:
        if not self._open and name != "OFX":
            raise UnreadableFile(f"it is no OFX file: it begins with {name}")
        if len(self._open) == DEPTH:
            raise UnreadableFile(f"its elements stand more than {DEPTH} deep in each other")
        self._open.append((name, {}))
        if name in STATEMENTS:
            self._statement = Statement({"message_type": "OFX"})

    def _value(self, token: Token) -> None:
        if self._open and not token.is_end and token.text:
            values = self._open[-1][1]
            if len(values) == FIELDS:
                raise UnreadableFile(f"it has an element {self._open[-1][0]} of more than {FIELDS} values")
            values.setdefault(token.name, token.text)

    def _end(self, name: str) -> Iterator[Statement | Unreadable]:
        if name not in (open_name for open_name, _ in self._open):
            return
        while self._open:
            closed, values = self._open.pop()
            yield from self._close(closed, values)
            if closed == name:
                return

    def _close(self, name: str, values: dict[str, str]) -> Iterator[Statement | Unreadable]:
        """What an element says, once all of it has been read."""
        statement = self._statement
        if name == "OFX":
            self._is_whole = True
        elif name == "STATUS" and values.get("SEVERITY") == "ERROR":
            yield from self._refusal(values)
        elif statement is not None:
            self._inside(statement, name, values, self._open[-1][1] if self._open else {})
        if statement is not None and name in STATEMENTS:
            statement.said["account_currency"] = values.get("CURDEF")
            days = (statement.said.get("from_date"), statement.said.get("to_date"), values.get("SRVRTID"))
            statement.said["statement_id"] = "/".join(day for day in days if day) or None
            self._statement = None
            yield statement

    def _inside(self, statement: Statement, name: str, values: dict[str, str], outer: dict[str, str]) -> None:
        if name in OWN_ACCOUNTS:
            statement.said |= _account(values)
        elif name in OTHER_ACCOUNTS:
            outer["other account"] = values.get("ACCTID", "")
        elif name in {"CURRENCY", "ORIGCURRENCY"}:
            outer.update({f"{name} {key}": value for key, value in values.items()})
        elif name in {"PAYEE", "XFERINFO"}:
            outer.update({key: value for key, value in values.items() if key not in outer})
        elif name in {"BANKTRANLIST", "INVTRANLIST"}:
            statement.said |= {"from_date": _day(values.get("DTSTART")), "to_date": _day(values.get("DTEND"))}
        elif name == "LEDGERBAL" and (amount := decimal(values.get("BALAMT"))) is not None:
            statement.closing = Balance(amount, None, _day(values.get("DTASOF")))
        elif name in LINES:
            self._line(statement, name, values)

    def _refusal(self, values: dict[str, str]) -> Iterator[Unreadable]:
        said = " ".join(values.get(key, "") for key in ("CODE", "MESSAGE")).strip()
        if any(name == "SONRS" for name, _ in self._open):
            raise UnreadableFile(f"the bank refused to answer: error {said}")
        yield Unreadable(said, "statement:error", f"the bank gave no statement, but error {said}")

    def _line(self, statement: Statement, name: str, values: dict[str, str]) -> None:
        currency = next((one["CURDEF"] for _, one in reversed(self._open) if "CURDEF" in one), values.get("CURDEF"))
        amount = decimal(values.get("TRNAMT"))
        # The amount of a line that names a currency is in it; that of one that names an original has been converted.
        row = _row(values) | {"status": LINES[name], "currency": values.get("CURRENCY CURSYM") or currency}
        row["amount"] = plain(amount) or values.get("TRNAMT")
        statement.add(row, amount, is_booked=name != "STMTTRNP")


def _account(values: dict[str, str]) -> Row:
    return {"account_id": values.get("ACCTID"), "account_bank": values.get("BANKID") or values.get("BROKERID")}


def _row(values: dict[str, str]) -> Row:
    account = values.get("other account")
    return {
        "booking_date": _day(values.get("DTPOSTED")),
        "value_date": _day(values.get("DTAVAIL") or values.get("VALUEDATE")),
        "is_reversal": "true" if values.get("CORRECTACTION") == "DELETE" else "false",
        "transaction_id": values.get("FITID") or values.get("SRVRTID"),
        "transaction_code": values.get("TRNTYPE"),
        "cheque_no": values.get("CHECKNUM"),
        "customer_reference": values.get("REFNUM"),
        "counterparty_name": values.get("NAME"),
        "counterparty_account": account,
        "counterparty_iban": account if account and IBAN.fullmatch(account) else None,
        "reference": values.get("MEMO"),
        "instructed_currency": values.get("ORIGCURRENCY CURSYM"),
        "exchange_rate": values.get("ORIGCURRENCY CURRATE") or values.get("CURRENCY CURRATE"),
    }


def _day(text: str | None) -> str | None:
    """The local day, as the bank writes it; what is no day is left to the contract."""
    found = re.match(r"(\d{4})(\d{2})(\d{2})", text or "")
    return "-".join(found.groups()) if found else text
