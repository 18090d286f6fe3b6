"""What every format of bank statements gives: one set of columns, and statements that are proven by their balances."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Context, Decimal, Inexact

import polars as pl

from tasks.errors import UnreadableFile
from tasks.extract.formats.text import ROW, Malformed, TextBatch, TextFile, opened

COLUMNS = (
    "part", "message_type", "message_id", "account_id", "account_currency", "account_name", "account_bank",
    "statement_id", "statement_no", "page_no", "created_at", "from_date", "to_date", "is_copy",
    "opening_balance_amount", "opening_balance_date", "closing_balance_amount", "closing_balance_date", "balances",
    "statement_information", "is_proven",
    "entry_no", "line_no", "status", "is_reversal", "is_itemised", "amount", "currency", "booking_date", "value_date",
    "balance_after_amount", "entry_reference", "bank_reference", "customer_reference", "end_to_end_id",
    "instruction_id", "payment_id", "transaction_id", "mandate_id", "creditor_id", "cheque_no",
    "transaction_code", "bank_transaction_code", "posting_text", "purpose_code", "return_reason_code",
    "counterparty_name", "counterparty_iban", "counterparty_account", "counterparty_bank",
    "debtor_name", "debtor_account", "debtor_bank", "creditor_name", "creditor_account", "creditor_bank",
    "ultimate_debtor_name", "ultimate_creditor_name",
    "reference", "structured_reference", "additional_information",
    "instructed_amount", "instructed_currency", "exchange_rate", "charges_amount", "charges_currency",
)  # fmt: skip
"""The columns, the same for every format; what a format or a bank does not say is null."""

SAID_ONCE = {"balances", "statement_information", "is_proven"}
"""What stands in the row of the statement alone."""

ROWS = 20_000
"""How many rows make a batch."""

PACKED = 2_000
"""How many rows of a statement are held as they are read; more are packed, so that a long statement fits in memory."""

LINES = 1_000_000
"""How many lines a statement may have: it is held until it has added up, and no bank sends a million lines in one."""

NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)")
"""What is a number; Python would also take `1_000`, `1e3`, `NaN` and the digits of every script."""

DIGITS = 40
"""No bank moves more; with a million lines of these the sums are still exact."""

EXACT = Context(prec=60, traps=[Inexact])
"""Python's own arithmetic rounds at 28 digits, and says nothing."""

IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")

Row = dict[str, str | None]


def decimal(text: str | None) -> Decimal | None:
    """The number that stands in the text, exactly; None where it is none. A comma may stand before its decimals."""
    digits = (text or "").strip().replace(",", ".")
    value = Decimal(digits) if NUMBER.fullmatch(digits) else None
    return value if value is not None and len(value.as_tuple().digits) <= DIGITS else None


def plain(amount: Decimal | None) -> str | None:
    """A number as plain digits with a point."""
    return None if amount is None else format(amount, "f")


@dataclass(frozen=True)
class Balance:
    """What stood on the account."""

    amount: Decimal | None
    currency: str | None
    day: str | None


@dataclass
class Statement:
    """One statement as it is read: what it says of itself, and its rows."""

    said: Row
    opening: Balance | None = None
    closing: Balance | None = None
    claims: list[str] = field(default_factory=list)
    """Totals of its own that its lines do not keep, as sentences."""
    total: Decimal = Decimal(0)
    entries: int = 0
    lines: int = 0
    rows: int = 0
    unsummed: str | None = None
    """Why its lines have no sum, where they have none."""
    currencies: set[str] = field(default_factory=set)
    _recent: list[Row] = field(default_factory=list)
    _packed: list[pl.DataFrame] = field(default_factory=list)

    def add(self, row: Row, amount: Decimal | None, *, is_booked: bool, items: Iterable[Row] | None = None) -> None:
        """Add an entry; `items` are the transactions of a batch, `amount` is what the entry adds to the balance."""
        self.entries += 1
        inner = list(items or ())
        is_itemised = bool(inner) and amount is not None and is_booked and _come_to(inner, amount, row.get("currency"))
        row |= {"part": "entry", "entry_no": str(self.entries), "amount": plain(amount) or row.get("amount")}
        row["is_itemised"] = "true" if is_itemised else "false"
        before = self._balance()
        if is_booked:
            self._sum(amount, row)
        self._put(row, before, amount, is_line=is_booked and not is_itemised)
        for item in inner:
            own = {"part": "transaction", "entry_no": str(self.entries), "is_itemised": row["is_itemised"]}
            self._put(item | own, before, decimal(item["amount"]) if is_itemised else None, is_line=is_itemised)
            before = _after(before, decimal(item["amount"]))

    def _sum(self, amount: Decimal | None, row: Row) -> None:
        if amount is None:
            self.unsummed = self.unsummed or f"entry {self.entries} has no amount that can be read"
        self.total = EXACT.add(self.total, amount or 0)
        self.currencies |= {currency} if (currency := row.get("currency")) else set()

    def _balance(self) -> Decimal | None:
        """What stands on the account now, where the statement says what stood there before."""
        if self.opening is None or self.opening.amount is None or self.unsummed or self._is_mixed():
            return None
        return EXACT.add(self.opening.amount, self.total)

    def _is_mixed(self) -> bool:
        """Whether it has amounts of several currencies, which have no sum."""
        balances = {balance.currency for balance in (self.opening, self.closing) if balance and balance.currency}
        return len(self.currencies | balances) > 1

    def _put(self, row: Row, before: Decimal | None, amount: Decimal | None, *, is_line: bool) -> None:
        self.rows += 1
        if self.rows > LINES:
            raise UnreadableFile(f"it has a statement of more than {LINES:,} lines")
        if is_line:
            self.lines += 1
            row["line_no"] = str(self.lines)
            row["balance_after_amount"] = None if self.unsummed else plain(_after(before, amount))
        self._recent.append(row)
        if len(self._recent) == PACKED:
            self._packed.append(_frame(self._recent))
            self._recent = []

    def refusal(self) -> str | None:
        """Why the statement is not to be believed, as a sentence; None where it adds up or says too little to tell."""
        if self.claims:
            return f"{self._name()}: {'; '.join(self.claims)}"
        if not self._has_both():
            return None
        assert self.opening is not None
        assert self.closing is not None
        opening, closing = self.opening, self.closing
        if self.unsummed or self._is_mixed():
            why = self.unsummed or f"closes at {closing.amount} {closing.currency}, with lines in " + (
                " and ".join(sorted(self.currencies)) or "no currency"
            )
            return f"{self._name()} opens at {opening.amount} {opening.currency} and {why}, which cannot be added up"
        assert opening.amount is not None
        if EXACT.add(opening.amount, self.total) == closing.amount:
            return None
        return (
            f"{self._name()} opens at {opening.amount} {opening.currency or ''}".rstrip()
            + f", its lines come to {self.total}, but it closes at {closing.amount}"
        )

    def _has_both(self) -> bool:
        both = (self.opening, self.closing)
        return all(balance is not None and balance.amount is not None for balance in both)

    def _name(self) -> str:
        number, account = self.said.get("statement_id"), self.said.get("account_id")
        return f"statement {number or 'without a number'} of account {account or 'unknown'}"

    def frame(self) -> pl.DataFrame:
        """Its rows: what it says of itself, then its entries, each with what the statement says."""
        said = dict(self.said)
        for name, balance in (("opening", self.opening), ("closing", self.closing)):
            if balance:
                said[f"{name}_balance_amount"] = plain(balance.amount)
                said[f"{name}_balance_date"] = balance.day
        is_proven = self._has_both() and not self.refusal()
        own = _frame([said | {"part": "statement", "is_proven": "true" if is_proven else "false"}])
        repeated = [
            pl.lit(value).alias(name) for name, value in said.items() if value is not None and name not in SAID_ONCE
        ]
        entries = pl.concat([*self._packed, _frame(self._recent)]).with_columns(repeated)
        return pl.concat([own, entries])


def _come_to(items: list[Row], amount: Decimal, currency: str | None) -> bool:
    """Whether the transactions of a batch are all there, each with its amount."""
    total = Decimal(0)
    for item in items:
        own = decimal(item.get("amount"))
        if own is None or item.get("currency") != currency:
            return False
        total = EXACT.add(total, own)
    return total == amount


def _after(before: Decimal | None, amount: Decimal | None) -> Decimal | None:
    return None if before is None or amount is None else EXACT.add(before, amount)


def _frame(rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame([pl.Series(name, [row.get(name) or None for row in rows], pl.String) for name in COLUMNS])


@dataclass(frozen=True)
class Unreadable:
    """A part of a file that is no statement that can be read, and why."""

    raw: str
    rule: str
    reason: str


def statement_file(found: Iterator[Statement | Unreadable]) -> TextFile:
    """The file as batches of rows; a statement that does not add up is set aside, row by row, with its figures.

    Reads the first of them, so that a file of another kind is refused when it is opened.
    """
    return opened(list(COLUMNS), _batches(found))


def _batches(found: Iterator[Statement | Unreadable]) -> Iterator[TextBatch]:
    number = 0
    good: list[pl.DataFrame] = []
    bad: list[Malformed] = []
    waiting = 0
    for one in found:
        if isinstance(one, Unreadable):
            bad.append(Malformed(number + 1, one.raw, one.rule, one.reason))
            count = 1
        else:
            frame = _numbered(one.frame(), number)
            count = frame.height
            if reason := one.refusal():
                bad += _refused(frame, reason)
            else:
                good.append(frame)
        number += count
        waiting += count
        if waiting >= ROWS:
            yield _batch(good, bad)
            good, bad, waiting = [], [], 0
    if waiting:
        yield _batch(good, bad)


def _numbered(frame: pl.DataFrame, before: int) -> pl.DataFrame:
    return frame.with_columns(pl.int_range(before + 1, before + 1 + frame.height, dtype=pl.Int64).alias(ROW))


def _batch(good: list[pl.DataFrame], bad: list[Malformed]) -> TextBatch:
    return TextBatch(pl.concat([_numbered(_frame([]), 0), *good]), bad)


def _refused(frame: pl.DataFrame, reason: str) -> list[Malformed]:
    return [
        Malformed(row.pop(ROW), _as_object(row), "statement:balance", reason) for row in frame.iter_rows(named=True)
    ]


def _as_object(row: Row) -> str:
    return json.dumps({name: value for name, value in row.items() if value is not None}, ensure_ascii=False)
